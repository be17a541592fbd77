/** The second stage's script, kept until something that it is made from changes. */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AppScript } from './app.ts';
import { BROWSER_DIR, ROOT } from './plugins.ts';

/** What the script depends on beside the files of the workbench itself. */
export interface AppInputs {
  readonly sourceDirs: readonly string[];
  readonly prefix: string;
  readonly vendorUrl: string;
}

/** Scripts that are kept at the most, those used last: with and without a namespace, and of a few branches. */
const MOST = 8;
/** The versions of the compilers and of all that they use. */
const LOCK_FILE = path.join(ROOT, 'package-lock.json');
const WORKBENCH_DIR = path.join(BROWSER_DIR, '..');
const NO_TESTS = ['**/__tests__/**', '**/*.test.ts'];

/** The script that was kept of these very inputs, else the one that `build` makes. */
export async function keptApp(
  cacheDir: string,
  inputs: AppInputs,
  build: () => Promise<AppScript>,
): Promise<AppScript> {
  const file = path.join(cacheDir, `app-${fingerprint(inputs)}.json`);
  const kept = read(file);
  if (kept) return kept;
  const script = await build();
  keep(file, script);
  return script;
}

function fingerprint({ sourceDirs, prefix, vendorUrl }: AppInputs): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, prefix, vendorUrl]));
  hash.update(readFileSync(LOCK_FILE));
  for (const dir of [...sourceDirs, WORKBENCH_DIR]) {
    const files = globSync('**/*.*', { cwd: dir, exclude: NO_TESTS }).toSorted();
    for (const file of files) hash.update(`\n${file}\n`).update(contentOf(path.join(dir, file)));
  }
  return hash.digest('hex').slice(0, 24);
}

function contentOf(file: string): Buffer {
  return statSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0);
}

function read(file: string): AppScript | undefined {
  try {
    const script = JSON.parse(readFileSync(file, 'utf8')) as AppScript;
    const now = new Date();
    utimesSync(file, now, now);
    return script;
  } catch {
    return undefined;
  }
}

/** Only a whole file gets its final name. */
function keep(file: string, script: AppScript): void {
  const folder = path.dirname(file);
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(draft, JSON.stringify(script));
  renameSync(draft, file);
  for (const old of newestFirst(folder).slice(MOST)) rmSync(old, { force: true });
}

/** Kept scripts, and drafts that a process left when it was killed. Another process may be tidying too. */
function newestFirst(folder: string): string[] {
  return globSync('app-*.json*', { cwd: folder })
    .map((name) => path.join(folder, name))
    .map((name) => ({ name, time: statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.time - a.time)
    .map(({ name }) => name);
}
