import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryCalendar } from './dateLiterals.ts';

/** A Sunday, on which a week starts. */
const now = new Date('2026-11-22T18:00:00.000Z');
const london = new QueryCalendar({ timeZone: 'Europe/London', locale: 'en_US' }, now);

describe('date literals on 2026-11-22', () => {
  const cases: Array<[string, string, string]> = [
    ['YESTERDAY', '2026-11-21', '2026-11-22'],
    ['TODAY', '2026-11-22', '2026-11-23'],
    ['TOMORROW', '2026-11-23', '2026-11-24'],
    ['LAST_WEEK', '2026-11-15', '2026-11-22'],
    ['THIS_WEEK', '2026-11-22', '2026-11-29'],
    ['NEXT_MONTH', '2026-12-01', '2027-01-01'],
    ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
    ['LAST_FISCAL_QUARTER', '2026-07-01', '2026-10-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['LAST_90_DAYS', '2026-08-24', '2026-11-23'],
    ['NEXT_90_DAYS', '2026-11-23', '2027-02-21'],
    ['LAST_N_DAYS:1', '2026-11-21', '2026-11-23'],
    ['NEXT_N_DAYS:2', '2026-11-23', '2026-11-25'],
    ['N_DAYS_AGO:7', '2026-11-15', '2026-11-16'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-11-01'],
    ['N_QUARTERS_AGO:1', '2026-07-01', '2026-10-01'],
    ['NEXT_N_WEEKS:1', '2026-11-29', '2026-12-06'],
    ['LAST_N_FISCAL_YEARS:3', '2023-01-01', '2026-01-01'],
  ];
  for (const [literal, start, end] of cases) {
    it(`reads ${literal} as ${start} up to ${end}`, () => assert.deepEqual(london.days(literal), { start, end }));
  }
});

describe('date literals elsewhere', () => {
  const auckland = new QueryCalendar({ timeZone: 'Pacific/Auckland', locale: 'en_NZ' }, now);

  it("takes today from the user's clock, and its instants too", () => {
    assert.deepEqual(auckland.days('TODAY'), { start: '2026-11-23', end: '2026-11-24' });
    assert.deepEqual(auckland.instants('TODAY'), {
      start: '2026-11-22T11:00:00.000Z',
      end: '2026-11-23T11:00:00.000Z',
    });
  });

  it("starts weeks on the day of the user's locale", () => {
    assert.deepEqual(auckland.days('THIS_WEEK'), { start: '2026-11-23', end: '2026-11-30' });
    const german = new QueryCalendar({ timeZone: 'Europe/Berlin', locale: 'de_DE' }, now);
    assert.deepEqual(german.days('THIS_WEEK'), { start: '2026-11-16', end: '2026-11-23' });
  });

  it('follows the clock over a change to or from summer time', () => {
    const newYork = new QueryCalendar(
      { timeZone: 'America/New_York', locale: 'en_US' },
      new Date('2026-11-01T15:00:00Z'),
    );
    assert.deepEqual(newYork.instants('TODAY'), {
      start: '2026-11-01T04:00:00.000Z',
      end: '2026-11-02T05:00:00.000Z',
    });
  });
});
