import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BILLS_TAB } from './billList.ts';
import { visit } from './world.ts';
import type { User, World } from './world.ts';

export function shellTests(given: () => World): void {
  it("opens with the app's first tab", async () => {
    const { page, problems, close } = await visit(given(), '/');
    await page.locator('c-bill-list').waitFor();
    assert.equal(new URL(page.url()).pathname, BILLS_TAB);
    assert.equal(await page.locator('nav a[aria-current="page"]').innerText(), 'Bills Home');
    assert.deepEqual(problems, []);
    await close();
  });

  it('moves between tabs without loading the page again, and moves focus to the new page', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await page.locator('c-integrations-home').waitFor();
    assert.equal(await page.title(), 'Integrations | m3ter Bills');
    await page.locator('main:focus').waitFor();
    assert.equal(await page.evaluate(() => 'sameDocument' in globalThis), true);
    await page.goBack();
    await page.locator('c-bill-list').waitFor();
    await page.goForward();
    await page.locator('c-integrations-home').waitFor();
    await close();
  });

  it('switches the user', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Victor Viewer' }).click();
    await page.getByRole('button', { name: /Signed in as Victor Viewer/ }).waitFor();
    await page.locator('c-bill-list c-error-panel c-empty-state').waitFor();
    await close();
  });

  it('is light or dark as the system is, or as the person has chosen', async () => {
    const { page, problems, close } = await visit(given(), '/lightning/nowhere');
    await page.locator('shell-notice').waitFor();
    const background = (): Promise<string> =>
      page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    const choose = async (appearance: string): Promise<void> => {
      await page.getByRole('button', { name: /Signed in as/ }).click();
      await page.getByRole('menuitemcheckbox', { name: appearance }).click();
    };
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await background();
    assert.notEqual(dark, light);
    await choose('Light');
    assert.equal(await background(), light);
    await page.reload();
    await page.locator('shell-notice').waitFor();
    assert.equal(await background(), light);
    await page.emulateMedia({ colorScheme: 'light' });
    await choose('Dark');
    assert.equal(await background(), dark);
    // The choice is kept for the pages that follow, also in other tests.
    await choose('As the system');
    assert.equal(await background(), light);
    assert.deepEqual(problems, []);
    await close();
  });

  it("shows the tabs of the user's permission sets, and standard ones to everybody", async () => {
    const tabsOf = async (user: User): Promise<string[]> => {
      const { page, close } = await visit(given(), '/lightning/o/Account/list', user);
      await page.locator('shell-object-list').waitFor();
      const tabs = await page.getByRole('navigation', { name: 'App' }).getByRole('link').allInnerTexts();
      await close();
      return tabs;
    };
    const admin = await tabsOf('admin');
    assert.ok(admin.includes('Integrations'));
    assert.deepEqual(
      admin.filter((tab) => /Runs|Events/.test(tab)),
      ['Events', 'Runs'],
    );
    const finance = await tabsOf('finance');
    assert.ok(finance.includes('Bills Home') && !finance.includes('Integrations'));
    assert.deepEqual(await tabsOf('viewer'), ['Accounts']);
  });

  it('offers no agent to sign in as', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await page.getByRole('button', { name: /Signed in as/ }).click();
    assert.equal(await page.getByRole('menuitemcheckbox', { name: 'Victor Viewer' }).count(), 1);
    assert.equal(await page.getByRole('menuitemcheckbox', { name: /Agent/ }).count(), 0);
    await close();
  });

  it('lists Accounts and opens one', async () => {
    const { page, close } = await visit(given(), '/lightning/o/Account/list');
    const link = page.locator('shell-object-list tbody a').first();
    const name = await link.innerText();
    await link.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await close();
  });

  it('shows all fields of a record without a page of its own', async () => {
    const { page, close } = await visit(given(), '/lightning/o/Integration_Configuration__c/list');
    await page.locator('shell-object-list tbody a').first().click();
    await page.locator('shell-details dt').getByText('Enabled').waitFor();
    await close();
  });

  it('completes the address of a record that names no object', async () => {
    const id = given().dataSet.salesforceAccounts[0]?.Id;
    const { page, close } = await visit(given(), `/lightning/r/${id}/view`);
    await page.waitForURL(`**/lightning/r/Account/${id}/view`);
    await close();
  });

  it('says so when no page has the address', async () => {
    const { page, close } = await visit(given(), '/lightning/nowhere');
    await page.getByRole('heading', { name: "Page doesn't exist" }).waitFor();
    await close();
  });

  it('lets a keyboard skip the navigation', async () => {
    const { page, close } = await visit(given(), BILLS_TAB);
    await page.locator('c-bill-list').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    await close();
  });
}
