import type { BenchResult, Row } from './result.ts';
import { number } from './text.ts';

/** Times on machines that others use too differ by this much without a reason. */
const NOISE = 0.15;

interface Figure {
  readonly name: string;
  readonly value: number;
  /** A larger value is better. */
  readonly isMore: boolean;
  /** Counts do not depend on the machine: any change counts. */
  readonly isCount: boolean;
}

/** Every figure of two results side by side; `isWorse` when one got worse by more than noise, or a target fails anew. */
export function comparison(
  before: BenchResult,
  after: BenchResult,
): { readonly text: string; readonly isWorse: boolean } {
  const old = new Map(figuresOf(before).map((figure) => [figure.name, figure]));
  const lines: string[] = [];
  let isWorse = false;
  for (const figure of figuresOf(after)) {
    const known = old.get(figure.name);
    if (!known) continue;
    const word = verdict(known, figure);
    isWorse ||= word === 'worse';
    if (word !== 'same')
      lines.push(`${word.padEnd(7)} ${figure.name}: ${number(known.value)} -> ${number(figure.value)}`);
  }
  const held = new Set(before.targets.filter(({ holds }) => holds).map(({ name }) => name));
  for (const { name, holds } of after.targets) {
    if (holds || !held.has(name)) continue;
    isWorse = true;
    lines.push(`fails   ${name}`);
  }
  return { text: lines.length > 0 ? lines.join('\n') : 'Nothing changed beyond noise.', isWorse };
}

function verdict(before: Figure, after: Figure): 'better' | 'worse' | 'same' {
  const ratio = after.value / before.value;
  const noise = after.isCount ? 0 : NOISE;
  if (!Number.isFinite(ratio) || Math.abs(ratio - 1) <= noise) return 'same';
  return ratio > 1 === after.isMore ? 'better' : 'worse';
}

/** Times only as ratios of figures of the same run: another machine has others. */
function figuresOf({ rows, targets }: BenchResult): Figure[] {
  const named = ({ load, latency, peer }: Row): string => `${load}, ${latency}, ${peer}`;
  return [
    ...rows.map((row) => ({ name: `calls, ${named(row)}`, value: row.calls, isMore: false, isCount: true })),
    ...rows.flatMap((row) => {
      const rivals = rows.filter(
        ({ load, latency, peer }) => load === row.load && latency === row.latency && peer !== row.peer,
      );
      const best = Math.max(...rivals.map(({ billsPerSecond }) => billsPerSecond));
      if (row !== rows.find(({ load, latency }) => load === row.load && latency === row.latency) || rivals.length === 0)
        return [];
      return [
        {
          name: `speed against the best peer, ${named(row)}`,
          value: row.billsPerSecond / best,
          isMore: true,
          isCount: false,
        },
      ];
    }),
    ...targets.map(({ name, value, target }) => ({ name, value, isMore: target.startsWith('>='), isCount: false })),
  ];
}
