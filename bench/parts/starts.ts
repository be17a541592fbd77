import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../../sandbox/run/system.ts';
import { freePorts } from '../../e2e/sandbox/freePorts.ts';
import { accountsFor, billsWith } from '../data/bills.ts';
import { atMost } from '../report/result.ts';
import { BenchAgent } from '../run/agent.ts';
import { NONE } from '../run/latency.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

const LOOK_MS = 20;
const STARTS = 3;
/** Of the workbench, local m3ter, local org and agent. */
const PORTS = 4;
/** What the sandbox keeps of the base components it built. */
const CACHE = path.join(ROOT, '.sandbox/workbench');

/** How long starts take: the agent on existing state, and `npm start` to a page. */
export const starts: Part = {
  name: 'starts',
  says: 'the agent on existing state, and npm start to a page',
  async run({ say }) {
    const agent = await agentStart();
    say(`agent: ready after ${agent.toFixed(2)} s`);
    const first = await withoutCache(() => pageStart());
    say(`npm start, base components built: a page after ${first.toFixed(1)} s`);
    const state = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-bench-start-'));
    try {
      await pageStart(state);
      const later = await pageStart(state);
      say(`npm start, later: a page after ${later.toFixed(1)} s`);
      return {
        targets: [
          atMost('Agent start to ready, existing state', agent, 1.5, 's'),
          atMost('npm start from installed to a working page, first start', first, 20, 's'),
          atMost('npm start from installed to a working page, later', later, 4, 's'),
        ],
      };
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  },
};

/** Seconds until an agent that has sent Bills before is ready; the best of a few. */
async function agentStart(): Promise<number> {
  const world = await World.start({ accounts: accountsFor(100), hasM3ter: true, latency: NONE });
  try {
    world.addBills(billsWith(Array<number>(100).fill(5)));
    const before = await BenchAgent.start(world);
    await before.operations.sync({});
    await before.stop();
    let best = Infinity;
    for (let start = 0; start < STARTS; start += 1) {
      const started = performance.now();
      const agent = await BenchAgent.start(world);
      while (!(await isReady(`${agent.url}/health/ready`))) await delay(LOOK_MS);
      best = Math.min(best, (performance.now() - started) / 1000);
      await agent.stop();
    }
    return best;
  } finally {
    await world.close();
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Seconds from `npm start` to a page with its components. */
async function pageStart(state?: string): Promise<number> {
  const folder = state ?? mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-bench-start-'));
  const port = await freePorts(PORTS);
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      path.join(ROOT, 'sandbox/start.ts'),
      '--port',
      String(port),
      '--state',
      folder,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: ROOT },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');
  try {
    while (!(await isReady(`http://127.0.0.1:${port}/`))) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}: ${said}`);
      await delay(LOOK_MS);
    }
    return (performance.now() - started) / 1000;
  } finally {
    child.kill('SIGTERM');
    await ended;
    if (state === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** As on a machine where nothing was built yet; what was there before is put back. */
async function withoutCache<T>(work: () => Promise<T>): Promise<T> {
  const aside = `${CACHE}-aside`;
  if (existsSync(CACHE)) renameSync(CACHE, aside);
  try {
    return await work();
  } finally {
    if (existsSync(aside)) {
      cpSync(aside, CACHE, { recursive: true });
      rmSync(aside, { recursive: true });
    }
  }
}
