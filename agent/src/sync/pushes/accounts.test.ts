import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { M3terClient } from '../../m3ter/client.ts';
import { M3terAccounts } from './accounts.ts';

function accounts() {
  const asked: string[] = [];
  const m3ter = {
    getAccounts: (ids: readonly string[]) => {
      asked.push(...ids);
      return Promise.resolve(ids.filter((id) => id !== 'gone').map((id) => ({ id })));
    },
  };
  return { accounts: new M3terAccounts(m3ter as unknown as M3terClient), asked };
}

const billsOf = (...ids: string[]) => ids.map((accountId) => ({ id: `bill of ${accountId}`, accountId }));

describe('the m3ter Accounts of a sweep', () => {
  it('are read once, one that m3ter does not have too', async () => {
    const { accounts: known, asked } = accounts();
    await known.load(billsOf('a', 'gone', 'a'));
    await known.load(billsOf('gone', 'b'));
    assert.deepEqual(asked, ['a', 'gone', 'b']);
    assert.deepEqual([known.of({ id: '1', accountId: 'a' })?.id, known.of({ id: '2', accountId: 'gone' })], ['a', undefined]); // prettier-ignore
  });

  it('do not fill the memory however many there are, and are always known for the Bills at hand', async () => {
    const { accounts: known, asked } = accounts();
    await known.load(billsOf('first'));
    for (let page = 0; page < 101; page += 1) {
      const bills = billsOf(...Array.from({ length: 100 }, (_, n) => `${page}-${n}`));
      await known.load(bills);
      assert.ok(bills.every((bill) => known.of(bill)?.id === bill.accountId));
    }
    await known.load(billsOf('first'));
    assert.equal(asked.filter((id) => id === 'first').length, 2);
  });
});
