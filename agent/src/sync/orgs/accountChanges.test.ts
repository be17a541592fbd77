import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChangedAccount, Poll } from '../../salesforce/control/poll.ts';
import { AccountChanges } from './accountChanges.ts';

const ORG = '00D000000000001EAA';
const SECOND = new Date('2026-11-30T10:00:00.000Z');
const NEXT = new Date('2026-11-30T10:00:01.000Z');

const account = (id: string, changedAt: Date, accountNumber: string | null = null): ChangedAccount => ({
  ...{ id, m3terAccountId: null, accountNumber, changedAt },
});
const answer = (accountsSince: Date | null, ...accountsChanged: ChangedAccount[]): Poll => ({
  ...{ integrations: [], requests: [], running: [], hasMoreAccounts: false, heartbeatRefused: undefined },
  ...{ accountsSince, accountsChanged },
});
/** The first answer is behind it. */
function begun(): AccountChanges {
  const changes = new AccountChanges();
  changes.done(ORG, answer(SECOND));
  return changes;
}

describe('the changes of Accounts that an org lists', () => {
  it('are asked for from the last second on, and those of that second are acted on once', () => {
    const changes = new AccountChanges();
    assert.equal(changes.since(ORG), undefined);
    changes.done(ORG, answer(SECOND, account('001A', SECOND)));
    assert.deepEqual(changes.since(ORG), SECOND);
    const [first, second] = [account('001A', SECOND), account('001B', SECOND)];
    assert.deepEqual(changes.ahead(ORG, [first]), [first]);
    changes.done(ORG, answer(SECOND, first));
    assert.deepEqual(changes.ahead(ORG, [second, first]), [second]);
    changes.done(ORG, answer(SECOND, second, first));
    assert.deepEqual(changes.ahead(ORG, [second, first]), []);
    assert.deepEqual(changes.ahead('00D000000000002EAA', [first]), [first], 'each org has its own');
  });

  it('count again when an Account changes once more, even within the same second', () => {
    const changes = begun();
    changes.done(ORG, answer(SECOND, account('001A', SECOND, '1')));
    const [again, later] = [account('001A', SECOND, '2'), account('001A', NEXT, '1')];
    assert.deepEqual(changes.ahead(ORG, [again, later]), [again, later]);
  });

  it('are remembered for the last second only', () => {
    const changes = begun();
    const [first, next] = [account('001A', SECOND), account('001B', NEXT)];
    changes.done(ORG, answer(SECOND, first));
    changes.done(ORG, answer(NEXT, next, first));
    assert.deepEqual([changes.since(ORG), changes.ahead(ORG, [next])], [NEXT, []]);
    assert.deepEqual(changes.ahead(ORG, [first]), [first], 'of an earlier second nothing is listed again');
    changes.done(ORG, answer(null));
    assert.deepEqual(changes.since(ORG), NEXT, 'an answer that was not asked for Accounts');
  });
});
