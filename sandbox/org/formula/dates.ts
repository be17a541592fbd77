import type Big from 'big.js';
import { FormulaError } from './formulaError.ts';
import { Decimal } from './types.ts';

const DAY = 86_400_000;

/** Milliseconds of a date (at midnight UTC) or an instant. */
function millis(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00.000Z` : text);
}

function render(time: number, kind: 'date' | 'datetime'): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new FormulaError('the result is not a date');
  return kind === 'date' ? date.toISOString().slice(0, 10) : date.toISOString();
}

/** A date or instant moved by days; a date drops the fraction of a day. */
export function addDays(text: string, days: Big, kind: 'date' | 'datetime'): string {
  const whole = kind === 'date' ? days.round(0, 0) : days;
  return render(millis(text) + Math.round(Number(whole.times(DAY))), kind);
}

/** Days from `from` to `to`, with the fraction between instants. */
export function daysBetween(from: string, to: string): Big {
  return new Decimal(millis(to) - millis(from)).div(DAY);
}

/** A calendar date. Throws FormulaError when there is no such day. */
export function makeDate(year: number, month: number, day: number): string {
  const text = render(Date.UTC(year, month - 1, day), 'date');
  if (text !== `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`) {
    throw new FormulaError(`DATE(${year}, ${month}, ${day}) is not a day of the calendar`);
  }
  return text;
}

/** A date some months later; where that month is shorter, or the date is a month's last day, the month's last day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastOf = (offset: number): number => new Date(Date.UTC(year, month + offset, 0)).getUTCDate();
  const last = lastOf(months);
  return render(Date.UTC(year, month - 1 + months, day === lastOf(0) ? last : Math.min(day, last)), 'date');
}

/** 1 for Sunday to 7 for Saturday. */
export function weekday(date: string): number {
  return new Date(millis(date)).getUTCDay() + 1;
}

/** The week by ISO 8601, and the year that it belongs to: that of its Thursday. */
export function isoWeek(date: string): { week: number; year: number } {
  const thursday = new Date(millis(date) + (4 - (new Date(millis(date)).getUTCDay() || 7)) * DAY);
  const year = thursday.getUTCFullYear();
  return { week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1, year };
}
