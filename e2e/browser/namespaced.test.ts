/** The package as a subscriber has it: every name carries the namespace, for the agent and for the pages. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { inNamespace } from '../../sandbox/shared/namespace.ts';
import { writeRecord } from './agentApi.ts';
import { eventually, useWorld, visit } from './world.ts';
import type { User, World } from './world.ts';

const NAMESPACE = 'm3ter';
const named = (text: string): string => inNamespace(text, NAMESPACE);

describe('the package installed with a namespace', () => {
  const given = useWorld({ namespace: NAMESPACE });
  let world: World;
  let bill: JsonRecord;
  let integration: string;
  before(async () => {
    world = given();
    [bill = {}] = await query(
      'SELECT Id, Name, Account__c FROM Bill__c WHERE Account__c != null ORDER BY Line_Item_Count__c DESC LIMIT 1',
    );
    [{ Id: integration } = { Id: '' }] = (await query('SELECT Id FROM Integration_Configuration__c')) as Array<{
      Id: string;
    }>;
  });
  const query = (soql: string) => queryAll(world.org, named(soql));
  const recordPath = (object: string, id: unknown): string => `/lightning/r/${named(object)}/${String(id)}/view`;

  it('is in an org that has no namespace of its own and no name without one', async () => {
    const [organization] = await queryAll(world.org, 'SELECT NamespacePrefix FROM Organization');
    assert.equal(organization?.['NamespacePrefix'], null);
    await assert.rejects(() => queryAll(world.org, 'SELECT Id FROM Bill__c'), /INVALID_TYPE/);
  });

  it('is found by the agent, which has written each Bill with its Run and reported itself', async () => {
    const runs = await query(
      "SELECT Id FROM Integration_Run__c WHERE Parent_Run__c != null AND Status__c = 'COMPLETE'",
    );
    assert.equal(runs.length, world.dataSet.bills.length);
    const [agent] = await query('SELECT Last_Seen__c FROM Sync_Agent__c');
    assert.ok(agent?.[named('Last_Seen__c')]);
  });

  it('rolls up, calculates and refuses by its rules', async () => {
    const [row = {}] = await query(
      `SELECT Line_Items_Written__c, Line_Item_Count__c, Is_Complete__c FROM Bill__c WHERE Id = '${String(bill['Id'])}'`,
    );
    assert.equal(row[named('Line_Items_Written__c')], row[named('Line_Item_Count__c')]);
    assert.equal(row[named('Is_Complete__c')], true);
    const stale = writeRecord(world, 'PATCH', `${named('Bill__c')}/${String(bill['Id'])}`, {
      [named('Source_Version__c')]: 1,
    });
    await assert.rejects(stale, /STALE_VERSION/);
  });

  const stops: Array<[name: string, user: User, path: () => string, ready: string]> = [
    ['Bills home', 'finance', () => `/lightning/n/${NAMESPACE}__M3ter_Bills`, 'c-bill-list tbody tr'],
    ['a list of Bills', 'finance', () => `/lightning/o/${named('Bill__c')}/list`, 'shell-object-list tbody tr'],
    ['a Bill', 'finance', () => recordPath('Bill__c', bill['Id']), 'c-bill-line-items tbody tr'],
    [
      'the card of an Account',
      'finance',
      () => recordPath('Account', bill[named('Account__c')]),
      'c-account-bills .recent li',
    ],
    ['integrations', 'admin', () => `/lightning/n/${NAMESPACE}__M3ter_Integrations`, 'c-integration-table tbody tr'],
    [
      'an integration',
      'admin',
      () => recordPath('Integration_Configuration__c', integration),
      'c-integration-details tbody tr',
    ],
    ['Events', 'admin', () => `/lightning/n/${NAMESPACE}__M3ter_Events`, 'c-event-list c-integration-events'],
  ];
  for (const [name, user, path, ready] of stops) {
    it(`shows ${name}`, async () => {
      const { page, problems, close } = await visit(world, path(), user);
      await page.locator(ready).first().waitFor();
      assert.deepEqual(problems, []);
      await close();
    });
  }

  it('leads from a Bill to its Account and from there to all its Bills', async () => {
    const { page, problems, close } = await visit(world, recordPath('Bill__c', bill['Id']), 'finance');
    await page.locator('c-bill-details a[href*="/Account/"]').first().click();
    await page.locator('c-account-bills').getByRole('button', { name: 'View all' }).click();
    await page.locator('c-bill-list').getByText('Only Bills of').first().waitFor();
    assert.equal(new URL(page.url()).searchParams.has(`${NAMESPACE}__accountId`), true);
    assert.deepEqual(problems, []);
    await close();
  });

  it('speaks German when the person does', async () => {
    const { page, problems, close } = await visit(
      world,
      `/lightning/n/${NAMESPACE}__M3ter_Bills?language=de`,
      'finance',
    );
    await page.locator('c-bill-list').getByRole('heading', { name: 'Abrechnungen' }).waitFor();
    assert.equal(await page.locator('nav a[aria-current="page"]').innerText(), 'Abrechnungsübersicht');
    assert.deepEqual(problems, []);
    await page.goto('/?language=en');
    await close();
  });

  it('takes a request of an admin, and the agent answers it', async () => {
    const { page, problems, close } = await visit(world, recordPath('Integration_Configuration__c', integration));
    await page.locator('c-integration-details').getByRole('button', { name: 'Sync now' }).click();
    await page.locator('c-sync-request .answer').getByText('Sync now: done').waitFor();
    assert.deepEqual(problems, []);
    await close();
  });

  it('gets an Event when Accounts have no External Mapping', async () => {
    await writeRecord(world, 'PATCH', `${named('Integration_Configuration__c')}/${integration}`, {
      [named('Use_External_Mapping_Account_Code__c')]: true,
    });
    await eventually(async () => {
      const [event] = await query('SELECT Event_Name__c FROM Integration_Event__c');
      assert.equal(event?.[named('Event_Name__c')], 'integration.missingaccountmapping.error');
    });
  });
});
