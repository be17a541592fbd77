import assert from 'node:assert/strict';
import { it } from 'node:test';
import Big from 'big.js';
import type { Locator, Page } from 'playwright-core';
import type { Bill } from '../../sandbox/data/model.ts';
import { assertAccessible, eventually, visit } from './world.ts';
import type { World } from './world.ts';

const PAGE_SIZE = 50;

export const BILLS_TAB = '/lightning/n/M3ter_Bills';

/** The Bills by name, in the first column, once their links lead somewhere. */
export async function billNames(page: Page): Promise<string[]> {
  const links = page.locator('c-bill-list c-record-table tbody a[href^="/lightning/r/"]');
  await links.first().waitFor();
  return links.allInnerTexts();
}

/** Waits until the list says that it shows so many Bills, such as `1–50 of 65`. */
const waitForRange = (page: Page, range: string): Promise<void> =>
  page.locator('c-bill-list c-pager').getByText(range, { exact: true }).waitFor();

const columnHeader = (page: Page, name: string): Locator =>
  page.locator('c-bill-list c-record-table thead').getByRole('button', { name });

const totalOf = (bill: Bill): Big => new Big(bill.billTotal ?? 0);

export function billListTests(given: () => World): void {
  it('shows all Bills page by page', async () => {
    const { dataSet } = given();
    const { page, problems, close } = await visit(given(), BILLS_TAB, 'finance');
    const total = dataSet.bills.length;
    await waitForRange(page, `1–${PAGE_SIZE} of ${total}`);
    const first = await billNames(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await waitForRange(page, `${PAGE_SIZE + 1}–${total} of ${total}`);
    const second = await billNames(page);
    assert.equal(new Set([...first, ...second]).size, total);
    await page.getByRole('button', { name: 'Previous' }).click();
    await waitForRange(page, `1–${PAGE_SIZE} of ${total}`);
    assert.deepEqual(await billNames(page), first);
    assert.deepEqual(problems, []);
    await close();
  });

  it('finds Bills by reference and by Account', async () => {
    const { dataSet } = given();
    const { page, close } = await visit(given(), BILLS_TAB);
    const name = dataSet.bills[3]?.sequentialInvoiceNumber ?? '';
    await page.getByRole('searchbox').fill(name);
    await waitForRange(page, '1–1 of 1');
    assert.deepEqual(await billNames(page), [name]);
    const account = dataSet.salesforceAccounts.find(
      (one) => dataSet.bills[3]?.accountId === one['M3ter_Account_Id__c'],
    );
    await page.getByRole('searchbox').fill(String(account?.['Name']));
    const ofAccount = dataSet.bills.filter(({ accountId }) => accountId === account?.['M3ter_Account_Id__c']).length;
    await waitForRange(page, `1–${ofAccount} of ${ofAccount}`);
    await close();
  });

  it('says so when the search finds nothing, and goes back to all', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await page.getByRole('searchbox').fill('no such bill');
    await page.getByRole('button', { name: 'Clear' }).last().click();
    await waitForRange(page, `1–${PAGE_SIZE} of ${given().dataSet.bills.length}`);
    await close();
  });

  it('filters by status', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    const pending = given().dataSet.bills.filter(({ status }) => status === 'PENDING').length;
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Pending' }).click();
    await waitForRange(page, `1–${pending} of ${pending}`);
    await close();
  });

  it('leads from what needs attention to those Bills, and exports what is on the screen', async () => {
    const { page, problems, close } = await visit(given(), BILLS_TAB, 'finance', 320);
    const overview = page.locator('c-bills-overview');
    await overview.locator('.currencies tbody tr').first().waitFor();
    await assertAccessible(page);
    const unmatched = overview.getByRole('button', { name: /^Without a Salesforce Account: \d+$/ });
    const count = Number(/\d+$/.exec(await unmatched.innerText())?.[0]);
    await unmatched.click();
    await waitForRange(page, `1–${count} of ${count}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    assert.equal((await download).suggestedFilename(), 'bills.csv');
    assert.deepEqual(problems, []);
    await close();
  });

  it('sorts all Bills by their total, not only those of the page', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await billNames(page);
    const totals = new Map(given().dataSet.bills.map((bill) => [bill.sequentialInvoiceNumber, totalOf(bill)]));
    const ordered = [...totals.values()].sort((a, b) => a.cmp(b));
    for (const expected of [ordered.at(0), ordered.at(-1)]) {
      await columnHeader(page, 'Total').click();
      await eventually(async () => {
        const [first] = await billNames(page);
        assert.equal(totals.get(first)?.toFixed(), expected?.toFixed());
      });
    }
    await close();
  });

  it('tells a user without permission so, instead of showing an empty list', async () => {
    const { page, close } = await visit(given(), BILLS_TAB, 'viewer');
    await page.locator('c-bill-list c-error-panel c-empty-state').waitFor();
    assert.equal(await page.locator('c-bill-list tbody tr').count(), 0);
    await close();
  });
}
