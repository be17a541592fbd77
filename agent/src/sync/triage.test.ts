import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../m3ter/resources.ts';
import { changeToken } from '../rules/changeToken.ts';
import type { Integration } from '../rules/integration.ts';
import type { BillState } from '../store/store.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { decideSafely, triage } from './triage.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const bill: Bill = { id: 'bill', version: 3, accountId: 'account', status: 'PENDING' };
const integration: Integration = {
  id: 'i',
  name: 'All Bills',
  enabled: true,
  connectionStatus: 'CONNECTED',
  pinnedOrgId: null,
  triggerType: 'EVENT',
  accountIds: [],
  restrictedAccountIds: [],
  accountFilter: '',
  onlySendBillOnApproval: false,
  useExternalMappingAccountCode: false,
  excludedLineItemTypes: [],
  sortLineItemsBy: 'NONE',
};
const sent: BillState = {
  billId: 'bill',
  status: 'sent',
  changeToken: changeToken(bill),
  rulesHash: 'rules',
  isMatched: true,
  code: null,
  decidedAt: new Date(now.getTime() - 60_000),
};

const kindOf = (state?: BillState, rules: Partial<Integration> = {}, retryFailedAfter = 900_000) =>
  triage(bill, { id: 'account', code: 'A' }, state, {
    integration: { ...integration, ...rules },
    rulesHash: 'rules',
    logger: testRuntime().logger,
    now,
    retryFailedAfter,
  });

describe('what is to be done with a Bill', () => {
  it('is to send one that is new', () => assert.deepEqual(kindOf(), { kind: 'changed' }));
  it('is nothing when nothing changed', () => assert.deepEqual(kindOf(sent), { kind: 'unchanged' }));

  it('is to look again when m3ter or the rules changed', () => {
    assert.deepEqual(kindOf({ ...sent, changeToken: 'older' }), { kind: 'changed' });
    assert.deepEqual(kindOf({ ...sent, rulesHash: 'older' }), { kind: 'changed' });
  });

  it('is to look for an Account when it was sent without one, or waits for one', () => {
    assert.deepEqual(kindOf({ ...sent, isMatched: false }), { kind: 'recheck' });
    assert.deepEqual(kindOf({ ...sent, status: 'waiting' }), { kind: 'recheck' });
  });

  it('is to wait a while after a failure, then to try again', () => {
    const failed: BillState = { ...sent, status: 'failed', code: 'WHY' };
    assert.deepEqual(kindOf(failed), { kind: 'failed', code: 'WHY' });
    assert.deepEqual(kindOf(failed, {}, 60_000), { kind: 'changed' });
    assert.deepEqual(kindOf(failed, {}, 0), { kind: 'changed' });
  });

  it('is decided by the gates first, also for a Bill that was sent', () => {
    assert.deepEqual(kindOf(sent, { restrictedAccountIds: ['account'] }), { kind: 'skip', reason: 'restricted' });
    assert.deepEqual(kindOf(sent, { onlySendBillOnApproval: true }), { kind: 'skip', reason: 'notApproved' });
  });

  it('is to send one that was skipped and no longer is', () => {
    assert.deepEqual(kindOf({ ...sent, status: 'skipped', code: 'notApproved' }), { kind: 'changed' });
  });

  it('is to report a filter that fails', () => {
    assert.equal(kindOf(undefined, { accountFilter: 'code ==' }).kind, 'invalid');
    assert.equal(kindOf(undefined, { accountFilter: 'code' }).kind, 'invalid');
  });
});

describe('a Bill that cannot be read', () => {
  const odd = { ...bill, accountId: { id: 'account' } } as unknown as Bill;
  const { logger, logged } = testRuntime();

  it('fails by the name of its field instead of ending the sweep', () => {
    for (const rules of [{}, { accountIds: ['account'] }]) {
      const result = decideSafely(odd, undefined, { integration: { ...integration, ...rules }, logger });
      assert.ok('kind' in result && result.kind === 'unreadable');
      assert.equal(result.error.code, 'UNREADABLE_BILL');
      assert.match(result.error.message, /Bill bill .*accountId.*Correct it in m3ter/);
    }
    assert.deepEqual(logged, []);
  });

  it('is still left out by a rule that leaves it out', () => {
    const unread = { ...bill, lineItems: [null] } as unknown as Bill;
    const rules = { ...integration, onlySendBillOnApproval: true };
    const result = decideSafely(unread, undefined, { integration: rules, logger });
    assert.ok('send' in result && !result.send);
  });

  it('fails with an error that was not foreseen, which is logged', () => {
    const broken = { ...integration, accountIds: [null] } as unknown as Integration;
    const result = decideSafely(bill, undefined, { integration: broken, logger });
    assert.ok('kind' in result && result.kind === 'unreadable');
    assert.match(result.error.message, /Bill bill cannot be read: .*report this/);
    assert.deepEqual(
      logged.map(({ level }) => level),
      ['error'],
    );
  });
});
