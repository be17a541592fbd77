/**
 * Writes screenshots of every page from a fresh sandbox that has worked for a while: 1280 px wide as NAME.png and 320 px
 * as NAME-320.png, or NAME-LOOK.png and NAME-LOOK-320.png.
 *
 * Usage: node scripts/screenshots.ts [--data DIR] [--out DIR] [--only NAME ...] [--width PIXELS ...]
 *          [--look dark|contrast|large|rtl ...] [--whole]
 *
 * A picture shows what a window does; with --whole, the whole page.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { ended, spawnAgent } from '../sandbox/run/agentProcess.ts';
import { ROOT, startSystem } from '../sandbox/run/system.ts';
import type { LocalSystem } from '../sandbox/run/system.ts';
import { startWorkbench } from '../sandbox/workbench/server.ts';
import { launchBrowser } from './browser.ts';
import { makeHistory } from './screenshots/history.ts';
import { LOOKS, openPage } from './screenshots/looks.ts';
import { shotsOf } from './screenshots/shots.ts';
import type { Shot } from './screenshots/shots.ts';

const WIDE = 1280;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: path.join(ROOT, '.sandbox/screenshots') },
    only: { type: 'string', multiple: true },
    width: { type: 'string', multiple: true, default: [String(WIDE), '320'] },
    look: { type: 'string', multiple: true, default: ['plain'] },
    whole: { type: 'boolean', default: false },
  },
});

async function take(browser: Browser, url: string, shot: Shot, lookName: string, width: number): Promise<void> {
  const look = LOOKS[lookName];
  if (!look) throw new Error(`There is no look ${lookName}. Take one of ${Object.keys(LOOKS).join(', ')}.`);
  const page = await openPage(browser, url, shot, look, width);
  await page.locator(shot.ready).first().waitFor();
  await shot.act?.(page, look.say);
  const parts = [shot.name, lookName === 'plain' ? '' : lookName, width === WIDE ? '' : String(width)];
  const file = `${parts.filter(Boolean).join('-')}.png`;
  await page.screenshot({ path: path.join(values.out, file), fullPage: values.whole });
  await page.context().close();
}

async function takeAll(system: LocalSystem): Promise<void> {
  const workbench = await startWorkbench({ port: 0, org: system.org, m3ter: system.m3ter });
  const browser = await launchBrowser();
  try {
    const shots = await shotsOf(system);
    for (const shot of shots.filter(({ name }) => values.only?.includes(name) ?? true)) {
      for (const look of values.look) {
        for (const width of values.width) await take(browser, workbench.url, shot, look, Number(width));
      }
    }
  } finally {
    await browser.close();
    await workbench.close();
  }
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
  // Pages tell whether an agent runs, and ask it.
  const agent = spawnAgent(system, ['start'], 'ignore', { HTTP_PORT: '0' });
  const agentEnded = ended(agent);
  try {
    await makeHistory(system);
    await takeAll(system);
  } finally {
    agent.kill('SIGTERM');
    await agentEnded;
  }
  console.log(`Screenshots are in ${path.relative(process.cwd(), values.out)}`);
} finally {
  await system.close();
  rmSync(stateDir, { recursive: true });
}
