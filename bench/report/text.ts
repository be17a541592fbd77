import type { BenchResult, Correctness, Row, Target } from './result.ts';

/** The whole result for a terminal: targets, loads, correctness. */
export function textOf(result: BenchResult): string {
  const { machine, seconds, isQuick, errors } = result;
  const parts = [
    `${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${machine.platform}; ${seconds} s${isQuick ? '; small loads' : ''}`,
    ...(result.targets.length > 0 ? ['Targets', table(result.targets.map(targetCells))] : []),
    ...loadTables(result.rows),
    ...(result.correctness.length > 0
      ? ['What was wrong', table([CORRECTNESS_HEAD, ...result.correctness.map(correctnessCells)])]
      : []),
    ...errors.map(({ part, message }) => `${part} broke off: ${message.split('\n')[0]}`),
  ];
  return parts.join('\n\n');
}

function targetCells({ name, value, unit, target, holds, note }: Target): string[] {
  return [holds ? 'holds' : 'FAILS', name, `${number(value)} ${unit}`, target, note ?? ''];
}

const ROW_HEAD = ['', 'time', 'calls', 'Bills/s', 'x floor'];

export function rowCells({ peer, seconds, calls, billsPerSecond, timesFloor, extrapolatedFrom }: Row): string[] {
  const sampled = extrapolatedFrom === undefined ? '' : ` (from ${extrapolatedFrom} Bills)`;
  return [
    peer + sampled,
    `${number(seconds)} s`,
    number(calls),
    number(billsPerSecond),
    timesFloor === null ? '-' : number(timesFloor),
  ];
}

function loadTables(rows: readonly Row[]): string[] {
  const groups = Map.groupBy(rows, ({ load, latency }) => `${load}, latency ${latency}`);
  return [...groups].flatMap(([title, some]) => {
    const [{ floor }] = some as [Row];
    const fewest = `floor: ${number(floor.calls)} calls, ${number(floor.seconds)} s`;
    return [`${title} (${fewest})`, table([ROW_HEAD, ...some.map(rowCells)])];
  });
}

export const CORRECTNESS_HEAD = [
  '',
  'half-written Bills seen',
  'stale lines',
  'duplicates',
  'half-written after a kill',
];

export function correctnessCells({ peer, ...counts }: Correctness): string[] {
  return [peer, ...[counts.halfWritten, counts.staleLines, counts.duplicates, counts.halfWrittenAfterKill].map(String)];
}

/** Three digits, or whole thousands. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 });
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
