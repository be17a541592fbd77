import type { AggregateOptions, DatabaseSync } from 'node:sqlite';
import { localText } from '../zonedTime.ts';

/** AVG has this many digits more than its field, rounded half-even. */
export const AVERAGE_EXTRA_SCALE = 4;

interface Total {
  sum: bigint;
  count: bigint;
}

/** Gives a database the functions that queries compile to: `soql_avg(number)` and `soql_local(instant, timeZone)`. */
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
