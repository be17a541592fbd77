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
/** By the agent's clock. */
const NOW = new Date('2026-11-30T10:05:00.000Z');
const after = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const before = (date: Date, minutes: number): Date => new Date(date.getTime() - minutes * 60_000);

/** The first answer is behind it. */
function begun(): AccountChanges {
  const changes = new AccountChanges();
  changes.done(ORG, answer(SECOND), NOW);
  return changes;
}
const ahead = (changes: AccountChanges, ...listed: ChangedAccount[]): readonly unknown[] =>
  changes.ahead(ORG, answer(SECOND, ...listed)).changed;

describe('the changes of Accounts that an org lists', () => {
  it('are acted on once, those of the last second too', () => {
    const changes = new AccountChanges();
    assert.equal(changes.since(ORG, NOW), undefined);
    changes.done(ORG, answer(SECOND, account('001A', SECOND)), NOW);
    const [first, second] = [account('001A', SECOND), account('001B', SECOND)];
    assert.deepEqual(ahead(changes, first), [first]);
    changes.done(ORG, answer(SECOND, first), NOW);
    assert.deepEqual(ahead(changes, second, first), [second]);
    changes.done(ORG, answer(SECOND, second, first), NOW);
    assert.deepEqual(ahead(changes, second, first), []);
    const other = changes.ahead('00D000000000002EAA', answer(SECOND, first));
    assert.deepEqual(other.changed, [first], 'each org has its own');
  });

  it('are asked for from two minutes before the last one on, for as long, and then from the last one on', () => {
    const changes = begun();
    assert.deepEqual(changes.since(ORG, NOW), SECOND, 'what was there at the start is looked at anyway');
    changes.done(ORG, answer(NEXT, account('001A', NEXT)), after(1));
    assert.deepEqual(changes.since(ORG, after(2.9)), before(NEXT, 2));
    assert.deepEqual(changes.since(ORG, after(3)), NEXT);
  });

  it('count when they appear late, as those of a data load that commits after another one', () => {
    const changes = begun();
    const [late, last] = [account('001B', before(NEXT, 1)), account('001A', NEXT)];
    changes.done(ORG, answer(NEXT, last), after(1));
    assert.deepEqual(ahead(changes, last, late), [late]);
    changes.done(ORG, answer(NEXT, last, late), after(2));
    assert.deepEqual(ahead(changes, last, late), []);
    assert.deepEqual(changes.since(ORG, after(2)), before(NEXT, 2));
  });

  it('count again when an Account changes once more, even within the same second', () => {
    const changes = begun();
    changes.done(ORG, answer(SECOND, account('001A', SECOND, '1')), NOW);
    const [again, later] = [account('001A', SECOND, '2'), account('001A', NEXT, '1')];
    assert.deepEqual(ahead(changes, again, later), [again, later]);
  });

  it('are cut when more changed than are listed, and not again as long as the list is the same', () => {
    const changes = begun();
    const [first, next] = [account('001A', SECOND), account('001B', NEXT)];
    const cut = (...listed: ChangedAccount[]): boolean =>
      changes.ahead(ORG, { ...answer(NEXT, ...listed), hasMoreAccounts: true }).isCut;
    assert.equal(cut(next, first), true);
    changes.done(ORG, answer(NEXT, next, first), NOW);
    assert.deepEqual([cut(next, first), cut(account('001C', NEXT), next)], [false, true]);
  });

  it('stay where they are when an answer was not asked for Accounts, or lists none', () => {
    const changes = begun();
    changes.done(ORG, answer(NEXT, account('001A', NEXT)), after(1));
    changes.done(ORG, answer(null), after(2));
    changes.done(ORG, answer(before(NEXT, 2)), after(2));
    assert.deepEqual(changes.since(ORG, after(9)), NEXT);
  });
});
