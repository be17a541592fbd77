import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { queryAll } from '../../sandbox/run/records.ts';
import { INTEGRATIONS_TAB } from './integrations.ts';
import { assertFits, assertSynced, eventually, visit } from './world.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 60_000;

/** In the world of these tests there is no integration before the first one. */
export function setupTests(given: () => World): void {
  it('leads an admin from an org without integration to the first Bill', async () => {
    const { org, dataSet } = given();
    const name = dataSet.integrations[0]?.name ?? '';
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    const assistant = page.locator('c-setup-assistant');
    const isDone = (step: string): Promise<void> =>
      assistant.locator(`.step.${step}`).getByText('Done', { exact: true }).waitFor({ state: 'attached' });
    for (const step of ['permissions', 'agent', 'credential', 'accounts']) await isDone(step);
    await assertFits(page);

    await assistant.getByRole('button', { name: 'Create integration' }).click();
    const dialog = await throughTheFirstStages(page);
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await chooseCredential(dialog);
    await dialog.getByRole('button', { name: 'Create integration' }).click();
    await isDone('integration');

    await assistant.getByRole('button', { name: 'Preview' }).click();
    const counts = assistant.locator('c-dry-run-preview .counts');
    await counts.getByText(`${dataSet.bills.length} would be sent`).waitFor();
    await isDone('preview');
    assert.deepEqual(await queryAll(org, 'SELECT Id FROM Bill__c'), []);
    await assertFits(page);

    await assistant.getByRole('button', { name: 'Test and enable' }).click();
    await page.locator('c-integrations-home .health').getByText('Working').waitFor();
    await eventually(() => assertSynced(org, dataSet.bills.length), PATIENCE_MS);
    await page.getByRole('button', { name: 'Set-up steps' }).click();
    await isDone('firstBill');
    await assistant.getByRole('button', { name: 'Open an Account' }).click();
    await page.locator('c-account-bills').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Set-up steps' }).click();
    await assistant.getByText('9 of 9 steps are done').waitFor();
    assert.deepEqual(problems, []);
    await close();
  });

  it('checks a filter while it is typed and keeps what was entered, at 320 px', async () => {
    const name = 'Second integration';
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB, 'admin', 320);
    await page.getByRole('button', { name: 'Create integration' }).click();
    const dialog = await throughTheFirstStages(page);
    const filter = dialog.getByRole('textbox', { name: 'Account Filter' });
    await filter.fill('address.country = US');
    await dialog.getByText('Use == for equality.').waitFor();
    assert.equal(await dialog.locator('c-account-filter-editor mark').innerText(), '=');
    await dialog.getByRole('button', { name: 'Create integration' }).click();
    await dialog.getByRole('alert').getByText('Give the integration a name.').first().waitFor();
    await assertFits(page);

    await filter.fill('');
    const fields = dialog.getByRole('combobox', { name: 'Insert a field' });
    await fields.click();
    await dialog.getByRole('option', { name: /^Find .*custom fields/ }).click();
    await answered(dialog, 'Preview filter');
    await fields.click();
    await dialog
      .getByRole('option', { name: /^customFields\./ })
      .first()
      .click();
    assert.match(await filter.inputValue(), /^customFields\.\w+$/);

    await filter.fill('address.country == Nowhere');
    await dialog.getByRole('button', { name: 'Which Accounts match now?' }).click();
    await answered(dialog, 'Preview filter');
    await dialog.getByText('0 of 20 m3ter Accounts are let through.').waitFor();
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    assert.equal(await filter.inputValue(), 'address.country == Nowhere');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('combobox', { name: 'Exclude a type' }).click();
    await dialog.getByRole('option', { name: 'Credit memo' }).click();
    await dialog.getByRole('button', { name: 'Remove Credit memo' }).waitFor();
    await chooseCredential(dialog);
    await dialog.getByText('Switch it on at once', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Create integration' }).click();

    const details = page.locator('c-integration-details');
    await details.locator('.status').getByText('Connected · Event').waitFor();
    await details.locator('c-integration-settings').getByText('address.country == Nowhere').waitFor();
    assert.deepEqual(problems, []);
    await close();
    await removeIntegration(given(), name);
  });
}

async function throughTheFirstStages(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Create integration' });
  await dialog.getByRole('radio', { name: /^Bill:/ }).waitFor();
  await assertFits(page);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('radio', { name: /^Salesforce:/ }).waitFor();
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('textbox', { name: 'Account Filter' }).waitFor();
  return dialog;
}

async function chooseCredential(dialog: Locator): Promise<void> {
  await dialog.getByRole('combobox', { name: 'Credential' }).click();
  await dialog
    .getByRole('option', { name: /Working/ })
    .first()
    .click();
}

const answered = (place: Locator, what: string): Promise<void> =>
  place.locator('c-sync-request .answer').getByText(`${what}: done`).waitFor();

/** So that other pages have the integration of the data set only. */
export async function removeIntegration({ org }: World, name: string): Promise<void> {
  const soql = `SELECT Id FROM Integration_Configuration__c WHERE Name = '${name}'`;
  const [record] = await queryAll(org, soql);
  const url = `${org.instanceUrl}/services/data/v67.0/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`;
  const response = await fetch(url, { method: 'DELETE', headers: { Authorization: `Bearer ${org.accessToken}` } });
  assert.equal(response.status, 204);
}
