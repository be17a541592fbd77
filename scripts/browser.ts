/** Finds a Chromium for the browser tests and the screenshots, and starts it. */
import { spawnSync } from 'node:child_process';
import type { SpawnSyncOptions } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const WINDOWS_APPS = [
  'Google/Chrome/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
  'Chromium/Application/chrome.exe',
];

/** What the search for a browser depends on; tests pass their own. */
export interface BrowserSearch {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  home: string;
  isRoot: boolean;
  exists: (file: string) => boolean;
  /** Files that match a pattern, newest name last. */
  glob: (pattern: string) => string[];
  /** Installs Debian packages; whether it worked. */
  aptInstall: (packages: string[]) => boolean;
}

/**
 * The path of a browser: CHROMIUM_PATH; else an installed Chrome, Chromium or Edge; else Playwright's own download;
 * else, as root on Debian, Chromium out of its packages. Throws an error that says what to do when there is none.
 */
export function findBrowser(search: BrowserSearch = thisMachine()): string {
  const named = search.env['CHROMIUM_PATH'];
  if (named) {
    if (search.exists(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it, or unset it.`);
  }
  const found = installed(search) ?? downloaded(search);
  if (found !== undefined) return found;
  if (search.isRoot && search.exists('/usr/bin/apt-get') && search.aptInstall(['chromium', 'fonts-liberation'])) {
    const fresh = installed(search);
    if (fresh !== undefined) return fresh;
  }
  throw new Error(
    'No browser found. Do one of these: install Chrome, Chromium or Edge; run "npx playwright-core install chromium"; ' +
      'on Debian or Ubuntu run "sudo apt-get install chromium"; or set CHROMIUM_PATH to the browser\'s path.',
  );
}

function installed({ env, platform, exists }: BrowserSearch): string | undefined {
  if (platform === 'darwin') return MAC_APPS.find(exists);
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (dir) => dir !== undefined,
    );
    return folders.flatMap((dir) => WINDOWS_APPS.map((app) => path.join(dir, app))).find(exists);
  }
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((dir) => dir !== '');
  return COMMANDS.flatMap((command) => folders.map((dir) => path.join(dir, command))).find(exists);
}

function downloaded({ env, platform, home, glob }: BrowserSearch): string | undefined {
  const cache: Partial<Record<NodeJS.Platform, string>> = {
    darwin: path.join(home, 'Library/Caches/ms-playwright'),
    win32: path.join(env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  };
  const dir = env['PLAYWRIGHT_BROWSERS_PATH'] ?? cache[platform] ?? path.join(home, '.cache/ms-playwright');
  const names = ['chrome', 'chrome.exe', 'Chromium', 'Google Chrome for Testing'];
  return names.flatMap((name) => glob(path.join(dir, 'chromium-*', '**', name))).at(-1);
}

function aptInstall(packages: string[]): boolean {
  console.error(`No browser found: installing ${packages.join(' and ')} with apt-get ...`);
  const options: SpawnSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  return spawnSync('apt-get', ['install', '-y', '-qq', ...packages], options).status === 0;
}

function thisMachine(): BrowserSearch {
  return {
    env: process.env,
    platform: process.platform,
    home: os.homedir(),
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    glob: (pattern) => globSync(pattern).sort(),
    aptInstall,
  };
}

/** Starts the browser that `findBrowser` finds, without its traffic of its own. */
export function launchBrowser(): Promise<Browser> {
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  // Chromium refuses to run as root inside its sandbox, as in a container.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath: findBrowser(), args });
}
