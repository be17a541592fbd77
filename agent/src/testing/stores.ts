import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStore } from '../store/openStore.ts';
import type { QueueSettings } from '../store/queue/settings.ts';
import type { Store } from '../store/types.ts';
import { freshDatabase } from './postgres.ts';
import { testRuntime, type TestRuntime } from './testRuntime.ts';

/** What one suite of tests runs on, one after the other. */
export const STORE_KINDS = ['pglite', 'postgres'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** As short as pg-boss allows. */
export const FAST_QUEUE: Partial<QueueSettings> = {
  heartbeatSeconds: 10,
  pollingSeconds: 0.5,
  retryDelaySeconds: 1,
  scanRetryDelaySeconds: 1,
};

/** Making a PGlite folder takes seconds, copying one does not. */
let template: Promise<string> | undefined;
const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The URL of an empty store. Its files go when the process ends. */
export async function freshStoreUrl(kind: StoreKind): Promise<string> {
  if (kind === 'postgres') return freshDatabase();
  template ??= makeTemplate();
  const folder = freshFolder();
  cpSync(await template, folder, { recursive: true });
  return `pglite://${folder}`;
}

/** Opens a store with a short-winded queue. */
export function openTestStore(
  url: string,
  runtime: TestRuntime = testRuntime(),
  queue: Partial<QueueSettings> = {},
): Promise<Store> {
  return openStore(url, { runtime, queue: { ...FAST_QUEUE, ...queue } });
}

function freshFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-store-'));
  folders.push(folder);
  return folder;
}

async function makeTemplate(): Promise<string> {
  const folder = freshFolder();
  const store = await openTestStore(`pglite://${folder}`);
  await store.queue.start();
  await store.close();
  return folder;
}
