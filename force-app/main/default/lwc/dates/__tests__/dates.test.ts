import {
  formatDay,
  formatDuration,
  formatInstant,
  formatMonth,
  formatPeriod,
  formatPeriodOf,
  formatRelative,
  lastDay,
  lastMonths,
} from 'c/dates';

const NOW = new Date('2026-11-22T18:00:00Z');
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('c/dates', () => {
  it('shows a calendar date as that date in every time zone', () => {
    expect(formatDay('2026-10-30')).toBe('Oct 30, 2026');
    expect(formatDay(null)).toBe('');
  });

  it('ends a period on the day before its exclusive end', () => {
    expect(lastDay('2026-10-01')).toBe('2026-09-30');
    expect(plain(formatPeriod('2026-09-01', '2026-10-01'))).toBe('Sep 1 – 30, 2026');
    expect(plain(formatPeriod('2024-02-01', '2024-03-01'))).toBe('Feb 1 – 29, 2024');
  });

  it('shows what there is of a period', () => {
    expect(formatPeriod('2026-09-01', '2026-09-02')).toBe('Sep 1, 2026');
    expect(formatPeriod('2026-09-01', null)).toBe('Sep 1, 2026');
    expect(formatPeriod(null, '2026-10-01')).toBe('Sep 30, 2026');
    expect(formatPeriod(null, null)).toBe('');
  });

  it('shows the days between two instants in the time zone in which they are meant, with the last day', () => {
    const [start, end] = ['2026-09-01T04:00:00.000Z', '2026-10-01T04:00:00.000Z'];
    expect(plain(formatPeriodOf(start, end, 'America/New_York'))).toBe('Sep 1 – 30, 2026');
    expect(plain(formatPeriodOf('2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z', null))).toBe('Sep 1 – 30, 2026');
    expect(plain(formatPeriodOf('2026-09-01T00:00:00Z', '2026-09-15T12:00:00Z', 'No/Where'))).toBe('Sep 1 – 15, 2026');
    expect(formatPeriodOf(null, '2026-10-01T00:00:00Z', 'UTC')).toBe('Sep 30, 2026');
    expect(formatPeriodOf(null, null, 'UTC')).toBe('');
  });

  it("shows an instant in the user's time zone, however its offset is written", () => {
    expect(plain(formatInstant('2026-11-22T18:00:00.000Z'))).toBe('Nov 22, 2026, 10:00 AM');
    expect(plain(formatInstant('2026-11-22T18:00:00.000+0000'))).toBe('Nov 22, 2026, 10:00 AM');
    expect(formatInstant(undefined)).toBe('');
  });

  it.each([
    ['2026-11-22T17:59:30Z', '30 seconds ago'],
    ['2026-11-22T17:56:00Z', '4 minutes ago'],
    ['2026-11-22T16:00:00Z', '2 hours ago'],
    ['2026-11-21T17:00:00Z', 'yesterday'],
    ['2026-11-22T18:05:00Z', 'in 5 minutes'],
    [null, ''],
  ])('says how long ago %s was', (instant, expected) => {
    expect(formatRelative(instant, NOW)).toBe(expected);
  });

  it('names months and counts them back over the turn of the year', () => {
    expect(formatMonth('2026-09', 'short')).toBe('Sep');
    expect(formatMonth('2026-09', 'long')).toBe('September 2026');
    expect(lastMonths(3, new Date('2026-01-31T00:00:00Z'))).toEqual(['2025-11', '2025-12', '2026-01']);
  });

  it('says how long something took in the unit that fits', () => {
    const after = (seconds: number): string =>
      plain(formatDuration('2026-11-22T08:00:00.000Z', new Date(Date.UTC(2026, 10, 22, 8, 0, seconds)).toISOString()));
    expect([0, 41, 119, 120, 3_600, 7_200].map(after)).toEqual([
      '0 sec',
      '41 sec',
      '119 sec',
      '2 min',
      '60 min',
      '2 hr',
    ]);
    expect(formatDuration('2026-11-22T08:00:00.000Z', null)).toBe('');
  });
});
