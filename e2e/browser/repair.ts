import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FaultRule } from '../../sandbox/org/trouble/faults.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { REFUSAL } from '../../scripts/screenshots/history.ts';
import { INTEGRATIONS_TAB, theIntegration } from './integrations.ts';
import { assertFits, eventually, visit } from './world.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 60_000;

export function repairTests(given: () => World): void {
  it('leads from a rule of the org that refuses Bills over a disabled integration back to work', async () => {
    const world = given();
    const { id, name, path } = await theIntegration(world);
    await setFaults(world, 'POST', [REFUSAL]);
    const { page, problems, close } = await visit(world, path);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Edit ${name}` });
    await dialog.getByRole('combobox', { name: 'Sort Line Items By' }).click();
    await dialog.getByRole('option', { name: 'Subtotal' }).click();
    await dialog.getByRole('button', { name: 'Review changes' }).click();
    await dialog.getByText('None → Subtotal').waitFor();
    await dialog.getByRole('button', { name: 'Preview' }).click();
    const preview = dialog.locator('c-dry-run-preview');
    await preview.getByText('What a sync with these settings would do').waitFor();
    await preview.locator('summary').first().click();
    await preview.locator('.lines li').filter({ hasText: 'Position' }).first().waitFor();
    await assertFits(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`${name} is saved.`).waitFor();

    const details = page.locator('c-integration-details');
    await details.locator('.warning').getByText('Disabled:').waitFor({ timeout: PATIENCE_MS });
    await details.locator('c-error-causes').getByText('FIELD_CUSTOM_VALIDATION_EXCEPTION').waitFor();
    await assertFits(page);

    await page.getByRole('link', { name: 'Bills Home', exact: true }).click();
    const unsent = page.locator('c-unsent-bills');
    await unsent.locator('summary').click();
    await assertFits(page);
    await unsent.getByRole('link').first().click();
    const bill = page.locator('c-bill-details');
    await bill.locator('c-bill-last-run').getByText('Region is required by your org.').waitFor();
    await bill.getByText('Not in step with m3ter').waitFor();
    await assertFits(page);

    await page.getByRole('link', { name: 'Events', exact: true }).click();
    const events = page.locator('c-event-list c-integration-events li');
    const failure = events.filter({ hasText: 'Perform error' }).first();
    await failure.getByRole('link', { name: 'Open Run' }).click();
    const run = page.locator('c-run-details');
    await run.getByText('Region is required by your org.').first().waitFor();
    const runPath = new URL(page.url()).pathname;
    await assertFits(page);

    await setFaults(world, 'DELETE');
    await page.goto(INTEGRATIONS_TAB);
    const row = page.locator('c-integration-table tbody tr').filter({ hasText: name });
    await row.getByText('Disabled', { exact: true }).waitFor();
    await assertFits(page);
    await row.getByRole('button', { name: 'Test and enable' }).click();
    await page.locator('c-sync-request .answer').getByText('Enable integration: done').first().waitFor();
    await row.getByText('Connected', { exact: true }).waitFor();

    await page.goto(runPath);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.locator('c-sync-request .answer').getByText('Replay Run: done').waitFor({ timeout: PATIENCE_MS });
    await eventually(() => assertNoErrors(world, id), PATIENCE_MS);
    assert.deepEqual(problems, []);
    await close();
  });

  it('links the Account that the agent suggests for Bills without one', async () => {
    const world = given();
    const { m3terAccountId, name } = unmatched(world);
    const accountId = await createAccount(world, `${name} Ltd.`);
    const { page, problems, close } = await visit(world, INTEGRATIONS_TAB);
    await page.locator('.unmatched summary').click();
    const accounts = page.locator('c-unmatched-accounts');
    await accounts.getByRole('button', { name: 'Suggest Accounts' }).click();
    const link = accounts.getByRole('button', { name: `Link ${name} Ltd.` });
    await link.waitFor();
    await assertFits(page);
    await link.click();
    await page.locator('shell-toasts').getByText('is linked.').waitFor();
    await eventually(async () => {
      const soql = `SELECT Account__c FROM Bill__c WHERE M3ter_Account_Id__c = '${m3terAccountId}'`;
      const bills = await queryAll(world.org, soql);
      assert.ok(bills.length > 0 && bills.every(({ Account__c }) => Account__c === accountId));
    }, PATIENCE_MS);
    assert.deepEqual(problems, []);
    await close();
  });
}

/** A m3ter Account with Bills that no Account of the org is linked to. */
function unmatched({ dataSet }: World): { m3terAccountId: string; name: string } {
  const linked = new Set(dataSet.salesforceAccounts.map(({ M3ter_Account_Id__c }) => M3ter_Account_Id__c));
  const billed = new Set(dataSet.bills.map(({ accountId }) => accountId));
  const account = dataSet.accounts.find(({ id }) => billed.has(id) && !linked.has(id));
  assert.ok(account);
  return { m3terAccountId: account.id, name: String(account.name) };
}

async function createAccount({ org }: World, name: string): Promise<string> {
  const response = await fetch(`${org.instanceUrl}/services/data/v67.0/sobjects/Account`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${org.accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ Name: name }),
  });
  return String(((await response.json()) as { id?: string }).id);
}

async function setFaults({ org }: World, method: 'POST' | 'DELETE', rules?: FaultRule[]): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = rules ? { headers, body: JSON.stringify(rules) } : {};
  const response = await fetch(`${org.instanceUrl}/sandbox/faults`, { method, ...body });
  assert.ok(response.ok, await response.text());
}

async function assertNoErrors({ org }: World, id: string): Promise<void> {
  const soql = `SELECT Successive_Errors__c, Enabled__c FROM Integration_Configuration__c WHERE Id = '${id}'`;
  assert.deepEqual(await queryAll(org, soql), [{ Successive_Errors__c: 0, Enabled__c: true }]);
}
