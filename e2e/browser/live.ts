import assert from 'node:assert/strict';
import { it } from 'node:test';
import { queryAll } from '../../sandbox/run/records.ts';
import { writeRecord } from './agentApi.ts';
import { billPath, largestBill } from './bill.ts';
import { assertAccessible, visit } from './world.ts';
import type { World } from './world.ts';

export function liveTests(given: () => World): void {
  it('of a Run show while it goes on, and its end', async () => {
    const [integration] = await queryAll(given().org, 'SELECT Id FROM Integration_Configuration__c');
    const run = { Integration__c: integration?.['Id'], Trigger__c: 'MANUAL', Started__c: new Date().toISOString() };
    const counts = { Bills_Read__c: 0, Bills_Sent__c: 0 };
    const batch = { Run_Key__c: 'browser:batch', Status__c: 'STARTED', ...run, ...counts };
    const id = await writeRecord(given(), 'POST', 'Integration_Run__c', batch);
    const { page, problems, close } = await visit(given(), `/lightning/r/Integration_Run__c/${id}/view`);
    await page.locator('c-run-details .status strong').getByText('Started', { exact: true }).waitFor();
    await page.locator('c-run-children .empty').waitFor();
    await page.getByRole('button', { name: 'Replay' }).focus();
    const failure = { Error_Code__c: 'REQUIRED_FIELD_MISSING', Error__c: 'Region is required by your org.' };
    await writeRecord(given(), 'POST', 'Integration_Run__c', {
      ...run,
      ...failure,
      Run_Key__c: 'browser:batch:1',
      Parent_Run__c: id,
      M3ter_Bill_Id__c: 'bill-1',
      Status__c: 'ERROR',
    });
    await page.locator('c-run-details .failure').getByText('Region is required').waitFor();
    await page.locator('c-run-children tbody tr').waitFor();
    const end = { Status__c: 'ERROR', Completed__c: new Date().toISOString(), Bills_Read__c: 312, Bills_Failed__c: 1 };
    await writeRecord(given(), 'PATCH', `Integration_Run__c/${id}`, end);
    await page.locator('c-run-details .counts').getByText('312 read').waitFor();
    await page.locator('c-run-details .status strong').getByText('Error', { exact: true }).waitFor();
    assert.equal(await page.locator('c-run-details .replay button:focus').count(), 1);
    await assertAccessible(page);
    assert.deepEqual(problems, []);
    await close();
  });

  it('appear by themselves, and leave focus where it is', async () => {
    const bill = largestBill(given());
    const path = await billPath(given(), bill.id);
    const { page, close } = await visit(given(), path);
    await page.locator('c-line-item-group').first().waitFor();
    await page.getByRole('searchbox').focus();
    await writeRecord(given(), 'PATCH', `Bill__c/${path.split('/').at(-2)}`, {
      Purchase_Order_Number__c: 'PO-CHANGED',
    });
    await page.locator('c-bill-details').getByText('PO-CHANGED').waitFor();
    assert.equal(await page.locator('input[type=search]:focus').count(), 1);
    await close();
  });

  it('can be made in m3ter from the docked panel, which leads to the Bills once they are in Salesforce', async () => {
    const { page, problems, close } = await visit(given(), '/');
    await page.getByRole('button', { name: 'm3ter (sandbox)', exact: true }).click();
    await page.getByRole('button', { name: 'Generate bill run' }).click();
    await page.getByRole('log').getByText('Waiting for the agent').first().waitFor();
    const link = page.getByRole('log').getByRole('link').first();
    const name = /INV-\d+/.exec(await link.innerText())?.[0] ?? '';
    await link.click();
    await page.locator('c-bill-details').getByRole('heading', { name }).waitFor();
    assert.deepEqual(problems, []);
    await close();
  });

  it('made in m3ter to the Bill on the page show on the page', async () => {
    const pending = given().dataSet.bills.findLast(({ status }) => status === 'PENDING');
    const { page, close } = await visit(given(), await billPath(given(), pending?.id ?? ''));
    await page.locator('c-bill-details').getByText('Pending').first().waitFor();
    await page.getByRole('button', { name: 'm3ter (sandbox)', exact: true }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('log').getByText('was approved').waitFor();
    await page.locator('c-bill-details').getByText('Approved').first().waitFor();
    await close();
  });

  it("tell m3ter's reason when it refuses", async () => {
    const deleted = given().dataSet.bills.find(({ status }) => status === 'PENDING');
    const { page, close } = await visit(given(), await billPath(given(), deleted?.id ?? ''));
    await page.locator('c-bill-details').getByText('Pending').first().waitFor();
    await page.getByRole('button', { name: 'm3ter (sandbox)', exact: true }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('log').getByText('was deleted').waitFor();
    await page.getByRole('button', { name: 'Recalculate' }).click();
    await page.locator('shell-m3ter-panel [role="alert"] p').waitFor();
    await close();
  });

  it('leave the panel by Escape, back to the button that opened it', async () => {
    const { page, close } = await visit(given(), '/');
    await page.getByRole('button', { name: 'm3ter (sandbox)', exact: true }).click();
    await page.getByRole('button', { name: 'Generate bill run' }).focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('button', { name: 'Generate bill run' }).isVisible(), false);
    await page.locator('button.toggle:focus').waitFor();
    await close();
  });
}
