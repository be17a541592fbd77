import type { Locator, Page } from 'playwright-core';
import { queryAll } from '../../sandbox/run/records.ts';
import type { LocalSystem } from '../../sandbox/run/system.ts';
import type { Look } from './looks.ts';

type Say = Look['say'];

export interface Shot {
  name: string;
  user: string;
  path: string;
  /** What is there once the page has its data. */
  ready: string;
  /** What a person does before the picture is taken. */
  act?: (page: Page, say: Say) => Promise<void>;
}

const INTEGRATIONS = {
  user: 'admin',
  path: '/lightning/n/M3ter_Integrations',
  ready: 'c-integration-table tbody tr',
};

/** Every page, on the records of the org that show most. */
export async function shotsOf({ org }: LocalSystem): Promise<Shot[]> {
  const soql = 'SELECT Id, Account__c FROM Bill__c WHERE Account__c != null ORDER BY Line_Item_Count__c DESC LIMIT 1';
  const [bill] = await queryAll(org, soql);
  if (bill === undefined) throw new Error('No Bill has reached the org. Run "npm run sandbox -- --once" to see why.');
  const batches = 'SELECT Id, Integration__c FROM Integration_Run__c WHERE Parent_Run__c = null';
  const [run] = await queryAll(org, `${batches} ORDER BY Bills_Sent__c DESC LIMIT 1`);
  const record = (object: string, id: unknown): string => `/lightning/r/${object}/${String(id)}/view`;
  const integration = {
    user: 'admin',
    path: record('Integration_Configuration__c', run?.['Integration__c']),
    ready: 'c-integration-details tbody tr',
  };
  return [
    ...tabs(),
    { name: 'bill', user: 'finance', path: record('Bill__c', bill['Id']), ready: 'c-bill-line-items tbody tr' },
    { name: 'account', user: 'finance', path: record('Account', bill['Account__c']), ready: 'c-account-bills li' },
    { name: 'setup', ...INTEGRATIONS, act: openSetup },
    { name: 'wizard', ...INTEGRATIONS, act: throughTheWizard },
    { name: 'integration', ...integration },
    { name: 'preview', ...integration, act: previewAnEdit },
    { name: 'run', user: 'admin', path: record('Integration_Run__c', run?.['Id']), ready: 'c-run-children tbody tr' },
  ];
}

function tabs(): Shot[] {
  const tab = (name: string): string => `/lightning/n/${name}`;
  return [
    { name: 'bills', user: 'finance', path: tab('M3ter_Bills'), ready: 'c-bill-list tbody tr' },
    { name: 'accounts', user: 'finance', path: '/lightning/o/Account/list', ready: 'shell-object-list tbody tr' },
    { name: 'integrations', ...INTEGRATIONS },
    { name: 'runs', user: 'admin', path: tab('M3ter_Runs'), ready: 'c-run-list tbody tr' },
    { name: 'events', user: 'admin', path: tab('M3ter_Events'), ready: 'c-integration-events' },
    { name: 'no-permission', user: 'viewer', path: tab('M3ter_Bills'), ready: 'c-bill-list c-empty-state' },
  ];
}

async function openSetup(page: Page, say: Say): Promise<void> {
  await buttonOf(page, say('Set-up steps')).click();
  await page.locator('c-setup-assistant .step').first().waitFor();
}

async function throughTheWizard(page: Page, say: Say): Promise<void> {
  await buttonOf(page, say('Create integration')).click();
  const dialog = page.getByRole('dialog');
  for (const stage of ['entity', 'destination']) {
    await dialog.locator(`lightning-radio-group.${stage}`).waitFor();
    await buttonOf(dialog, say('Next')).click();
  }
  const filter = dialog.getByRole('textbox', { name: 'Account Filter' });
  await filter.fill('customFields.tier = gold');
  await filter.scrollIntoViewIfNeeded();
}

async function previewAnEdit(page: Page, say: Say): Promise<void> {
  await buttonOf(page, say('Edit')).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Sort Line Items By' }).click();
  await dialog.getByRole('option', { name: 'Subtotal' }).click();
  await dialog.getByRole('textbox', { name: 'Account Filter' }).fill('currency != JPY');
  await buttonOf(dialog, say('Review changes')).click();
  await buttonOf(dialog, say('Preview')).click();
  await dialog.locator('c-dry-run-preview .counts').waitFor();
}

const buttonOf = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });
