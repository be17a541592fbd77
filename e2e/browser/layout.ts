import assert from 'node:assert/strict';
import { it } from 'node:test';
import { billedAccount } from './account.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { billPath, largestBill } from './bill.ts';
import { theIntegration } from './integrations.ts';
import { assertHolds, visit } from './world.ts';
import type { User, World } from './world.ts';

interface Stop {
  name: string;
  user: User;
  path: (world: World) => Promise<string> | string;
  /** What is there once the page has its data. */
  ready: string;
  /** Expected trouble, such as the refusal of what a user may not read. */
  refused?: boolean;
}

async function recordPath({ org }: World, object: string, condition: string): Promise<string> {
  const [record] = await queryAll(org, `SELECT Id FROM ${object} WHERE ${condition} LIMIT 1`);
  return `/lightning/r/${object}/${String(record?.['Id'])}/view`;
}
const runPath = (world: World): Promise<string> =>
  recordPath(world, 'Integration_Run__c', "Parent_Run__c = null AND Status__c = 'COMPLETE' AND Bills_Sent__c > 0");
const childRunPath = (world: World): Promise<string> =>
  recordPath(world, 'Integration_Run__c', 'Parent_Run__c != null');
const credentialPath = (world: World): Promise<string> =>
  recordPath(world, 'Integration_Credential__c', "Destination__c = 'SALESFORCE'");

const STOPS: Stop[] = [
  { name: 'Bills', user: 'finance', path: () => '/lightning/n/M3ter_Bills', ready: 'c-bill-list tbody tr' },
  {
    name: 'a Bill',
    user: 'finance',
    path: (world) => billPath(world, largestBill(world).id),
    ready: 'c-line-item-group tbody tr',
  },
  {
    name: 'an Account',
    user: 'finance',
    path: (world) => billedAccount(world).path,
    ready: 'c-account-bills .recent li',
  },
  { name: 'Accounts', user: 'admin', path: () => '/lightning/o/Account/list', ready: 'shell-object-list tbody tr' },
  {
    name: 'Integrations',
    user: 'admin',
    path: () => '/lightning/n/M3ter_Integrations',
    ready: 'c-integration-table tbody tr',
  },
  {
    name: 'Events',
    user: 'admin',
    path: () => '/lightning/n/M3ter_Events',
    ready: 'c-event-list c-integration-events',
  },
  { name: 'Runs', user: 'admin', path: () => '/lightning/n/M3ter_Runs', ready: 'c-integration-runs tbody tr' },
  {
    name: 'an integration',
    user: 'admin',
    path: async (world) => (await theIntegration(world)).path,
    ready: 'c-integration-details .actions',
  },
  { name: 'a Run', user: 'admin', path: runPath, ready: 'c-run-children tbody tr' },
  { name: 'the Run of a Bill', user: 'admin', path: childRunPath, ready: 'c-run-details .status' },
  {
    name: 'a credential',
    user: 'admin',
    path: credentialPath,
    ready: 'c-credential-details .users li',
  },
  {
    name: 'a Line Item',
    user: 'finance',
    path: (world) => recordPath(world, 'Bill_Line_Item__c', 'Position__c = 1'),
    ready: 'shell-details dd',
  },
  ...['Bill__c', 'Integration_Run__c', 'Integration_Credential__c', 'Sync_Request__c'].map((object) => ({
    name: `the list of ${object}`,
    user: 'admin' as const,
    path: () => `/lightning/o/${object}/list`,
    ready: 'shell-object-list tbody tr',
  })),
  {
    name: 'Runs without permission',
    user: 'viewer',
    path: () => '/lightning/n/M3ter_Runs',
    ready: 'c-run-list c-empty-state',
    refused: true,
  },
  {
    name: 'Events without permission',
    user: 'viewer',
    path: () => '/lightning/n/M3ter_Events',
    ready: 'c-event-list c-empty-state',
    refused: true,
  },
  {
    name: 'Bills without permission',
    user: 'viewer',
    path: () => '/lightning/n/M3ter_Bills',
    ready: 'c-bill-list c-empty-state',
    refused: true,
  },
  {
    name: 'Integrations without permission',
    user: 'viewer',
    path: () => '/lightning/n/M3ter_Integrations',
    ready: 'c-integrations-home c-empty-state',
    refused: true,
  },
  {
    name: 'no page',
    user: 'viewer',
    path: () => '/lightning/nowhere',
    ready: 'shell-notice',
  },
];

export function layoutTests(given: () => World): void {
  for (const { name, user, path, ready, refused } of STOPS) {
    it(`is accessible, fits and has no errors, however one looks at it: ${name}`, async () => {
      const { page, problems, close } = await visit(given(), await path(given()), user);
      await page.locator(ready).first().waitFor();
      await assertHolds(page);
      if (!refused) assert.deepEqual(problems, []);
      await close();
    });
  }

  it('is accessible and fits, however one looks at it: the m3ter panel', async () => {
    const { page, problems, close } = await visit(given(), '/lightning/nowhere');
    await page.locator('shell-notice').waitFor();
    await page.getByRole('button', { name: 'm3ter (sandbox)', exact: true }).click();
    await page.getByRole('button', { name: 'Generate bill run' }).waitFor();
    await assertHolds(page);
    assert.deepEqual(problems, []);
    await close();
  });
}
