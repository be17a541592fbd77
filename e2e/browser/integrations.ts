import assert from 'node:assert/strict';
import { it } from 'node:test';
import { queryAll } from '../../sandbox/run/records.ts';
import { writeRecord } from './agentApi.ts';
import { assertAccessible, visit } from './world.ts';
import type { World } from './world.ts';

const INTEGRATIONS_TAB = '/lightning/n/M3ter_Integrations';

export function integrationTests(given: () => World): void {
  it('says whether it works, how many Bills are there, and shows the last Run', async () => {
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    await page.locator('c-integration-runs tbody tr').first().waitFor();
    assert.match(await page.locator('c-integrations-home .health').innerText(), /\d+ Bills/);
    assert.deepEqual(problems, []);
    await close();
  });

  it('shows an Event to act on as it happens, and lets the admin mark it as actioned', async () => {
    const { page, problems, close } = await visit(given(), INTEGRATIONS_TAB);
    await page.locator('c-integration-runs tbody tr').first().waitFor();
    const [integration] = await queryAll(given().org, 'SELECT Id FROM Integration_Configuration__c');
    await writeRecord(given(), 'POST', 'Integration_Event__c', {
      Event_Name__c: 'integration.perform.error',
      Event_Key__c: 'browser-test',
      Event_Time__c: new Date().toISOString(),
      Integration__c: integration?.['Id'],
      Message__c: 'Region is required by your org.',
    });
    const event = page.locator('c-integration-events li').filter({ hasText: 'Region is required' });
    await event.waitFor();
    await assertAccessible(page);
    await event.getByRole('button', { name: /Mark as actioned/ }).click();
    await page.locator('shell-toasts').getByText('is marked as actioned').waitFor();
    await assertAccessible(page);
    await event.waitFor({ state: 'detached' });
    await page.locator('shell-toasts').getByRole('button', { name: 'Close' }).click();
    await page.locator('shell-toasts').getByText('is marked as actioned').waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
    await close();
  });
}
