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

/** Where an empty store that several processes copy is found. */
export const SHARED_STORE = 'TEST_EMPTY_STORE';

let template: Promise<string> | undefined;
const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The URL of an empty store. Its files go when the process ends. */
export async function freshStoreUrl(kind: StoreKind): Promise<string> {
  if (kind === 'postgres') return freshDatabase();
  const folder = freshFolder();
  await copyEmptyStore(folder);
  return `pglite://${folder}`;
}

/** Copies a store in which nothing has happened: making one takes seconds, copying it does not. */
export async function copyEmptyStore(folder: string): Promise<void> {
  template ??= Promise.resolve(process.env[SHARED_STORE] ?? makeEmptyStore());
  cpSync(await template, folder, { recursive: true });
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

/** The folder of a new store in which the queue was started once. Its files go when the process ends. */
export async function makeEmptyStore(): Promise<string> {
  const folder = freshFolder();
  const store = await openTestStore(`pglite://${folder}`);
  await store.queue.start();
  await store.close();
  return folder;
}
