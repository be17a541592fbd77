import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import { eventsQuery } from './events.ts';
import { toPage } from './paging.ts';
import { runsQuery } from './runs.ts';

const names = createNames('m3b__');
const conditionsOf = (soql: string): string => /( WHERE .*)? ORDER BY .*/.exec(soql)?.[0] ?? '';
const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `a0100000000000${n}AAA`,
    createdAt: new Date(1_700_000_000_000 - n),
  }));

describe('the query for a page', () => {
  it('asks for fifty and one more, the newest first', () => {
    assert.equal(conditionsOf(runsQuery({}, names)), ' ORDER BY CreatedDate DESC, Id DESC LIMIT 51');
  });

  it('never asks for more than an org gives at once', () => {
    assert.match(eventsQuery({ limit: 1_000_000 }, names), /LIMIT 2001$/);
    assert.match(eventsQuery({ limit: 0 }, names), /LIMIT 2$/);
  });

  it('goes on behind the last row, whatever was made since', () => {
    const { next } = toPage(rows(3), { limit: 2 });
    assert.equal(next, '2023-11-14T22:13:19.999Z~a01000000000001AAA');
    assert.equal(
      conditionsOf(runsQuery({ limit: 2, after: next, level: 'batches' }, names)),
      ' WHERE m3b__Parent_Run__c = null AND (CreatedDate < 2023-11-14T22:13:19.999Z OR ' +
        "(CreatedDate = 2023-11-14T22:13:19.999Z AND Id < 'a01000000000001AAA')) " +
        'ORDER BY CreatedDate DESC, Id DESC LIMIT 3',
    );
  });

  it('takes nothing from a cursor that is none', () => {
    const after = "x' OR Name != '";
    assert.equal(runsQuery({ after }, names), runsQuery({}, names));
  });

  it('quotes what people typed, and asks by id only for what can be one', () => {
    assert.equal(
      conditionsOf(eventsQuery({ ids: ["EVT-1' OR '", 'a01000000000001AAA'], eventName: "o'k" }, names)),
      " WHERE (Name IN ('EVT-1\\' OR \\'','a01000000000001AAA') OR Id IN ('a01000000000001AAA')) AND " +
        "m3b__Event_Name__c = 'o\\'k' ORDER BY CreatedDate DESC, Id DESC LIMIT 51",
    );
  });
});

describe('a page', () => {
  it('is the last one when there is not one row more', () => {
    assert.deepEqual(toPage(rows(2), { limit: 2 }), { rows: rows(2), next: null });
    assert.equal(toPage(rows(3), { limit: 2 }).rows.length, 2);
  });
});
