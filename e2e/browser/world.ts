/** Everything the browser tests of a file share: one local org, one local m3ter, one agent, one workbench, one browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { generateDataSet } from '../../sandbox/data/generate.ts';
import type { DataSet } from '../../sandbox/data/model.ts';
import { startCheckedM3ter } from '../../sandbox/m3ter/contract/checked.ts';
import type { LocalM3ter } from '../../sandbox/m3ter/server.ts';
import { startOrg } from '../../sandbox/org/server.ts';
import type { LocalOrg } from '../../sandbox/org/server.ts';
import { ended, spawnAgent } from '../../sandbox/run/agentProcess.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { inNamespace } from '../../sandbox/shared/namespace.ts';
import { SOURCE_DIRS } from '../../sandbox/run/system.ts';
import { startWorkbench } from '../../sandbox/workbench/server.ts';
import { launchBrowser } from '../../scripts/browser.ts';
import { assertWholeWords } from './words.ts';

/** Long for a busy machine: only what never comes takes as long. */
const PATIENCE_MS = 30_000;
/** The first start of the agent makes its store, while the workbench is built beside it. */
const START_PATIENCE_MS = 120_000;

export type User = 'admin' | 'finance' | 'viewer';

export interface World {
  url: string;
  org: LocalOrg;
  m3ter: LocalM3ter;
  dataSet: DataSet;
  browser: Browser;
  sessions: Map<User, BrowserContext>;
  close: () => Promise<void>;
}

interface WorldOptions {
  /** Has the package in the org as installed with this namespace; without it, as deployed sources. */
  namespace?: string;
  /** An org that is set up has the integration of the data set and its Bills; one that is not has neither. */
  isSetUp?: boolean;
}

/** One world for all tests of the suite that calls this. */
export function useWorld(options: WorldOptions = {}): () => World {
  let world: World | undefined;
  before(async () => {
    world = await startWorld(options);
  });
  after(() => world?.close());
  return () => {
    assert.ok(world, 'The world is there once the tests run.');
    return world;
  };
}

async function startWorld({ namespace, isSetUp = true }: WorldOptions): Promise<World> {
  const dataSet = generateDataSet({ seed: 7, accounts: 20, months: 4, now: new Date() });
  const orgData = isSetUp ? dataSet : { ...dataSet, integrations: [] };
  const installed = namespace === undefined ? {} : { namespace };
  const ends: Array<() => Promise<unknown> | void> = [];
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  const stateDir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-browser-'));
  ends.push(() => rmSync(stateDir, { recursive: true }));
  try {
    const m3ter = await startCheckedM3ter({ port: 0, dataSet });
    ends.push(() => m3ter.close());
    const org = await startOrg({ port: 0, sourceDirs: SOURCE_DIRS, dataSet: orgData, ...installed });
    ends.push(() => org.close());
    const agent = spawnAgent({ m3ter, org, stateDir, close }, ['start'], 'ignore', { HTTP_PORT: '0' });
    const agentEnded = ended(agent);
    ends.push(() => {
      agent.kill('SIGTERM');
      return agentEnded;
    });
    const browser = await launchBrowser();
    ends.push(() => browser.close());
    const workbench = await startWorkbench({ port: 0, org, m3ter, ...installed });
    ends.push(() => workbench.close());
    await Promise.race([
      eventually(
        () => (isSetUp ? assertSynced(org, dataSet.bills.length, namespace) : assertSeen(org)),
        START_PATIENCE_MS,
      ),
      agentEnded.then((code) => assert.fail(`The agent has ended with exit code ${code}.`)),
    ]);
    return { url: workbench.url, org, m3ter, dataSet, browser, sessions: new Map(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The agent has reported, and has told the org its credential. */
async function assertSeen(org: LocalOrg): Promise<void> {
  const seen = await queryAll(org, 'SELECT Id FROM Sync_Agent__c WHERE Last_Seen__c != null');
  const working = await queryAll(org, "SELECT Id FROM Integration_Credential__c WHERE Status__c = 'WORKING'");
  assert.ok(seen.length > 0 && working.length > 0);
}

/** The first Run of the agent has ended, with every Bill whole in the org. */
export async function assertSynced(org: LocalOrg, bills: number, namespace?: string): Promise<void> {
  const query = (soql: string) => queryAll(org, inNamespace(soql, namespace));
  const complete = await query('SELECT Id FROM Bill__c WHERE Is_Complete__c = true');
  assert.equal(complete.length, bills);
  const going = await query("SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'");
  assert.equal(going.length, 0);
}

/** A page of a user, with what went wrong on it. */
export interface Visit {
  page: Page;
  /** Errors in the console, failed requests, uncaught exceptions. */
  problems: string[];
  close: () => Promise<void>;
}

/** Opens a page as a user. Times are shown in UTC. */
export async function visit(world: World, path: string, user: User = 'admin', width = 1280): Promise<Visit> {
  const page = await (await contextOf(world, user)).newPage();
  await page.setViewportSize({ width, height: 900 });
  page.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(path);
  return { page, problems, close: () => page.close() };
}

/** One session per user, signed in anew on every visit, so that its cache serves all visits. */
async function contextOf({ browser, sessions, url }: World, user: User): Promise<BrowserContext> {
  const options = { baseURL: url, timezoneId: 'UTC', locale: 'en-US', reducedMotion: 'reduce' } as const;
  const context = sessions.get(user) ?? (await browser.newContext(options));
  sessions.set(user, context);
  await context.addCookies([{ name: 'workbench-user', value: user, url }]);
  return context;
}

/** Repeats a check until it passes, and fails with its last failure once the patience is at its end. */
export async function eventually(check: () => Promise<void>, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Whether the page itself scrolls sideways, which nobody should have to do at 320 px (WCAG 1.4.10). */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);

/** Fails when axe finds anything or the page scrolls sideways, at 320 or at 1280 px. */
export async function assertFits(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const width of [320, 1280]) {
    await page.setViewportSize({ ...size, width });
    await assertNotSideways(page, `at ${width} px`);
    await assertAccessible(page);
  }
  await page.setViewportSize(size);
}

/** Fails also when there is too little contrast in the dark or in high contrast, or when 200 % text does not fit. */
export async function assertHolds(page: Page): Promise<void> {
  await assertFits(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page, ['color-contrast']);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await assertNotSideways(page, 'in high contrast');
  await assertAccessible(page, ['color-contrast']);
  await page.emulateMedia({ forcedColors: 'none' });
  await setTextSize(page, '200%');
  await assertNotSideways(page, 'with text of 200 %');
  await assertWholeWords(page);
  await setTextSize(page, '');
}

async function assertNotSideways(page: Page, how: string): Promise<void> {
  assert.equal(await scrollsSideways(page), false, `The page scrolls sideways ${how}.`);
}

const setTextSize = (page: Page, size: string): Promise<void> =>
  page.locator('html').evaluate((html, fontSize) => void Object.assign(html.style, { fontSize }), size);

/**
 * Fails with the rules and elements when axe finds anything against `rules`, by default against all. Whole pages of results about what is right, and their way
 * through a page of axe's own, are left out: they take six times as long as the rules. Pages here have no frames.
 */
export async function assertAccessible(page: Page, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (rules) axe.withRules(rules);
  // A colour on its way to another has the contrast of neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`);
  assert.deepEqual(found, []);
}
