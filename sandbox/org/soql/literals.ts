import Big from 'big.js';
import type { FieldType } from '../model.ts';
import { OrgError } from '../orgError.ts';

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text of a quoted SOQL string literal. */
export function stringLiteral(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_match, code: string | undefined, letter: string) =>
      code === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(parseInt(code, 16)),
    );
}

/** The pattern of a quoted LIKE literal for SQLite's LIKE with `\` as its escape; `\%` and `\_` stay literal. */
export function likePattern(literal: string): string {
  return literal
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_match, code: string | undefined, letter: string) => {
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return '%_\\'.includes(letter) ? `\\${letter}` : (escapes[letter] ?? letter);
    });
}

/** The same for SQLite's GLOB, which heeds case. */
export function globPattern(literal: string): string {
  return likePattern(literal).replaceAll(/\\(.)|([%_*?[])/gs, (_match, plain: string | undefined, special: string) => {
    const letter = plain ?? special;
    if (plain === undefined && letter === '%') return '*';
    if (plain === undefined && letter === '_') return '?';
    return '*?['.includes(letter) ? `[${letter}]` : letter;
  });
}

/** A SOQL datetime as the engine stores it: UTC with milliseconds and Z. Throws MALFORMED_QUERY for no such instant. */
export function storedDatetime(literal: string): string {
  const instant = new Date(literal.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant.getTime())) throw new OrgError('MALFORMED_QUERY', `${literal} is not a datetime.`);
  return instant.toISOString();
}

/** A SOQL date, checked. Throws MALFORMED_QUERY for a day that is not in the calendar. */
export function storedDate(literal: string): string {
  const instant = new Date(`${literal}T00:00:00.000Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(literal)) {
    throw new OrgError('MALFORMED_QUERY', `${literal} is not a date.`);
  }
  return literal;
}

/** A number in units of 10^-scale: the largest such integer that is not above it, and whether it is equal to it. */
export function scaledNumber(literal: string, scale: number): { floor: bigint; exact: boolean } {
  const scaled = new Big(literal.replace(/^\+/, '')).times(new Big(10).pow(scale));
  const truncated = scaled.round(0, Big.roundDown);
  const exact = truncated.eq(scaled);
  const floor = exact || scaled.gte(0) ? truncated : truncated.minus(1);
  return { floor: BigInt(floor.toFixed()), exact };
}

/** The error for a literal of the wrong kind, in Salesforce's words. */
export function wrongLiteral(name: string, type: FieldType): OrgError {
  const quoting = ['double', 'int', 'currency', 'percent', 'boolean', 'date', 'datetime'].includes(type)
    ? 'should not be enclosed in quotes'
    : 'should be enclosed in quotes';
  const shown = type === 'datetime' ? 'dateTime' : type;
  return new OrgError(
    'INVALID_FIELD',
    `value of filter criterion for field '${name}' must be of type ${shown} and ${quoting}`,
  );
}
