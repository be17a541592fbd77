import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Bill } from '../../sandbox/data/model.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { BILLS_TAB, billNames } from './billList.ts';
import { visit } from './world.ts';
import type { World } from './world.ts';

/** The Bill with the most Line Items. */
export function largestBill({ dataSet }: World): Bill {
  const [bill] = dataSet.bills.toSorted((a, b) => (b.lineItems?.length ?? 0) - (a.lineItems?.length ?? 0));
  assert.ok(bill && (bill.lineItems?.length ?? 0) >= 225);
  return bill;
}

/** The address of a Bill's page in Salesforce. */
export async function billPath({ org }: World, m3terBillId: string): Promise<string> {
  const [record] = await queryAll(org, `SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = '${m3terBillId}'`);
  return `/lightning/r/Bill__c/${String(record?.['Id'])}/view`;
}

export function billTests(given: () => World): void {
  it('opens from the list by keyboard alone, and back leads to the list', async () => {
    const { page, problems, close } = await visit(given(), BILLS_TAB);
    const [name = ''] = await billNames(page);
    await page.getByRole('searchbox').focus();
    // Tab reaches the table, whose cells are walked with the arrow keys, as in Lightning.
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent)) === name) break;
    }
    await page.keyboard.press('Enter');
    await page.locator('c-bill-details').getByRole('heading', { name }).waitFor();
    assert.match(await page.title(), new RegExp(`^${name} `));
    await page.goBack();
    assert.equal((await billNames(page))[0], name);
    assert.deepEqual(problems, []);
    await close();
  });

  it('shows hundreds of Line Items in groups whose numbers add up', async () => {
    const bill = largestBill(given());
    const { page, problems, close } = await visit(given(), await billPath(given(), bill.id), 'finance');
    const counts = page.locator('c-line-item-group .count');
    await counts.first().waitFor();
    const shown = (await counts.allInnerTexts()).map((text) => Number(/\d+/.exec(text)?.[0]));
    assert.equal(
      shown.reduce((sum, count) => sum + count, 0),
      bill.lineItems?.length,
    );
    assert.deepEqual(problems, []);
    await close();
  });

  it('shows the Line Items in one table, page by page, and sorts and searches them', async () => {
    const bill = largestBill(given());
    const { page, close } = await visit(given(), await billPath(given(), bill.id));
    await page.getByRole('combobox', { name: 'Group by' }).click();
    await page.getByRole('option', { name: /^(None|Nothing|No grouping)/ }).click();
    const range = page.locator('c-line-item-table c-pager .range');
    await range.getByText(`of ${bill.lineItems?.length}`).waitFor();
    const amounts = page.locator('c-line-item-table tbody tr td:last-of-type');
    const lowest = async (): Promise<string> => (await amounts.first().innerText()).trim();
    const before = await lowest();
    await page
      .locator('c-line-item-table thead')
      .getByRole('button', { name: /Amount/ })
      .first()
      .click();
    await page.waitForFunction(
      (text) => document.querySelector('c-line-item-table tbody tr td:last-of-type')?.textContent?.trim() !== text,
      before,
    );
    await page.getByRole('searchbox').fill('credit');
    await page.waitForFunction(
      (count) => !document.querySelector('c-line-item-table c-pager .range')?.textContent?.includes(`of ${count}`),
      bill.lineItems?.length,
    );
    await close();
  });

  it('tells a user without permission so', async () => {
    const bill = largestBill(given());
    const { page, close } = await visit(given(), await billPath(given(), bill.id), 'viewer');
    await page.locator('c-bill-details c-error-panel c-empty-state, c-bill-details c-empty-state').first().waitFor();
    await close();
  });
}
