import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dueDay, dueHour } from './schedule.ts';

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const instants = fc.date({
  min: new Date('2020-01-01T00:00Z'),
  max: new Date('2031-01-01T00:00Z'),
  noInvalidDate: true,
});
const show = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso));

describe('the hour that is due', () => {
  const at = (now: string, zone: string): string => dueHour(new Date(now), zone);

  it('begins on the hour of the zone, also where zones differ by half an hour', () => {
    assert.equal(at('2026-11-22T12:44:59Z', 'UTC'), '2026-11-22T12:00:00.000Z');
    assert.equal(at('2026-11-22T12:29:59Z', 'Asia/Kolkata'), '2026-11-22T11:30:00.000Z');
    assert.equal(at('2026-11-22T12:30:00Z', 'Asia/Kolkata'), '2026-11-22T12:30:00.000Z');
    assert.equal(at('2026-11-22T12:14:00Z', 'Asia/Kathmandu'), '2026-11-22T11:15:00.000Z');
  });

  it('comes once for each hour that passes when clocks are set back or forward', () => {
    const hours = (from: string, zone: string): string[] => [
      ...new Set(
        Array.from({ length: 4 * 60 }, (_, minute) => dueHour(new Date(Date.parse(from) + minute * 60_000), zone)),
      ),
    ];
    for (const from of ['2026-11-01T04:00:00Z', '2026-03-08T05:00:00Z']) {
      assert.equal(hours(from, 'America/New_York').length, 4);
    }
    // Half an hour is set back at 02:00: 01:30 to 02:00 comes twice, the hour begins once.
    assert.deepEqual(hours('2026-04-04T14:00:00Z', 'Australia/Lord_Howe'), [
      '2026-04-04T14:00:00.000Z',
      '2026-04-04T15:30:00.000Z',
      '2026-04-04T16:30:00.000Z',
      '2026-04-04T17:30:00.000Z',
    ]);
  });

  it('is the last one when several passed, and the same one until the next begins', () => {
    assert.equal(at('2026-11-22T15:59:59.999Z', 'UTC'), at('2026-11-22T15:00:00.000Z', 'UTC'));
    assert.ok(at('2026-11-22T16:00:00.000Z', 'UTC') > at('2026-11-22T15:59:59.999Z', 'UTC'));
  });

  it('never lies in the future, grows with time, and shows no minutes on the clocks', () => {
    fc.assert(
      fc.property(instants, fc.nat(3 * 86_400_000), fc.constantFrom(...ZONES), (now, later, zone) => {
        const due = dueHour(now, zone);
        assert.ok(Date.parse(due) <= now.getTime() && now.getTime() - Date.parse(due) < 2 * 3_600_000);
        assert.match(show(due, zone), /:00:00$/);
        assert.ok(dueHour(new Date(now.getTime() + later), zone) >= due);
      }),
    );
  });
});

describe('the day that is due', () => {
  const at = (now: string, zone: string, hour = 3): string => dueDay(new Date(now), zone, hour);

  it('begins at the hour in the zone', () => {
    assert.equal(at('2026-11-22T12:00:00Z', 'America/New_York'), '2026-11-22T08:00:00.000Z');
    assert.equal(at('2026-11-22T07:59:59Z', 'America/New_York'), '2026-11-21T08:00:00.000Z');
    assert.equal(at('2026-11-22T12:00:00Z', 'Asia/Kolkata'), '2026-11-21T21:30:00.000Z');
  });

  it('comes at the leap when clocks leave out the hour, and the first time when they show it twice', () => {
    assert.equal(at('2026-03-08T20:00:00Z', 'America/New_York', 2), '2026-03-08T07:00:00.000Z');
    assert.equal(at('2026-11-01T20:00:00Z', 'America/New_York', 1), '2026-11-01T05:00:00.000Z');
    assert.equal(at('2026-11-01T06:30:00Z', 'America/New_York', 1), '2026-11-01T05:00:00.000Z');
  });

  it('never lies in the future, is at most a long day old, and grows with time', () => {
    fc.assert(
      fc.property(instants, fc.nat(9 * 86_400_000), fc.constantFrom(...ZONES), fc.nat(23), (now, later, zone, hour) => {
        const due = dueDay(now, zone, hour);
        const age = now.getTime() - Date.parse(due);
        assert.ok(age >= 0 && age <= 26 * 3_600_000, `${due} at ${now.toISOString()} in ${zone}`);
        assert.ok(dueDay(new Date(now.getTime() + later), zone, hour) >= due);
      }),
    );
  });
});
