import type { Browser, Page } from 'playwright-core';
import { startWorkbench } from '../../sandbox/workbench/server.ts';
import { findBrowser, launchBrowser } from '../../scripts/browser.ts';
import { accountsFor, billsWith, makeBill } from '../data/bills.ts';
import { atMost } from '../report/result.ts';
import type { Target } from '../report/result.ts';
import { BenchAgent } from '../run/agent.ts';
import { NONE } from '../run/latency.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

const OTHER_LINES = 2;
/** How many Bills a page of the list has. */
const PAGE_SIZE = 50;
const WHEEL_TURNS = 60;
const WHEEL_PX = 400;
const FIRST_ROWS_S = 1;
/** Shorter tasks do not count as long in browsers either. */
const LONG_TASK_MS = 50;
/** Other work on the machine only makes a look slower. */
const LOOKS = 2;

/** A page to look at, and how a person goes through its rows. */
interface Sight {
  readonly name: string;
  readonly path: string;
  /** Selects its rows. */
  readonly rows: string;
  readonly goThrough: (page: Page) => Promise<void>;
}

/** What a person waits for on a page. */
interface Look {
  /** Seconds from the address to the first row. */
  readonly firstRow: number;
  /** Milliseconds of the longest task while the rows are gone through; 0 where none is long. */
  readonly longestTask: number;
}

/** The page of a large Bill and a long list of Bills in the workbench, in a browser that has nothing of them yet. */
export const pages: Part = {
  name: 'pages',
  says: 'a Bill of 5,000 Line Items and a list of 1,000 Bills in a browser',
  async run({ isQuick, say }) {
    try {
      findBrowser();
    } catch (error) {
      say(`left out: ${(error as Error).message}`);
      return {};
    }
    const [bills, lines] = isQuick ? [150, 500] : [1000, 5000];
    const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: NONE });
    try {
      await fill(world, bills, lines);
      const found = await lookAt(world, await sights(world, bills, lines));
      for (const [name, { firstRow, longestTask }] of found)
        say(`${name}: first rows after ${firstRow.toFixed(2)} s, longest task ${longestTask} ms`);
      return { targets: [...found].flatMap(targetsOf) };
    } finally {
      await world.close();
    }
  },
};

const targetsOf = ([name, { firstRow, longestTask }]: [string, Look]): Target[] => [
  atMost(`${name}, first rows`, firstRow, FIRST_ROWS_S, 's'),
  atMost(`${name}, longest task while going through it`, longestTask, LONG_TASK_MS, 'ms'),
];

/** The agent brings the Bills into the org, the large one first. */
async function fill(world: World, bills: number, lines: number): Promise<void> {
  const agent = await BenchAgent.start(world);
  try {
    world.addBills(billsWith([lines, ...Array<number>(bills - 1).fill(OTHER_LINES)]));
    await agent.operations.sync({});
  } finally {
    await agent.stop();
  }
}

async function sights(world: World, bills: number, lines: number): Promise<Sight[]> {
  const [bill] = await world.query(`SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = '${makeBill(0, 0).id}'`);
  return [
    {
      name: `Bill page with ${lines} lines in the workbench`,
      path: `/lightning/r/Bill__c/${String(bill?.['Id'])}/view`,
      rows: 'c-line-item-table tbody tr',
      goThrough: (page) => scroll(page, WHEEL_TURNS),
    },
    {
      name: `List of ${bills} Bills in the workbench`,
      path: '/lightning/n/M3ter_Bills',
      rows: 'c-bill-list tbody tr',
      goThrough: (page) => leafThrough(page, bills),
    },
  ];
}

/** The best look at each by its name. */
async function lookAt(world: World, all: readonly Sight[]): Promise<Map<string, Look>> {
  const org = { ...world.org, onChange: () => () => undefined };
  const workbench = await startWorkbench({ port: 0, org, m3ter: world.m3ter, log: () => undefined });
  const browser = await launchBrowser();
  try {
    const found = new Map<string, Look>();
    for (const sight of all) {
      const looks: Look[] = [];
      for (let count = 0; count < LOOKS; count += 1) looks.push(await look(browser, workbench.url, sight));
      const firstRow = Math.min(...looks.map((one) => one.firstRow));
      found.set(sight.name, { firstRow, longestTask: Math.min(...looks.map((one) => one.longestTask)) });
    }
    return found;
  } finally {
    await browser.close();
    await workbench.close();
  }
}

async function look(browser: Browser, url: string, { path, rows, goThrough }: Sight): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, rows);
    await page.goto(url + path, { waitUntil: 'commit' });
    await page.locator(rows).first().waitFor();
    await goThrough(page);
    const { firstRow, tasks } = await page.evaluate(() => (globalThis as Watched).watched);
    const durations = tasks.filter(({ start }) => start >= firstRow).map(({ duration }) => duration);
    return { firstRow: firstRow / 1000, longestTask: Math.max(0, ...durations) };
  } finally {
    await context.close();
  }
}

type Watched = typeof globalThis & {
  /** Milliseconds since the page was asked for. */
  watched: { firstRow: number; tasks: Array<{ start: number; duration: number }> };
};

/** In the page, before its scripts: these change what finds elements. */
function watch(rows: string): void {
  const watched: Watched['watched'] = { firstRow: Infinity, tasks: [] };
  (globalThis as Watched).watched = watched;
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push({ start: startTime, duration });
  });
  observer.observe({ type: 'longtask', buffered: true });
  const find = Document.prototype.querySelector.bind(document);
  const waitForRow = (): void => {
    if (find(rows)) watched.firstRow = performance.now();
    else requestAnimationFrame(waitForRow);
  };
  waitForRow();
}

/** Turns the wheel, once a frame. */
async function scroll(page: Page, turns: number): Promise<void> {
  await page.mouse.move(640, 450);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Scrolls through each page of the list, to the last. */
async function leafThrough(page: Page, bills: number): Promise<void> {
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const range = new RegExp(`^${(offset + 1).toLocaleString('en-US')}–`);
    await page.locator('c-bill-list c-pager .range').filter({ hasText: range }).waitFor();
    await scroll(page, 5);
    if (offset + PAGE_SIZE >= bills) return;
    await page.locator('c-bill-list c-pager .next button').click();
  }
}
