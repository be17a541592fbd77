import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SetupError } from '../../errors.ts';
import { freshStoreUrl, openTestStore, STORE_KINDS } from '../../testing/stores.ts';
import type { BillState, IntegrationRef, Store, StoredBill } from '../types.ts';

const decidedAt = new Date('2026-11-22T12:00:00.000Z');
const one: IntegrationRef = { orgId: 'org', integrationId: 'i1' };
const two: IntegrationRef = { orgId: 'org', integrationId: 'i2' };
const clone: IntegrationRef = { orgId: 'sandbox', integrationId: 'i1' };

const state = (billId: string, more: Partial<BillState> = {}): BillState => ({
  billId,
  m3terAccountId: 'account',
  status: 'sent',
  changeToken: 'token',
  rulesHash: 'rules',
  isMatched: true,
  code: null,
  decidedAt,
  ...more,
});

const stored = (billId: string, more: Partial<StoredBill> = {}): StoredBill => ({
  billId,
  recordId: `record-${billId}`,
  sourceVersion: 1_795_348_800_000,
  hash: 'hash',
  lines: { line: 'line-record' },
  linesKnown: true,
  digest: { fields: { Status__c: 'APPROVED' }, amounts: { line: '1.5' }, syncedAt: null },
  ...more,
});

const NONE = { count: 0, evidence: [] };

