import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Bill } from '../../sandbox/data/model.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { BILLS_TAB, billNames } from './billList.ts';
import { assertAccessible, eventually, scrollsSideways, visit } from './world.ts';
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

/** A Line Item with several pricing bands of a Bill that an Account has. */
function bandedLine({ dataSet }: World) {
  for (const account of dataSet.salesforceAccounts) {
    for (const bill of dataSet.bills.filter(({ accountId }) => accountId === account['M3ter_Account_Id__c'])) {
      const line = (bill.lineItems ?? []).find(
        ({ usagePerPricingBand: bands }) => (bands as unknown[] | undefined)?.[1],
      );
      if (!line) continue;
      const name = String(bill.sequentialInvoiceNumber ?? `INV-${bill.id.slice(-4)}`);
      const bands = (line.usagePerPricingBand as unknown[]).length;
      const path = `/lightning/r/Account/${account.Id}/view`;
      return { bill: { name }, line: { description: String(line.description), bands }, account: path };
    }
  }
  throw new Error('No Bill has a Line Item with several pricing bands.');
}

export function billTests(given: () => World): void {
  it('opens from the list by keyboard alone, and back leads to the list', async () => {
    const { page, problems, close } = await visit(given(), BILLS_TAB);
    const [name = ''] = await billNames(page);
    await page.getByRole('searchbox').focus();
    // Tab goes through the choice of what is shown and the headings that order it to the first Bill.
    for (let stop = 0; stop < 8; stop += 1) await page.keyboard.press('Tab');
    await page.locator('c-record-table tbody').getByRole('link', { name }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('c-bill-details').getByRole('heading', { name }).waitFor();
    await eventually(async () => assert.match(await page.title(), new RegExp(`^${name} `)));
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

  it('shows the Line Items in one table, and sorts and searches them', async () => {
    const bill = largestBill(given());
    const { page, close } = await visit(given(), await billPath(given(), bill.id));
    await page.getByRole('combobox', { name: 'Group by' }).click();
    await page.getByRole('option').last().click();
    const table = page.locator('c-line-item-table.all-lines');
    await table.getByText(new RegExp(`of ${bill.lineItems?.length}$`)).waitFor();
    const amounts = async (): Promise<number[]> => {
      const texts = await table.locator('tbody td[data-label^="Amount"]').allInnerTexts();
      return texts.map((text) => Number(text.replace(/[^\d.-]/g, '')));
    };
    await table.getByRole('button', { name: /^Amount/ }).click();
    await eventually(async () => {
      const shown = await amounts();
      assert.ok(shown.length > 0);
      assert.deepEqual(
        shown,
        shown.toSorted((a, b) => a - b),
      );
    });
    await page.getByRole('searchbox').fill('no such line');
    await page.locator('c-bill-line-items c-empty-state').waitFor();
    await close();
  });

  for (const width of [1280, 320]) {
    it(`leads finance from the Account to the pricing bands of a line, at ${width} px`, async () => {
      const { bill, line, account } = bandedLine(given());
      const { page, problems, close } = await visit(given(), account, 'finance', width);
      await page.getByRole('button', { name: 'View all' }).click();
      await page.getByRole('link', { name: bill.name, exact: true }).click();
      await page.locator('c-bill-line-items .search input').fill(line.description);
      await page.getByText(/^Matching Line Items/).waitFor();
      const group = page.locator('c-line-item-group').first();
      if ((await group.getByRole('button').first().getAttribute('aria-expanded')) === 'false')
        await group.getByRole('button').first().click();
      await group
        .getByRole('button', { name: /^Details of Line Item \d+$/ })
        .first()
        .click();
      const details = group.getByRole('region', { name: /^Line Item \d+$/ });
      await details.locator('.bands tbody tr').first().waitFor();
      assert.equal(await details.locator('.bands tbody tr').count(), line.bands);
      await assertAccessible(page);
      assert.equal(await scrollsSideways(page), false);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      assert.match((await download).suggestedFilename(), /\.csv$/);
      assert.deepEqual(problems, []);
      await close();
    });
  }

  it('holds at 320 px in a language with longer texts, and in one that is read from right to left', async () => {
    const path = await billPath(given(), largestBill(given()).id);
    for (const [language, direction] of [
      ['en-XA', 'ltr'],
      ['ar-XB', 'rtl'],
    ]) {
      const { page, problems, close } = await visit(given(), `${path}?language=${language}`, 'finance', 320);
      await page.locator('c-line-item-group .line').first().waitFor();
      assert.equal(await page.locator('html').getAttribute('dir'), direction);
      assert.equal(await scrollsSideways(page), false);
      await assertAccessible(page);
      // The choice is kept for the pages that follow, also in other tests.
      await page.goto('/?language=en');
      assert.deepEqual(problems, []);
      await close();
    }
  });

  it('is sent again, and its statement opened, for an administrator; others are not asked', async () => {
    const bill = given().dataSet.bills.find((each) => each['jsonStatementGenerated'] === true);
    assert.ok(bill);
    const path = await billPath(given(), bill.id);
    const admin = await visit(given(), path);
    await admin.page.getByRole('button', { name: 'Resend' }).click();
    const answer = admin.page.locator('c-bill-resend c-sync-request .answer');
    await answer.getByText('Resend Bill: done').waitFor();
    assert.match(await answer.locator('.result').innerText(), /\w/);
    const opened = admin.page.waitForEvent('popup');
    await admin.page.getByRole('button', { name: 'Open statement' }).click();
    const link = admin.page.getByRole('link', { name: 'Open the statement in a new tab' });
    const statement = await fetch((await link.getAttribute('href')) ?? '');
    assert.equal(((await statement.json()) as { id: string }).id, bill.id);
    await (await opened).close();
    await assertAccessible(admin.page);
    assert.deepEqual(admin.problems, []);
    await admin.close();
    const finance = await visit(given(), path, 'finance');
    await finance.page.locator('c-line-item-group').first().waitFor();
    assert.equal(await finance.page.getByRole('button', { name: /Resend|Open statement/ }).count(), 0);
    assert.deepEqual(finance.problems, []);
    await finance.close();
  });

  it('tells a user without permission so', async () => {
    const bill = largestBill(given());
    const { page, close } = await visit(given(), await billPath(given(), bill.id), 'viewer');
    await page.locator('c-bill-details c-error-panel c-empty-state, c-bill-details c-empty-state').first().waitFor();
    await close();
  });
}
