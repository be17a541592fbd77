import assert from 'node:assert/strict';
import { it } from 'node:test';
import { queryAll } from '../../sandbox/run/records.ts';
import { writeRecord } from './agentApi.ts';
import { billPath } from './bill.ts';
import { theIntegration } from './integrations.ts';
import { assertAccessible, eventually, visit } from './world.ts';
import type { World } from './world.ts';

const EVENTS_TAB = '/lightning/n/M3ter_Events';

async function addEvent(world: World, key: string, message: string, fields: object = {}): Promise<void> {
  const { id } = await theIntegration(world);
  await writeRecord(world, 'POST', 'Integration_Event__c', {
    Event_Name__c: 'integration.perform.error',
    Event_Key__c: key,
    Event_Time__c: new Date().toISOString(),
    Integration__c: id,
    Message__c: message,
    ...fields,
  });
}

/** A m3ter Account that has Bills and no External Mapping, with one of its Bills. */
function unmapped({ dataSet }: World): { m3terAccountId: string; billId: string } {
  const mapped = new Set(dataSet.externalMappings.map(({ m3terId }) => m3terId));
  const bill = dataSet.bills.find(({ accountId }) => accountId !== undefined && !mapped.has(accountId));
  assert.ok(bill?.accountId);
  return { m3terAccountId: bill.accountId, billId: bill.id };
}

export function eventTests(given: () => World): void {
  it('show as they happen, and several are marked as actioned at once', async () => {
    const { page, problems, close } = await visit(given(), EVENTS_TAB);
    await page.locator('c-event-list').waitFor();
    await addEvent(given(), 'browser-1', 'Region is required by your org.');
    await addEvent(given(), 'browser-2', 'Segment is required by your org.');
    const events = page.locator('c-integration-events li');
    for (const word of ['Region', 'Segment']) {
      await events.filter({ hasText: word }).getByRole('checkbox').check();
    }
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Mark as actioned' }).click();
    await page.locator('shell-toasts').getByText('Marked as actioned: 2').waitFor();
    await assertAccessible(page);
    await events.filter({ hasText: 'is required by your org' }).first().waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Actioned', exact: true }).click();
    await events.filter({ hasText: 'Segment is required' }).waitFor();
    assert.deepEqual(problems, []);
    await close();
  });

  it('lead to the Run that failed', async () => {
    const [run] = await queryAll(given().org, 'SELECT Id, Name FROM Integration_Run__c WHERE Parent_Run__c != null');
    await addEvent(given(), 'browser-3', 'The Bill was refused.', { Run__c: run?.['Id'] });
    const { page, close } = await visit(given(), EVENTS_TAB);
    const event = page.locator('c-integration-events li').filter({ hasText: 'The Bill was refused' });
    await event.getByRole('link', { name: 'Open Run' }).click();
    await page
      .locator('c-run-details')
      .getByRole('heading', { name: String(run?.['Name']) })
      .waitFor();
    await close();
  });

  it('of a missing mapping: the admin picks the Account, the agent maps it, the Bill that waited has arrived', async () => {
    const world = given();
    const { m3terAccountId, billId } = unmapped(world);
    const account = world.dataSet.salesforceAccounts[0];
    const [{ Credential__c: credential } = {}] = await queryAll(
      world.org,
      'SELECT Credential__c FROM Integration_Configuration__c WHERE Credential__c != null',
    );
    // Its name comes first, so that it owns the Bills of this Account.
    const id = await writeRecord(world, 'POST', 'Integration_Configuration__c', {
      Name: 'A mapped Account',
      Credential__c: credential,
      Account_Ids__c: m3terAccountId,
      Use_External_Mapping_Account_Code__c: true,
    });
    const { page, problems, close } = await visit(world, EVENTS_TAB);
    const event = page.locator('c-integration-events li').filter({ hasText: 'Missing account mapping' });
    await event.first().getByRole('button', { name: 'Create External Mapping' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create External Mapping' });
    await dialog.getByRole('button', { name: 'Create mapping' }).click();
    await dialog.getByText('Choose an Account first.').waitFor();
    const picker = dialog.getByRole('combobox', { name: 'Account' });
    const refusal = { status: 400, json: [{ errorCode: 'QUERY_TIMEOUT', message: 'The query takes too long.' }] };
    await page.route('**/query?q=*', (route) => route.fulfill(refusal), { times: 1 });
    await picker.focus();
    await dialog.getByText(refusal.json[0]?.message ?? '').waitFor();
    // The console tells of the refusal too.
    problems.length = 0;
    await picker.fill(String(account?.['Name']));
    await dialog
      .getByRole('option', { name: String(account?.['Name']) })
      .first()
      .waitFor();
    await assertAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Create mapping' }).click();
    await page.locator('c-sync-request .answer').getByText('Create External Mapping: done').waitFor();
    await eventually(async () => {
      const soql = `SELECT Account__c, Integration__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId}'`;
      assert.deepEqual(await queryAll(world.org, soql), [{ Account__c: account?.Id, Integration__c: id }]);
    });
    await page.goto(await billPath(world, billId));
    await page
      .locator('c-bill-details')
      .getByRole('link', { name: String(account?.['Name']) })
      .waitFor();
    assert.deepEqual(problems, []);
    await close();
    await writeRecord(world, 'PATCH', `Integration_Configuration__c/${id}`, { Enabled__c: false });
  });
}
