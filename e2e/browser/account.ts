import assert from 'node:assert/strict';
import { it } from 'node:test';
import { visit } from './world.ts';
import type { World } from './world.ts';

/** The Salesforce Account with Bills, by the first Bill that has one. */
export function billedAccount({ dataSet }: World): { path: string; name: string; m3terId: string } {
  const m3terIds = new Set(dataSet.bills.map(({ accountId }) => accountId));
  const account = dataSet.salesforceAccounts.find((one) => m3terIds.has(one['M3ter_Account_Id__c'] as string));
  assert.ok(account);
  return {
    path: `/lightning/r/Account/${account.Id}/view`,
    name: String(account['Name']),
    m3terId: String(account['M3ter_Account_Id__c']),
  };
}

export function accountTests(given: () => World): void {
  it('shows its recent Bills and what was billed per month', async () => {
    const { path, name } = billedAccount(given());
    const { page, problems, close } = await visit(given(), path, 'finance');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const card = page.locator('c-account-bills');
    await card.locator('.recent li').first().waitFor();
    assert.equal(await card.locator('.recent li').count(), 3);
    assert.ok((await card.locator('c-billing-chart tbody tr').count()) > 0);
    assert.deepEqual(problems, []);
    await close();
  });

  it('leads to all its Bills', async () => {
    const { path, m3terId } = billedAccount(given());
    const count = given().dataSet.bills.filter(({ accountId }) => accountId === m3terId).length;
    const { page, close } = await visit(given(), path);
    await page.getByRole('button', { name: 'View all' }).click();
    await page.locator('c-bill-list c-pager').getByText(`1–${count} of ${count}`, { exact: true }).waitFor();
    await close();
  });

  it('without Bills says that there are none', async () => {
    const { dataSet } = given();
    const prospect = dataSet.salesforceAccounts.find((one) => one['M3ter_Account_Id__c'] === undefined);
    const { page, close } = await visit(given(), `/lightning/r/Account/${prospect?.Id}/view`);
    await page.locator('c-account-bills c-empty-state').waitFor();
    await close();
  });
}
