import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBrowser } from '../../scripts/browser.ts';
import type { BrowserSearch } from '../../scripts/browser.ts';

const machine = (files: string[], more: Partial<BrowserSearch> = {}): BrowserSearch => ({
  env: { PATH: '/usr/local/bin:/usr/bin' },
  platform: 'linux',
  home: '/home/me',
  isRoot: false,
  exists: (file) => files.includes(file),
  glob: () => [],
  aptInstall: () => false,
  ...more,
});

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before anything else', () => {
    const env = { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/mine' };
    assert.equal(findBrowser(machine(['/opt/mine', '/usr/bin/chromium'], { env })), '/opt/mine');
  });

  it('refuses a CHROMIUM_PATH that does not exist, by name', () => {
    assert.throws(() => findBrowser(machine([], { env: { CHROMIUM_PATH: '/opt/gone' } })), /\/opt\/gone/);
  });

  it('finds an installed browser on Linux, macOS and Windows', () => {
    assert.equal(findBrowser(machine(['/usr/bin/google-chrome'])), '/usr/bin/google-chrome');
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    assert.equal(findBrowser(machine([edge], { platform: 'darwin' })), edge);
    const chrome = '/programs/Google/Chrome/Application/chrome.exe';
    assert.equal(findBrowser(machine([chrome], { platform: 'win32', env: { PROGRAMFILES: '/programs' } })), chrome);
  });

  it("takes the newest of Playwright's own downloads when none is installed", () => {
    const glob = (pattern: string): string[] =>
      pattern === '/home/me/.cache/ms-playwright/chromium-*/**/chrome'
        ? ['/a/chromium-1/chrome', '/a/chromium-2/chrome']
        : [];
    assert.equal(findBrowser(machine([], { glob })), '/a/chromium-2/chrome');
  });

  it('installs Chromium as root on Debian when there is no other', () => {
    const files = ['/usr/bin/apt-get'];
    const aptInstall = (packages: string[]): boolean => {
      files.push(`/usr/bin/${packages[0]}`);
      return true;
    };
    assert.equal(findBrowser(machine(files, { isRoot: true, aptInstall })), '/usr/bin/chromium');
  });

  it('says what to do when there is none and it may not install one', () => {
    assert.throws(() => findBrowser(machine(['/usr/bin/apt-get'])), /apt-get install chromium.*CHROMIUM_PATH/);
  });
});
