import { addMonths, isoWeek, makeDate, weekday } from './dates.ts';
import { whole } from './plainFunction.ts';
import type { PlainFunction } from './plainFunction.ts';
import { asText, Decimal } from './types.ts';
import type { FormulaValue } from './types.ts';

const part = (start: number, end: number) => (args: FormulaValue[]) =>
  new Decimal(Number(asText(args[0]!).slice(start, end)));

const dayOfYear = (date: string): number =>
  (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000 + 1;

const ofDate = (number: (date: string) => number): PlainFunction => ({
  params: ['date'],
  result: 'number',
  apply: ([date]) => new Decimal(number(asText(date!))),
});

/** Source: Salesforce Help, "Formula Operators and Functions by Context", Date and Time Functions. */
export const DATE_FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  YEAR: { params: ['date'], result: 'number', apply: part(0, 4) },
  MONTH: { params: ['date'], result: 'number', apply: part(5, 7) },
  DAY: { params: ['date'], result: 'number', apply: part(8, 10) },
  DATE: {
    params: ['number', 'number', 'number'],
    result: 'date',
    apply: ([year, month, day]) => makeDate(whole(year!), whole(month!), whole(day!)),
  },
  ADDMONTHS: {
    params: ['date', 'number'],
    result: 'date',
    apply: ([date, months]) => addMonths(asText(date!), whole(months!)),
  },
  WEEKDAY: ofDate(weekday),
  DAYOFYEAR: ofDate(dayOfYear),
  ISOWEEK: ofDate((date) => isoWeek(date).week),
  ISOYEAR: ofDate((date) => isoWeek(date).year),
};
