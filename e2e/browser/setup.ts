import assert from 'node:assert/strict';
import { it } from 'node:test';
import { queryAll } from '../../sandbox/run/records.ts';
import { theIntegration } from './integrations.ts';
import { assertAccessible, scrollsSideways, visit } from './world.ts';
import type { World } from './world.ts';

export function setupTests(given: () => World): void {
  for (const width of [1280, 320]) {
    it(`leads an admin from the wizard to the first sync, at ${width} px`, async () => {
      const name = `Wizard ${width}`;
      const { page, problems, close } = await visit(given(), '/lightning/n/M3ter_Integrations', 'admin', width);
      await page.getByRole('button', { name: 'Create integration' }).click();
      const dialog = page.getByRole('dialog', { name: 'Create integration' });
      await dialog.getByRole('radio', { name: /^Bill:/ }).waitFor();
      await assertAccessible(page);
      await dialog.getByRole('button', { name: 'Next' }).click();
      await dialog.getByRole('radio', { name: /^Salesforce:/ }).waitFor();
      await dialog.getByRole('button', { name: 'Next' }).click();

      const filter = dialog.getByRole('textbox', { name: 'Account Filter' });
      await filter.fill('address.country = US');
      await dialog.getByText('Use == for equality.').waitFor();
      assert.equal(await dialog.locator('c-account-filter-editor mark').innerText(), '=');
      await dialog.getByRole('button', { name: 'Create integration' }).click();
      await dialog.getByRole('alert').getByText('Give the integration a name.').first().waitFor();
      await assertAccessible(page);
      assert.equal(await scrollsSideways(page), false);

      await filter.fill('address.country == Nowhere');
      await dialog.getByRole('button', { name: 'Which Accounts match now?' }).click();
      await dialog.locator('c-sync-request .answer').getByText('Preview filter: done').waitFor();
      await dialog.getByRole('button', { name: 'Back' }).click();
      await dialog.getByRole('button', { name: 'Next' }).click();
      assert.equal(await filter.inputValue(), 'address.country == Nowhere');
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await dialog.getByRole('combobox', { name: 'Exclude a type' }).click();
      await dialog.getByRole('option', { name: 'Credit memo' }).click();
      await dialog.getByRole('button', { name: 'Remove Credit memo' }).waitFor();
      await dialog.getByRole('combobox', { name: 'Credential' }).click();
      await dialog
        .getByRole('option', { name: /Working/ })
        .first()
        .click();
      await dialog.getByRole('button', { name: 'Create integration' }).click();

      const details = page.locator('c-integration-details');
      await details.locator('.status').getByText('Connected · Event').waitFor();
      const settings = details.locator('c-integration-settings');
      assert.match(await settings.innerText(), /address\.country == Nowhere/);
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page.locator('c-sync-request .answer').getByText('Sync now: done').first().waitFor();
      assert.deepEqual(problems, []);
      await close();
      await remove(given(), name);
    });
  }

  it('shows what an edit changes before it is saved', async () => {
    const { name, path } = await theIntegration(given());
    const { page, problems, close } = await visit(given(), path);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Edit ${name}` });
    await dialog.getByRole('combobox', { name: 'Sort Line Items By' }).click();
    await dialog.getByRole('option', { name: 'Subtotal' }).click();
    await dialog.getByRole('button', { name: 'Review changes' }).click();
    await dialog.getByText('None → Subtotal').waitFor();
    await assertAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.locator('c-integration-settings').getByText('Subtotal').waitFor();
    await page.getByText(`${name} is saved.`).waitFor();
    assert.deepEqual(problems, []);
    await close();
  });
}

/** So that other pages have the integration of the data set only. */
async function remove({ org }: World, name: string): Promise<void> {
  const soql = `SELECT Id FROM Integration_Configuration__c WHERE Name = '${name}'`;
  const [record] = await queryAll(org, soql);
  const url = `${org.instanceUrl}/services/data/v67.0/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`;
  const response = await fetch(url, { method: 'DELETE', headers: { Authorization: `Bearer ${org.accessToken}` } });
  assert.equal(response.status, 204);
}
