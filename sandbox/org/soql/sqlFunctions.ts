import type { AggregateOptions, DatabaseSync } from 'node:sqlite';
import { localText } from '../zonedTime.ts';

/** AVG has this many digits more than its field, rounded half-even. */
export const AVERAGE_EXTRA_SCALE = 4;

interface Total {
  sum: bigint;
  count: bigint;
}

/** A text without case. */
export function folded(text: string): string {
  return text.toLowerCase();
}

/**
 * Gives a database the functions that queries compile to: `soql_avg(number)`, `soql_local(instant, timeZone)` and
 * `soql_fold(text)`.
 */
export function addSqlFunctions(sql: DatabaseSync): void {
  const average = {
    useBigIntArguments: true,
    start: (): Total => ({ sum: 0n, count: 0n }),
    step: (total: Total, value: unknown): Total =>
      typeof value === 'bigint' ? { sum: total.sum + value, count: total.count + 1n } : total,
    result: ({ sum, count }: Total) =>
      count === 0n ? null : roundedQuotient(sum * 10n ** BigInt(AVERAGE_EXTRA_SCALE), count),
  };
  // The types allow only what SQLite can hold as the running state; the function never leaves JavaScript.
  sql.aggregate('soql_avg', average as unknown as AggregateOptions);
  sql.function('soql_fold', { deterministic: true }, (text) => (typeof text === 'string' ? folded(text) : null));
  sql.function('soql_local', { deterministic: true }, (instant, timeZone) =>
    typeof instant === 'string' ? localText(new Date(instant), timeZone as string) : null,
  );
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return up ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}
