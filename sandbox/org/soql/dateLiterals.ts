import type { OrgUser } from '../model.ts';
import { unsupported } from './parse.ts';
import { localText, startOfDay } from '../zonedTime.ts';

/** Days from `start` up to but not including `end`, as YYYY-MM-DD. */
export interface DayRange {
  start: string;
  end: string;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** Today as somebody sees it, and where their weeks start. */
interface Today {
  /** Midnight UTC of the calendar day. */
  day: Date;
  /** 0 is Sunday. */
  weekStart: number;
}

/** Days and instants as the user of a query sees them, at one moment. */
export class QueryCalendar {
  private readonly timeZone: string;
  private readonly today: Today;

  constructor({ timeZone, locale }: Pick<OrgUser, 'timeZone' | 'locale'>, now: Date) {
    this.timeZone = timeZone;
    const day = localText(now, timeZone).slice(0, 10);
    this.today = { day: new Date(`${day}T00:00:00Z`), weekStart: weekStartOf(locale) };
  }

  /**
   * The days that a SOQL date literal means in the user's time zone: `TODAY`, `THIS_QUARTER`, `LAST_N_DAYS:30` and so
   * on. Weeks start as the user's locale has it; the fiscal year is the calendar year, as in a new org.
   * Source: SOQL and SOSL Reference, "Date Formats and Date Literals".
   *
   * @throws {OrgError} MALFORMED_QUERY for a literal it does not know.
   */
  days(literal: string): DayRange {
    const [word = '', amount] = literal.toUpperCase().replace('FISCAL_', '').split(':');
    const range = amount === undefined ? fixedRange(word, this.today) : countedRange(word, Number(amount), this.today);
    if (range === undefined) throw unsupported(`the date literal ${literal}`);
    return range;
  }

  /** The same as instants: UTC texts as the engine stores them. */
  instants(literal: string): DayRange {
    const { start, end } = this.days(literal);
    return { start: startOfDay(start, this.timeZone), end: startOfDay(end, this.timeZone) };
  }
}

/** TypeScript's library does not know this method yet. */
interface LocaleWithWeek {
  getWeekInfo(): { firstDay: number };
}

function weekStartOf(locale: string): number {
  const { firstDay } = (new Intl.Locale(locale.replaceAll('_', '-')) as unknown as LocaleWithWeek).getWeekInfo();
  return firstDay % 7;
}

function fixedRange(word: string, now: Today): DayRange | undefined {
  if (word === 'YESTERDAY') return units('DAY', now, -1, 0);
  if (word === 'TODAY') return units('DAY', now, 0, 1);
  if (word === 'TOMORROW') return units('DAY', now, 1, 2);
  if (word === 'LAST_90_DAYS') return units('DAY', now, -90, 1);
  if (word === 'NEXT_90_DAYS') return units('DAY', now, 1, 91);
  const match = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  if (!match) return undefined;
  const offset = { LAST: -1, THIS: 0, NEXT: 1 }[match[1] as 'LAST' | 'THIS' | 'NEXT'];
  return units(match[2] as Unit, now, offset, offset + 1);
}

function countedRange(word: string, count: number, now: Today): DayRange | undefined {
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(word);
  if (ago) return units(ago[1] as Unit, now, -count, 1 - count);
  const around = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(word);
  if (!around) return undefined;
  const unit = around[2] as Unit;
  if (around[1] === 'NEXT') return units(unit, now, 1, count + 1);
  // The last n days run up to and include today; longer units leave the current one out.
  return units(unit, now, -count, unit === 'DAY' ? 1 : 0);
}

function units(unit: Unit, now: Today, from: number, to: number): DayRange {
  return { start: startOf(unit, now, from), end: startOf(unit, now, to) };
}

function startOf(unit: Unit, { day: today, weekStart }: Today, offset: number): string {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();
  const day = today.getUTCDate();
  const start = {
    DAY: () => Date.UTC(year, month, day + offset),
    WEEK: () => Date.UTC(year, month, day - ((today.getUTCDay() - weekStart + 7) % 7) + 7 * offset),
    MONTH: () => Date.UTC(year, month + offset, 1),
    QUARTER: () => Date.UTC(year, Math.floor(month / 3) * 3 + 3 * offset, 1),
    YEAR: () => Date.UTC(year + offset, 0, 1),
  }[unit]();
  return new Date(start).toISOString().slice(0, 10);
}
