/**
 * Writes screenshots of every page, 1280 px wide as NAME.png and 320 px as NAME-320.png, from a fresh sandbox that has
 * synced once.
 *
 * Usage: node scripts/screenshots.ts [--data DIR] [--out DIR] [--only NAME ...]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { queryAll } from '../sandbox/run/records.ts';
import { ended, spawnAgent } from '../sandbox/run/agentProcess.ts';
import { ROOT, startSystem } from '../sandbox/run/system.ts';
import type { LocalSystem } from '../sandbox/run/system.ts';
import { startWorkbench } from '../sandbox/workbench/server.ts';
import { launchBrowser } from './browser.ts';

interface Shot {
  name: string;
  user: string;
  path: string;
  /** What is there once the page has its data. */
  ready: string;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const WIDE = 1280;
const WIDTHS = [WIDE, 320];

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: path.join(ROOT, '.sandbox/screenshots') },
    only: { type: 'string', multiple: true },
  },
});

async function shots({ org }: LocalSystem): Promise<Shot[]> {
  const soql = 'SELECT Id, Account__c FROM Bill__c WHERE Account__c != null ORDER BY Line_Item_Count__c DESC LIMIT 1';
  const [bill] = await queryAll(org, soql);
  if (bill === undefined) throw new Error('No Bill has reached the org. Run "npm run sandbox -- --once" to see why.');
  const [run] = await queryAll(org, 'SELECT Id, Integration__c FROM Integration_Run__c WHERE Parent_Run__c = null');
  const record = (object: string, id: unknown): string => `/lightning/r/${object}/${String(id)}/view`;
  const tab = (name: string): string => `/lightning/n/${name}`;
  return [
    { name: 'bills', user: 'finance', path: tab('M3ter_Bills'), ready: 'c-bill-list tbody tr' },
    { name: 'bill', user: 'finance', path: record('Bill__c', bill['Id']), ready: 'c-bill-line-items tbody tr' },
    { name: 'account', user: 'finance', path: record('Account', bill['Account__c']), ready: 'c-account-bills li' },
    { name: 'accounts', user: 'finance', path: '/lightning/o/Account/list', ready: 'shell-object-list tbody tr' },
    { name: 'integrations', user: 'admin', path: tab('M3ter_Integrations'), ready: 'c-integration-table tbody tr' },
    {
      name: 'setup',
      user: 'admin',
      path: tab('M3ter_Integrations'),
      ready: 'c-integration-table tbody tr',
      act: async (page) => {
        await page.getByRole('button', { name: 'Set-up steps' }).click();
        await page.locator('c-setup-assistant .step').first().waitFor();
      },
    },
    {
      name: 'wizard',
      user: 'admin',
      path: tab('M3ter_Integrations'),
      ready: 'c-integration-table tbody tr',
      act: throughTheWizard,
    },
    {
      name: 'integration',
      user: 'admin',
      path: record('Integration_Configuration__c', run?.['Integration__c']),
      ready: 'c-integration-details tbody tr',
    },
    { name: 'runs', user: 'admin', path: tab('M3ter_Runs'), ready: 'c-run-list tbody tr' },
    { name: 'run', user: 'admin', path: record('Integration_Run__c', run?.['Id']), ready: 'c-run-children tbody tr' },
    { name: 'events', user: 'admin', path: tab('M3ter_Events'), ready: 'c-integration-events' },
    { name: 'no-permission', user: 'viewer', path: tab('M3ter_Bills'), ready: 'c-bill-list c-empty-state' },
  ];
}

async function throughTheWizard(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create integration' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Bill:/ }).waitFor();
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('radio', { name: /^Salesforce:/ }).waitFor();
  await dialog.getByRole('button', { name: 'Next' }).click();
  const filter = dialog.getByRole('textbox', { name: 'Account Filter' });
  await filter.fill('customFields.tier = gold');
  await filter.scrollIntoViewIfNeeded();
}

async function take(browser: Browser, url: string, shot: Shot, width: number): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'workbench-user', value: shot.user, url }]);
  const page = await context.newPage();
  await page.goto(url + shot.path);
  await page.locator(shot.ready).first().waitFor();
  await shot.act?.(page);
  await page.screenshot({
    path: path.join(values.out, width === WIDE ? `${shot.name}.png` : `${shot.name}-${width}.png`),
  });
  await context.close();
}

const stateDir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-screenshots-'));
mkdirSync(values.out, { recursive: true });
const system = await startSystem({
  stateDir,
  m3terPort: 0,
  orgPort: 0,
  ...(values.data ? { dataDir: values.data } : {}),
});
try {
  await ended(spawnAgent(system, ['sync', '--once'], 'ignore'));
  const workbench = await startWorkbench({ port: 0, org: system.org, m3ter: system.m3ter });
  const browser = await launchBrowser();
  for (const shot of await shots(system)) {
    if (values.only && !values.only.includes(shot.name)) continue;
    for (const width of WIDTHS) await take(browser, workbench.url, shot, width);
  }
  await browser.close();
  await workbench.close();
  console.log(`Screenshots are in ${path.relative(process.cwd(), values.out)}`);
} finally {
  await system.close();
  rmSync(stateDir, { recursive: true });
}
