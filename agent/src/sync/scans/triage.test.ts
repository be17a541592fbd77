import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../../m3ter/resources.ts';
import { changeToken } from '../../rules/changeToken.ts';
import type { Integration } from '../../rules/integration.ts';
import type { BillState } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { configured } from '../testing.ts';
import { SETTLED, triage, verdictCode } from './triage.ts';
import { verdictOf } from './verdict.ts';

const bill: Bill = { id: 'bill', version: 3, accountId: 'account', status: 'PENDING' };
const account = { id: 'account', code: 'A' };
const sent: BillState = {
  billId: 'bill',
  m3terAccountId: 'account',
  status: 'sent',
  changeToken: changeToken(bill),
  rulesHash: 'rules',
  isMatched: true,
  code: null,
  decidedAt: new Date('2026-11-22T12:00:00.000Z'),
};

const readyWith = (rules: Partial<Integration> = {}, before: Array<Partial<Integration>> = []) => ({
  integration: configured(rules),
  before: before.map((each) => configured({ name: 'First', ...each })),
  rulesHash: 'rules',
});
const kindOf = (
  state?: BillState | typeof SETTLED,
  rules: Partial<Integration> = {},
  { retriesFailed = false, before = [] as Array<Partial<Integration>> } = {},
) => {
  const ready = readyWith(rules, before);
  return triage(bill, account, state, { ready, retriesFailed, logger: testRuntime().logger });
};

describe('a Bill that was listed', () => {
  it('is pushed when it is new, and left when nothing changed', () => {
    assert.deepEqual(kindOf(), { kind: 'push' });
    assert.deepEqual(kindOf(sent), { kind: 'unchanged' });
  });

  it('is left when it is settled, unless its rules fail or say otherwise now', () => {
    assert.deepEqual(kindOf(SETTLED), { kind: 'unchanged' });
    assert.deepEqual(kindOf(SETTLED, { restrictedAccountIds: ['account'] }), { kind: 'skip', reason: 'restricted' });
    assert.deepEqual(kindOf(SETTLED, { accountFilter: 'code ===' }), { kind: 'push' });
  });

  it('is pushed when m3ter or the rules changed', () => {
    assert.deepEqual(kindOf({ ...sent, changeToken: 'older' }), { kind: 'push' });
    assert.deepEqual(kindOf({ ...sent, rulesHash: 'older' }), { kind: 'push' });
  });

  it('is pushed when it was sent without an Account, or waits for one', () => {
    assert.deepEqual(kindOf({ ...sent, isMatched: false }), { kind: 'push' });
    assert.deepEqual(kindOf({ ...sent, status: 'waiting' }), { kind: 'push' });
  });

  it('is left after a failure of its own, unless failures are to be tried again', () => {
    const failed: BillState = { ...sent, status: 'failed', code: 'STRING_TOO_LONG' };
    assert.deepEqual(kindOf(failed), { kind: 'failed', code: 'STRING_TOO_LONG' });
    assert.deepEqual(kindOf(failed, {}, { retriesFailed: true }), { kind: 'push' });
  });

  it('is pushed after a failure that may have passed', () => {
    assert.deepEqual(kindOf({ ...sent, status: 'failed', code: 'TIMEOUT' }), { kind: 'push' });
  });

  it('is skipped by the gates first, also when it was sent before', () => {
    assert.deepEqual(kindOf(sent, { restrictedAccountIds: ['account'] }), { kind: 'skip', reason: 'restricted' });
    assert.deepEqual(kindOf(sent, { onlySendBillOnApproval: true }), { kind: 'skip', reason: 'notApproved' });
  });

  it('is skipped when an integration before this one sends it, and not when that one may not', () => {
    assert.deepEqual(kindOf(sent, {}, { before: [{}] }), { kind: 'skip', reason: 'ownedByOther' });
    assert.deepEqual(kindOf(sent, {}, { before: [{ onlySendBillOnApproval: true }] }), { kind: 'unchanged' });
    assert.deepEqual(kindOf(sent, {}, { before: [{ accountFilter: 'code ==' }] }), { kind: 'unchanged' });
  });

  it('is pushed when it was skipped and no longer is', () => {
    assert.deepEqual(kindOf({ ...sent, status: 'skipped', code: 'notApproved' }), { kind: 'push' });
  });

  it('is pushed to tell of a filter that fails', () => {
    assert.deepEqual(kindOf(sent, { accountFilter: 'code ==' }), { kind: 'push' });
    assert.deepEqual(kindOf(undefined, { accountFilter: 'code' }), { kind: 'push' });
  });
});

describe('the verdict of the rules', () => {
  const { logger, logged } = testRuntime();

  it('names the integration that sends the Bill instead', () => {
    const verdict = verdictOf(bill, account, readyWith({}, [{}]), logger);
    assert.ok(verdict.kind === 'skip');
    assert.match(verdict.detail, /First, which comes first by name, sends Bill bill/);
  });

  it('tells a filter that does not parse from one without an answer', () => {
    const code = (accountFilter: string): string => {
      const verdict = verdictOf(bill, account, readyWith({ accountFilter }), logger);
      assert.ok(verdict.kind === 'invalid');
      return verdictCode(verdict);
    };
    assert.equal(code('code =='), 'FILTER_SYNTAX');
    assert.equal(code('code'), 'FILTER_EVALUATION');
  });

  it('names the field of a Bill that cannot be read', () => {
    const odd = { ...bill, accountId: { id: 'account' } } as unknown as Bill;
    for (const rules of [{}, { accountIds: ['account'] }]) {
      const verdict = verdictOf(odd, undefined, readyWith(rules), logger);
      assert.ok(verdict.kind === 'unreadable');
      assert.equal(verdictCode(verdict), 'UNREADABLE_BILL');
      assert.match(verdict.error.message, /Bill bill .*accountId.*Correct it in m3ter/);
    }
    assert.deepEqual(logged, []);
  });

  it('leaves an unreadable Bill out where a rule leaves it out', () => {
    const unread = { ...bill, lineItems: [null] } as unknown as Bill;
    assert.equal(verdictOf(unread, account, readyWith({ onlySendBillOnApproval: true }), logger).kind, 'skip');
  });

  it('logs an error that was not foreseen, and fails the Bill with it', () => {
    const broken = { accountIds: [null] } as unknown as Integration;
    const verdict = verdictOf(bill, account, readyWith(broken), logger);
    assert.ok(verdict.kind === 'unreadable');
    assert.match(verdict.error.message, /Bill bill cannot be read: .*report this/);
    assert.deepEqual(
      logged.map(({ level }) => level),
      ['error'],
    );
  });
});
