import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import type { EventDigestStore } from '../../store/types.ts';
import { epochFact, PushEvents } from './pushEvents.ts';
import type { PushResult, Settled } from './pushResult.ts';
import { facts } from '../testing.ts';

const names = createNames('');
const batch = {
  runKey: 'run',
  orgId: 'org',
  integrationId: 'a01',
  trigger: 'EVENT' as const,
  startedAt: new Date(0),
  replayedFrom: null,
  isScanned: true,
};
const refused = (code = 'STRING_TOO_LONG', isFinal = true): PushResult => ({
  kind: 'failed',
  code,
  message: 'too long',
  exists: false,
  eventName: 'integration.perform.error',
  isFinal,
});
const waiting: PushResult = { kind: 'waiting', detail: 'no mapping', exists: false };
const sent: PushResult = { kind: 'sent', isMatched: true, lineItems: 1 };

function entry(id: string, result: PushResult, more: Partial<Settled> = {}): Settled {
  const bill = { id, version: 1, accountId: 'account' };
  return { bill, batch, isRetry: false, isLast: false, isForced: false, state: undefined, result, ...more };
}

function memory() {
  const digests = new Map<string, string>();
  const events: Pick<EventDigestStore, 'digests'> = {
    digests: (_org, keys) =>
      Promise.resolve(new Map(keys.flatMap((key) => (digests.has(key) ? [[key, digests.get(key) ?? '']] : [])))),
  };
  const store = { events, facts: facts() };
  const of = (entries: Settled[]) =>
    PushEvents.of(entries, { orgId: 'org', integrationId: 'a01', store, now: new Date(0) });
  const write = async (entries: Settled[]) => {
    const noted = await of(entries);
    noted.digests(entries).forEach((digest, key) => digests.set(key, digest));
    return noted;
  };
  return { of, write, store };
}

describe('the Events of Bills', () => {
  it('are one for each version of a Bill that failed, and one for each Account without mapping', async () => {
    const entries = [entry('a', refused()), entry('b', refused()), entry('c', waiting), entry('d', waiting)];
    const events = await memory().of(entries);
    const records = events.records(entries, names);
    assert.deepEqual(
      records.map((record) => record['Event_Name__c']),
      ['integration.perform.error', 'integration.perform.error', 'integration.missingaccountmapping.error'],
    );
    assert.equal(
      records[0]?.['Message__c'],
      'STRING_TOO_LONG: too long. Report it with the versions of agent and package; update both.',
    );
    assert.equal(events.streak(entries).streak.count, 3);
  });

  it('are none for a Bill that is tried again', async () => {
    const entries = [entry('a', refused('TIMEOUT', false))];
    const events = await memory().of(entries);
    assert.deepEqual(events.records(entries, names), []);
    assert.equal(events.streak(entries).streak.count, 0);
  });

  it('are written and counted once', async () => {
    const { write, of } = memory();
    const entries = [entry('a', refused()), entry('c', waiting)];
    await write(entries);
    const again = await of(entries);
    assert.deepEqual(again.records(entries, names), []);
    assert.equal(again.streak(entries).streak.count, 0);
  });

  it('are written again when their message changes, without counting again', async () => {
    const { write, of } = memory();
    await write([entry('c', waiting)]);
    const entries = [entry('c', { ...waiting, detail: 'the mapping leads nowhere' })];
    const again = await of(entries);
    assert.equal(again.records(entries, names).length, 1);
    assert.equal(again.streak(entries).streak.count, 0);
  });

  it('come back to those to act on, and count, after the integration was enabled', async () => {
    const { write, of, store } = memory();
    const entries = [entry('a', refused())];
    await write(entries);
    await store.facts.set(epochFact('org', 'a01'), '2026-11-22T12:00:00.000Z');
    const again = await of(entries);
    assert.equal(again.records(entries, names)[0]?.['Actioned__c'], false);
    assert.equal(again.streak(entries).streak.count, 1);
  });

  it('come back when a person sends the Bill again in vain', async () => {
    const { write, of } = memory();
    await write([entry('a', refused())]);
    const entries = [entry('a', refused(), { isForced: true })];
    const again = await of(entries);
    assert.equal(again.records(entries, names)[0]?.['Actioned__c'], false);
    assert.equal(again.streak(entries).streak.count, 0);
  });

  it('begin to count anew with a Bill that was sent', async () => {
    const entries = [entry('a', refused()), entry('b', sent), entry('c', refused())];
    assert.equal((await memory().of(entries)).streak(entries).streak.count, 1);
  });

  it('of a filter that does not parse are one, without a Run', async () => {
    const filter = { ...refused('FILTER_SYNTAX'), subject: ['accountFilter', 'hash'] };
    const entries = [entry('a', filter), entry('b', filter)];
    const records = (await memory().of(entries)).records(entries, names);
    assert.equal(records.length, 1);
    assert.equal('Run__r' in (records[0] ?? {}), false);
  });
});
