import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readSettings, stateFolder, UsageError } from '../../sandbox/run/settings.ts';
import { freePorts } from './freePorts.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Of the workbench, local m3ter, local org and agent. */
const PORTS = 4;

const output = (child: ChildProcess, text: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let seen = '';
    const take = (chunk: Buffer): void => {
      seen += chunk.toString();
      if (text.test(seen)) resolve(seen);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before ${text}: ${seen}`)));
  });

const start = (port: number, state: string): ChildProcess =>
  spawn(process.execPath, ['sandbox/start.ts', '--state', state, '--port', String(port)], { cwd: ROOT });

const exit = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

describe('npm start', () => {
  const running: ChildProcess[] = [];
  const state = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-start-'));
  after(() => {
    running.forEach((child) => child.kill('SIGKILL'));
    rmSync(state, { recursive: true, force: true });
  });

  it('serves the pages, names three things to try, refuses a second start on its port and stops on Ctrl-C', async () => {
    const port = await freePorts(PORTS);
    const first = start(port, path.join(state, 'first'));
    running.push(first);
    const welcome = await output(first, /Ctrl-C stops everything/);
    assert.match(welcome, /Three things to try/);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html/);

    const second = start(port, path.join(state, 'second'));
    running.push(second);
    const refusal = output(second, new RegExp(`${port + 1}.*(in use|busy)`, 'i'));
    assert.match(await refusal, /--port/);
    assert.notEqual(await exit(second), 0);

    const ended = exit(first);
    first.kill('SIGINT');
    assert.equal(await ended, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  });
});

describe('the options of the sandbox', () => {
  it('keeps the state of each data set in a folder of its own', () => {
    assert.equal(stateFolder('/p', undefined), path.join('/p', '.sandbox', 'demo'));
    assert.notEqual(stateFolder('/p', '/a/set'), stateFolder('/p', '/b/set'));
  });

  it('refuses a port that is none', () => {
    assert.throws(() => readSettings(['--port', '99999']), UsageError);
    assert.throws(() => readSettings(['--port', 'x']), /--port x is not a port/);
  });

  it('refuses an unknown option by name', () => {
    assert.throws(() => readSettings(['--prot', '1']), /--prot/);
  });
});
