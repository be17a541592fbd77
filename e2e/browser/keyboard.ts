/** What somebody does who has no mouse. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { BILLS_TAB, billNames } from './billList.ts';
import { INTEGRATIONS_TAB } from './integrations.ts';
import { removeIntegration } from './setup.ts';
import { eventually, visit } from './world.ts';
import type { World } from './world.ts';

/** As many as a page of the largest list has links. */
const MOST_PRESSES = 250;

export function keyboardListTests(given: () => World): void {
  it('order a list, turn its pages and open a row', async () => {
    const { page, problems, close } = await visit(given(), BILLS_TAB, 'finance');
    await billNames(page);
    const list = page.locator('c-bill-list');
    const total = list.getByRole('button', { name: 'Total', exact: true });
    await reach(page, total);
    for (const [key, order] of [
      ['Enter', 'ascending'],
      ['Space', 'descending'],
    ] as const) {
      await page.keyboard.press(key);
      await list
        .locator(`th[aria-sort=${order}]`)
        .filter({ has: page.getByRole('button', { name: 'Total' }) })
        .waitFor();
      await assertFocused(total);
    }

    const [previous, next] = ['Previous', 'Next'].map((name) => list.getByRole('button', { name, exact: true }));
    assert.ok(previous && next);
    await reach(page, next);
    await page.keyboard.press('Enter');
    await list.getByRole('status').getByText(/^51–/).waitFor();
    await assertFocused(previous);
    await page.keyboard.press('Enter');
    await list.getByRole('status').getByText(/^1–/).waitFor();
    await assertFocused(next);

    const last = list.locator('tbody tr').last().getByRole('link').first();
    const name = await last.innerText();
    await reach(page, last, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('c-bill-details').getByRole('heading', { name }).waitFor();
    assert.deepEqual(problems, []);
    await close();
  });
}

export function keyboardWizardTests(given: () => World): void {
  it('create an integration, stage by stage', async () => {
    const name = 'Typed integration';
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    const open = page.getByRole('button', { name: 'Create integration' });
    await open.waitFor();
    await reach(page, open);
    const dialog = page.getByRole('dialog', { name: 'Create integration' });
    const radio = dialog.getByRole('radio').first();
    await page.keyboard.press('Enter');
    await radio.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await assertFocused(open);

    await page.keyboard.press('Enter');
    await radio.waitFor();
    for (const stage of ['Destination', 'Configure and create']) {
      await reach(page, dialog.getByRole('button', { name: 'Next' }));
      await page.keyboard.press('Enter');
      await assertFocused(dialog.getByRole('group', { name: stage, exact: true }));
    }
    await fillIn(page, dialog, name);
    await reach(page, dialog.getByRole('button', { name: 'Create integration' }));
    await page.keyboard.press('Enter');

    const settings = page.locator('c-integration-details c-integration-settings');
    for (const text of ['currency == USD', 'Subtotal', 'Schedule']) await settings.getByText(text).first().waitFor();
    assert.deepEqual(problems, []);
    await close();
    await removeIntegration(given(), name);
  });
}

async function fillIn(page: Page, dialog: Locator, name: string): Promise<void> {
  await reach(page, dialog.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type(name);
  await reach(page, dialog.getByRole('checkbox', { name: 'Only Send Bill on Approval' }));
  await page.keyboard.press('Space');
  await choose(page, dialog.getByRole('combobox', { name: 'Sort Line Items By' }), 'Subtotal');
  await reach(page, dialog.getByRole('textbox', { name: 'Account Filter' }));
  await page.keyboard.type('currency == USD');
  await reach(page, dialog.getByRole('radio', { name: /^Event/ }));
  await page.keyboard.press('ArrowDown');
  await choose(page, dialog.getByRole('combobox', { name: 'Credential' }), /Working/);
}

/** Chooses an option of a list that opens. */
async function choose(page: Page, combobox: Locator, option: string | RegExp): Promise<void> {
  await reach(page, combobox);
  const current = page.locator('lightning-base-combobox-item.slds-has-focus:visible');
  const wanted = page.locator('lightning-base-combobox-item:visible').filter({ hasText: option });
  for (let before = ''; before !== (await wanted.allInnerTexts())[0]; before = await current.innerText()) {
    await page.keyboard.press('ArrowDown');
    // The mark moves a moment after the key.
    await eventually(async () => assert.notEqual(await current.innerText(), before));
  }
  await page.keyboard.press('Enter');
  await wanted.waitFor({ state: 'hidden' });
}

/** Presses a key until something has the focus. */
async function reach(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press(key);
    if (await isFocused(target)) return;
  }
  assert.fail(`${key} does not lead to ${String(target)}.`);
}

const isFocused = (target: Locator): Promise<boolean> => target.evaluate((element) => element.matches(':focus'));

const assertFocused = (target: Locator): Promise<void> =>
  eventually(async () => assert.ok(await isFocused(target), `The focus is not on ${String(target)}.`));
