import fc from 'fast-check';
import { NOW, TIME_ZONE } from './data.ts';

/** A SOQL text, quoted. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** An amount in 1/10,000 as a SOQL number. */
export function decimal(amount: number): string {
  return `${amount < 0 ? '-' : ''}${Math.floor(Math.abs(amount) / 10_000)}.${String(Math.abs(amount) % 10_000).padStart(4, '0')}`;
}

/** Days that a date literal covers, as numbers of its unit from now: `LAST_N_MONTHS:2` is the months -2 and -1. */
export interface DateLiteral {
  soql: string;
  unit: 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';
  first: number;
  last: number;
}

const unitArbitrary = fc.constantFrom('WEEK', 'MONTH', 'QUARTER', 'YEAR');
const countArbitrary = fc.integer({ min: 1, max: 4 });
const fiscal = (unit: DateLiteral['unit'], isFiscal: boolean): string =>
  isFiscal && (unit === 'QUARTER' || unit === 'YEAR') ? `FISCAL_${unit}` : unit;

export const dateLiteralArbitrary: fc.Arbitrary<DateLiteral> = fc.oneof(
  fc.constantFrom<DateLiteral>(
    { soql: 'YESTERDAY', unit: 'DAY', first: -1, last: -1 },
    { soql: 'TODAY', unit: 'DAY', first: 0, last: 0 },
    { soql: 'TOMORROW', unit: 'DAY', first: 1, last: 1 },
    { soql: 'LAST_90_DAYS', unit: 'DAY', first: -90, last: 0 },
    { soql: 'NEXT_90_DAYS', unit: 'DAY', first: 1, last: 90 },
  ),
  fc.tuple(fc.constantFrom(-1, 0, 1), unitArbitrary, fc.boolean()).map(([step, unit, isFiscal]): DateLiteral => {
    const word = ['LAST', 'THIS', 'NEXT'][step + 1];
    return { soql: `${word}_${fiscal(unit, isFiscal)}`, unit, first: step, last: step };
  }),
  fc
    .tuple(countArbitrary, fc.constantFrom('DAY', ...(['WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const)), fc.boolean())
    .chain(([n, unit, isFiscal]) => {
      const units = `${fiscal(unit, isFiscal)}S`;
      return fc.constantFrom<DateLiteral>(
        { soql: `LAST_N_${units}:${n}`, unit, first: -n, last: unit === 'DAY' ? 0 : -1 },
        { soql: `NEXT_N_${units}:${n}`, unit, first: 1, last: n },
        { soql: `N_${units}_AGO:${n}`, unit, first: -n, last: -n },
      );
    }),
);

/** How many of the unit a day is from today, as the user counts days; weeks begin on Sunday. */
export function unitsFromNow(day: string, unit: DateLiteral['unit']): number {
  return unitNumber(day, unit) - unitNumber(localDay(NOW), unit);
}

/** The calendar day of an instant where the user is. */
export function localDay(instant: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const { year, month, day } = Object.fromEntries(
    parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}`;
}

function unitNumber(day: string, unit: DateLiteral['unit']): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const days = Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  // The first day of 1970 was a Thursday, four days after a Sunday.
  return {
    DAY: days,
    WEEK: Math.floor((days + 4) / 7),
    MONTH: year * 12 + month - 1,
    QUARTER: year * 4 + Math.floor((month - 1) / 3),
    YEAR: year,
  }[unit];
}
