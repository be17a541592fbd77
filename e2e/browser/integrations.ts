import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { queryAll } from '../../sandbox/run/records.ts';
import { writeRecord } from './agentApi.ts';
import { assertAccessible, scrollsSideways, visit } from './world.ts';
import type { World } from './world.ts';

export const INTEGRATIONS_TAB = '/lightning/n/M3ter_Integrations';

/** The only integration of the data set. */
export async function theIntegration({ org, dataSet }: World): Promise<{ id: string; name: string; path: string }> {
  const name = dataSet.integrations[0]?.name ?? '';
  const [record] = await queryAll(org, `SELECT Id FROM Integration_Configuration__c WHERE Name = '${name}'`);
  const id = String(record?.['Id']);
  return { id, name, path: `/lightning/r/Integration_Configuration__c/${id}/view` };
}

/** What the agent answered, once it did. */
const answerOf = (page: Page | Locator, text: string): Promise<void> =>
  page.locator('c-sync-request .answer').getByText(text).first().waitFor();

export function integrationTests(given: () => World): void {
  it('says whether it works, how many Bills are there, when the agent was seen, and shows the last Run', async () => {
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    await page.locator('c-integration-runs tbody tr').first().waitFor();
    assert.match(await page.locator('c-integrations-home .health').innerText(), /^Working.*\d+ Bills/);
    assert.match(await page.locator('c-agent-status').innerText(), /^Agent: seen\s.*API calls \d/s);
    assert.deepEqual(problems, []);
    await close();
  });

  it('leads from an integration to its Runs, and from a Run to its Bills', async () => {
    const { name } = await theIntegration(given());
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    await page.locator('c-integration-table').getByRole('link', { name }).click();
    await page.locator('c-integration-details').getByRole('link', { name: /^RUN-/ }).first().click();
    await page.locator('c-run-details .counts').waitFor();
    const bill = page.locator('c-run-children tbody td a').first();
    const reference = await bill.innerText();
    await bill.click();
    await page.locator('c-bill-details').getByRole('heading', { name: reference }).waitFor();
    assert.deepEqual(problems, []);
    await close();
  });

  for (const width of [1280, 320]) {
    it(`is disabled with a reason and enabled again after a test, at ${width} px`, async () => {
      const { name } = await theIntegration(given());
      const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB, 'admin', width);
      const row = page.locator('c-integration-table tbody tr').filter({ hasText: name });
      await row.getByRole('button', { name: 'Disable' }).click();
      const dialog = page.getByRole('dialog', { name: `Disable ${name}?` });
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('Migration this weekend');
      assert.equal(await scrollsSideways(page), false);
      await assertAccessible(page);
      await dialog.getByRole('button', { name: 'Disable' }).click();
      await row.getByText('Migration this weekend').waitFor();
      await page.locator('c-integrations-home .health').getByText('Stopped').waitFor();
      await row.getByRole('button', { name: 'Test and enable' }).click();
      await answerOf(page, 'Enable integration: done');
      await row.getByText('Connected', { exact: true }).waitFor();
      await assertAccessible(page);
      assert.deepEqual(problems, []);
      await close();
    });
  }

  it('tells another page that is open at once', async () => {
    const { id, path } = await theIntegration(given());
    const { page, close } = await visit(given(), path);
    await page.locator('c-integration-details .actions').getByRole('button', { name: 'Sync now' }).waitFor();
    const disabled = { Enabled__c: false, Disabled_Reason__c: '10 successive errors' };
    await writeRecord(given(), 'PATCH', `Integration_Configuration__c/${id}`, disabled);
    await page.locator('c-integration-details .warning').getByText('10 successive errors').waitFor();
    await page.getByRole('button', { name: 'Test and enable' }).click();
    await answerOf(page, 'Enable integration: done');
    await page.getByRole('button', { name: 'Sync now' }).waitFor();
    await close();
  });

  it('shows field by field what a sync would change, also before it is enabled, and writes nothing', async () => {
    const world = given();
    const { id, path } = await theIntegration(world);
    const changes = { Enabled__c: false, Disabled_Reason__c: 'New rules', Sort_Line_Items_By__c: 'SUBTOTAL' };
    await writeRecord(world, 'PATCH', `Integration_Configuration__c/${id}`, changes);
    const { page, problems, close } = await visit(world, path);
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.locator('c-dry-run-preview');
    await preview.getByText('Nothing was written.').waitFor();
    assert.match(await preview.locator('.counts').innerText(), /^\d+ Bills read · \d+ would be sent/);
    await preview.locator('summary').first().click();
    await preview.locator('.lines li').filter({ hasText: 'Position' }).first().waitFor();
    await assertAccessible(page);
    const runs = "SELECT Id FROM Integration_Run__c WHERE Parent_Run__c = null AND Trigger__c = 'MANUAL'";
    const before = await queryAll(world.org, runs);
    const undone = { Enabled__c: true, Disabled_Reason__c: null, Sort_Line_Items_By__c: 'NONE' };
    await writeRecord(world, 'PATCH', `Integration_Configuration__c/${id}`, undone);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Test credential' }).click();
    await answerOf(page, 'Test credential: done');
    assert.equal((await queryAll(world.org, runs)).length, before.length);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await answerOf(page, 'Sync now: done');
    assert.deepEqual(problems, []);
    await close();
  });

  it('is disconnected and connected again with a credential that is chosen', async () => {
    const { path } = await theIntegration(given());
    const { page, problems, close } = await visit(given(), path);
    await page.getByRole('button', { name: 'More actions' }).click();
    await assertAccessible(page);
    await page.getByRole('menuitem', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('c-integration-details .warning').getByText('no credential yet').waitFor();
    await page.getByRole('button', { name: 'Add credential' }).click();
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Use this credential' }).click();
    await page.locator('c-integration-details .status').getByText('Connected').waitFor();
    assert.deepEqual(problems, []);
    await close();
  });
}