for (const kind of STORE_KINDS) {
  describe(`the memory of a store on ${kind}`, () => {
    let store: Store;
    before(async () => {
      store = await openTestStore(await freshStoreUrl(kind));
    });
    after(() => store.close());

    it('counts the workers that run, without those that left', async () => {
      assert.equal(await store.workers.beat('first'), 1);
      assert.equal(await store.workers.beat('second'), 2);
      assert.equal(await store.workers.beat('first'), 2);
      await store.workers.leave('second');
      assert.equal(await store.workers.beat('first'), 1);
      await store.workers.leave('first');
    });

    it('keeps what an integration of an org decided, the latest decision only', async () => {
      const failed = state('b', { status: 'failed', code: 'WHY', isMatched: false, m3terAccountId: null });
      await store.states.save(one, [state('a'), failed]);
      await store.states.save(one, [state('a', { changeToken: 'newer' })]);
      await store.states.save(two, [state('a', { status: 'waiting' })]);
      await store.states.save(clone, [state('a', { status: 'skipped', code: 'restricted' })]);
      const states = await store.states.of(one, ['a', 'b', 'c']);
      assert.deepEqual(
        [states.size, states.get('a'), states.get('b')],
        [2, state('a', { changeToken: 'newer' }), failed],
      );
      assert.deepEqual(await store.states.counts('org'), { failed: 1, sent: 1, waiting: 1 });
      assert.deepEqual(await store.states.counts(), { failed: 1, sent: 1, skipped: 1, waiting: 1 });
      assert.equal((await store.states.of(clone, ['a'])).get('a')?.code, 'restricted');
    });

    it('forgets that another integration of the org sent a Bill, as soon as one sends it', async () => {
      const held = async (ref: IntegrationRef) => [...(await store.states.of(ref, ['moves', 'stays'])).keys()].sort();
      const skipped = state('stays', { status: 'skipped' });
      for (const ref of [one, clone]) await store.states.save(ref, [state('moves'), state('stays')]);
      await store.states.save(two, [state('moves'), skipped]);
      assert.deepEqual([await held(one), await held(two)], [['stays'], ['moves', 'stays']]);
      await store.states.save(one, [state('moves'), state('stays')]);
      assert.deepEqual([await held(one), await held(two)], [['moves', 'stays'], ['stays']]);
      assert.deepEqual(await held(clone), ['moves', 'stays']);
    });

    it('forgets what other rules decided about Bills that are about to be written, and that others sent them', async () => {
      const [a, b] = [
        { orgId: 'org', integrationId: 'rules-a' },
        { orgId: 'org', integrationId: 'rules-b' },
      ];
      await store.states.save(a, [state('same'), state('by others', { rulesHash: 'before' }), state('untouched')]);
      await store.states.save(b, [state('sent by b'), state('same', { status: 'skipped' })]);
      await store.states.forgetOthers(a, 'rules', ['same', 'by others', 'sent by b', 'never seen']);
      const held = async (ref: IntegrationRef) =>
        [...(await store.states.of(ref, ['same', 'by others', 'sent by b', 'untouched'])).keys()].sort();
      assert.deepEqual([await held(a), await held(b)], [['same', 'untouched'], ['same']]);
    });

    it('finds the Bills that wait for an Account, with the Account', async () => {
      const ref = { orgId: 'org', integrationId: 'waiting' };
      const waiting = state('waits', { status: 'waiting', m3terAccountId: 'missing' });
      const unmatched = state('unmatched', { isMatched: false });
      const others = [state('sent'), state('failed', { status: 'failed', isMatched: false, code: 'WHY' })];
      await store.states.save(ref, [waiting, unmatched, ...others]);
      assert.deepEqual(await store.states.waiting(ref), [unmatched, waiting]);
    });

    it('keeps what each org holds, and that its lines are in doubt while a call is under way', async () => {
      await store.bills.save('org', [stored('a'), stored('b')]);
      await store.bills.save('sandbox', [stored('b', { recordId: 'other' })]);
      await store.bills.distrustLines('org', ['b', 'never sent']);
      const bills = await store.bills.stored('org', ['a', 'b', 'c']);
      assert.deepEqual(
        [bills.get('a'), bills.get('b'), bills.size],
        [stored('a'), stored('b', { linesKnown: false }), 2],
      );
      assert.equal((await store.bills.stored('sandbox', ['b'])).get('b')?.linesKnown, true);
      await store.bills.save('org', [stored('b', { lines: {} })]);
      assert.deepEqual((await store.bills.stored('org', ['b'])).get('b'), stored('b', { lines: {} }));
      await store.bills.distrust('org', ['b']);
      const doubted = stored('b', { lines: {}, hash: '', linesKnown: false });
      assert.deepEqual((await store.bills.stored('org', ['b'])).get('b'), doubted);
    });

    it('does not let an older version of a Bill take the place of a newer one, unless m3ter deleted that', async () => {
      const held = async () => (await store.bills.stored('org', ['raced'])).get('raced');
      const [older, newer] = [1, 2].map((sourceVersion) =>
        stored('raced', { sourceVersion, hash: `v${sourceVersion}` }),
      );
      assert.ok(older && newer);
      await store.bills.save('org', [newer]);
      await store.bills.save('org', [older, stored('beside')]);
      assert.deepEqual(await held(), newer);
      assert.ok((await store.bills.present('org')).has('beside'));
      assert.equal((await store.bills.hashes('org')).get('beside'), 'hash');
      await store.bills.distrust('org', ['raced']);
      await store.bills.save('org', [newer]);
      assert.deepEqual(await held(), newer);
      await store.bills.markDeleted('org', ['raced']);
      await store.bills.save('org', [older]);
      assert.deepEqual(await held(), older);
    });

    it('tells the content of Bills that were sent to an Account under the same rules', async () => {
      const settled = state('settled');
      const others = [
        { ...settled, billId: 'other rules', rulesHash: 'other' },
        { ...settled, billId: 'no account', isMatched: false },
        { ...settled, billId: 'failed', status: 'failed', code: 'FIELD_TOO_LONG' } as const,
      ];
      const ids = [settled, ...others].map(({ billId }) => billId);
      assert.deepEqual(await store.states.settled(one, settled.rulesHash, ids), new Map());
      await store.states.save(one, [settled, ...others]);
      const expected = new Map([['settled', settled.changeToken]]);
      assert.deepEqual(await store.states.settled(one, settled.rulesHash, [...ids, 'unknown']), expected);
      assert.deepEqual(await store.states.settled(two, settled.rulesHash, ids), new Map());
    });

    it('forgets Bills that m3ter deleted, until they are sent again', async () => {
      for (const ref of [one, two, clone]) await store.states.save(ref, [state('gone')]);
      for (const { orgId } of [one, clone]) await store.bills.save(orgId, [stored('gone')]);
      await store.bills.markDeleted('org', ['gone']);
      assert.ok(!(await store.bills.present('org')).has('gone'));
      assert.equal((await store.bills.stored('org', ['gone'])).size, 0);
      assert.equal((await store.states.of(one, ['gone'])).size + (await store.states.of(two, ['gone'])).size, 0);
      assert.equal((await store.bills.present('sandbox')).get('gone'), 'record-gone');
      assert.equal((await store.states.of(clone, ['gone'])).size, 1);
      await store.bills.save('org', [stored('gone')]);
      assert.equal((await store.bills.present('org')).get('gone'), 'record-gone');
    });

    it('remembers which Events were written to which org', async () => {
      const write = (digest: string) => store.errors.replace(one, NONE, NONE, new Map([['key', digest]]));
      await write('one');
      await write('two');
      assert.deepEqual(await store.events.digests('org', ['key', 'other']), new Map([['key', 'two']]));
      assert.equal((await store.events.digests('sandbox', ['key'])).size, 0);
      await store.events.forgetBefore(new Date(0));
      assert.equal((await store.events.digests('org', ['key'])).size, 1);
      await store.events.forgetBefore(new Date('2200-01-01'));
      assert.equal((await store.events.digests('org', ['key'])).size, 0);
    });

    it('keeps facts, and gives an hour to one who asks for it', async () => {
      assert.equal(await store.facts.get('fact'), undefined);
      await store.facts.set('fact', 'a');
      await store.facts.set('fact', 'b');
      assert.equal(await store.facts.get('fact'), 'b');
      const claims = await Promise.all(
        Array.from({ length: 5 }, () => store.facts.claimLater('hour', '2026-11-22T12')),
      );
      assert.equal(claims.filter(Boolean).length, 1);
      assert.equal(await store.facts.claimLater('hour', '2026-11-22T11'), false);
      assert.equal(await store.facts.claimLater('hour', '2026-11-22T13'), true);
    });

    it('counts errors that follow each other', async () => {
      assert.deepEqual(await store.errors.get(one), { count: 0, evidence: [] });
      await store.errors.set(one, { count: 2, evidence: ['first', 'half \ud800 and \0 nothing'] });
      assert.deepEqual(await store.errors.get(one), { count: 2, evidence: ['first', 'half \ufffd and  nothing'] });
      assert.deepEqual(await store.errors.get(clone), { count: 0, evidence: [] });
    });

    it('counts for one of several who count at the same time, and remembers its Events only', async () => {
      const before = await store.errors.get(two);
      const counted = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          store.errors.replace(two, before, { count: 1, evidence: [`${n}`] }, new Map([[`event ${n}`, 'digest']])),
        ),
      );
      const winner = counted.indexOf(true);
      assert.equal(counted.filter(Boolean).length, 1);
      assert.deepEqual(await store.errors.get(two), { count: 1, evidence: [`${winner}`] });
      const keys = counted.map((_, n) => `event ${n}`);
      assert.deepEqual(await store.events.digests('org', keys), new Map([[`event ${winner}`, 'digest']]));
    });

    it('keeps credentials byte by byte', async () => {
      const row = {
        name: 'production',
        kind: 'jwtBearer',
        destination: 'SALESFORCE',
        publicData: { username: 'agent@example.com' },
        secret: new Uint8Array([0, 255, 10, 13, 0]),
        createdAt: decidedAt,
        rotatedAt: null,
      };
      await store.vault.put(row);
      await store.vault.put({ ...row, name: 'Another' });
      assert.deepEqual(await store.vault.get('production'), row);
      const rotated = { ...row, secret: new Uint8Array([1]), rotatedAt: decidedAt };
      await store.vault.put(rotated);
      assert.deepEqual(await store.vault.list(), [{ ...row, name: 'Another' }, rotated]);
      assert.equal(await store.vault.remove('production'), true);
      assert.equal(await store.vault.remove('production'), false);
      assert.equal(await store.vault.get('production'), undefined);
    });

    it('belongs to the m3ter organization that it was first used with', async () => {
      await store.bindTo('m3ter-1');
      await store.bindTo('m3ter-1');
      await assert.rejects(store.bindTo('m3ter-2'), (error: Error) => {
        assert.ok(error instanceof SetupError);
        assert.match(error.message, /m3ter-1, not of m3ter-2.*STORE_URL/);
        return true;
      });
    });

    it('names what failed without the values of the statement', async () => {
      const broken = { ...state('secret-bill'), decidedAt: 'yesterdayish' as unknown as Date };
      await assert.rejects(store.states.save(one, [broken]), (error: Error & { sqlState?: string }) => {
        assert.equal(error.name, 'StoreError');
        assert.match(error.message, /store failed.*\(22007\)/);
        assert.doesNotMatch(JSON.stringify([error.message, { ...error }, error.cause]), /secret-bill/);
        return true;
      });
    });
  });

  describe(`notifications in a store on ${kind}`, () => {
    let store: Store;
    before(async () => {
      store = await openTestStore(await freshStoreUrl(kind));
    });
    after(() => store.close());
    const later = new Date(decidedAt.getTime() + 60_000);

    it('wait until they are sent, each once', async () => {
      await store.outbox.add({ key: 'first', payload: { subject: 'One' }, createdAt: decidedAt });
      await store.outbox.add({ key: 'first', payload: { subject: 'Same again' }, createdAt: decidedAt });
      await store.outbox.add({ key: 'second', payload: { subject: 'Two' }, createdAt: decidedAt });
      const [first, second] = await store.outbox.due(decidedAt);
      assert.deepEqual([first?.payload, second?.payload, first?.attempts], [{ subject: 'One' }, { subject: 'Two' }, 0]);
      await store.outbox.markFailed(first?.id ?? '', 'mail server is away', later);
      await store.outbox.markSent(second?.id ?? '');
      assert.deepEqual(await store.outbox.due(decidedAt), []);
      const [again] = await store.outbox.due(later);
      assert.deepEqual([again?.key, again?.attempts, again?.error], ['first', 1, 'mail server is away']);
      await store.outbox.markSent(again?.id ?? '');
      assert.deepEqual(await store.outbox.due(later), []);
    });

    it('are bounded: the oldest give way', async () => {
      for (let n = 0; n < 1002; n += 1) await store.outbox.add({ key: `k${n}`, payload: {}, createdAt: decidedAt });
      const keys: string[] = [];
      for (let taken = await store.outbox.due(decidedAt); taken.length > 0; taken = await store.outbox.due(decidedAt)) {
        keys.push(...taken.map(({ key }) => key));
      }
      assert.deepEqual([keys.length, keys[0], keys.at(-1)], [1000, 'k2', 'k1001']);
    });
  });
}
