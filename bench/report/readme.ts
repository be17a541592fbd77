import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../sandbox/run/system.ts';
import { AGENT } from '../run/load.ts';
import { SALESFORCE } from '../run/latency.ts';
import { chartOf } from './chart.ts';
import type { BenchResult, Row } from './result.ts';
import { CORRECTNESS_HEAD, correctnessCells, number, rowCells } from './text.ts';

const README = path.join(ROOT, 'README.md');
const CHART = path.join(ROOT, 'docs/images/bench.svg');
const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/**
 * Puts the result between the markers of README.md, and the chart beside the guides' pictures.
 *
 * @throws when README.md has no markers
 */
export function updateReadme(result: BenchResult): void {
  const text = readFileSync(README, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from === -1 || to < from)
    throw new Error(`README.md has no ${BEGIN} and ${END}. Put them where the table belongs.`);
  writeFileSync(README, `${text.slice(0, from + BEGIN.length)}\n\n${sectionOf(result)}\n${text.slice(to)}`);
  // Without the load there is nothing to draw.
  const rows = charted(result.rows);
  if (rows.length === 0) return;
  writeFileSync(CHART, chartOf(rows, AGENT, '1,000 Bills of 10 lines, on the bench’s model of Salesforce'));
}

/** The first load under the model that is most like Salesforce. */
const charted = (rows: readonly Row[]): Row[] =>
  rows.filter(({ load, latency }) => load === rows[0]?.load && latency === SALESFORCE.name);

function sectionOf({ machine, measuredAt, targets, rows, correctness }: BenchResult): string {
  const shown = charted(rows).toSorted((a, b) => b.billsPerSecond - a.billsPerSecond);
  const wrong = new Map(correctness.map((each) => [each.peer, correctnessCells(each).slice(1, 4)]));
  const peers = shown.map((row) => [...rowCells(row), ...(wrong.get(row.peer) ?? ['', '', ''])]);
  return [
    `![Bills a second of the agent and of what people would use instead](docs/images/bench.svg)`,
    '',
    `${SALESFORCE.name} model: ${SALESFORCE.says}. Measured ${measuredAt.slice(0, 10)}, ${machine.cores} cores, Node ${machine.node}.`,
    '',
    markdown([['', 'time', 'calls', 'Bills/s', 'x floor', ...CORRECTNESS_HEAD.slice(1, 4)], ...peers]),
    '',
    markdown([
      ['Figure', 'Measured', 'Target', 'Holds'],
      ...targets.map(({ name, value, unit, target, holds }) => [
        name,
        `${number(value)} ${unit}`,
        target,
        holds ? 'yes' : '**no**',
      ]),
    ]),
    '',
  ].join('\n');
}

/** A table as prettier writes it, so that the file stays formatted. */
function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
