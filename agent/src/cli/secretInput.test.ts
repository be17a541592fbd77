import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Given } from './command.ts';
import { readSecret } from './secretInput.ts';
import { textSource } from './testContext.ts';
import { UsageError } from './usageError.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-secret-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function given(flags: Readonly<Record<string, string>> = {}): Given {
  return { words: () => [], word: () => '', flag: (name) => flags[name], isSet: (name) => name in flags };
}

function file(name: string, mode: number): string {
  const full = path.join(folder, name);
  writeFileSync(full, 'of the file\n');
  chmodSync(full, mode);
  return full;
}

const WANTED = { what: 'client secret', command: 'credential rotate' };
const silent = { write: () => undefined };

describe('a secret', () => {
  it('comes from stdin, without the line end', async () => {
    const text = await readSecret(given(), WANTED, { stdin: textSource('hush\n'), terminal: silent });
    assert.equal(text, 'hush');
  });

  it('comes from a file that only its owner can read', async () => {
    const flags = given({ 'secret-file': file('good', 0o600) });
    assert.equal(await readSecret(flags, WANTED, { stdin: textSource(''), terminal: silent }), 'of the file');
  });

  it('is refused from a file that others can read', async () => {
    const flags = given({ 'secret-file': file('open', 0o644) });
    const reading = readSecret(flags, WANTED, { stdin: textSource(''), terminal: silent });
    await assert.rejects(reading, (error: Error) => error instanceof UsageError && /chmod 600/.test(error.message));
  });

  it('is missed when stdin is empty', async () => {
    const reading = readSecret(given(), WANTED, { stdin: textSource(''), terminal: silent });
    await assert.rejects(reading, (error: UsageError) => {
      assert.match(error.message, /no client secret on stdin\. .*--secret-file/);
      assert.equal(error.next, 'm3ter-bills help credential rotate');
      return true;
    });
  });

  it('is asked for on a terminal, without showing what is typed', async () => {
    const written: string[] = [];
    const raw: boolean[] = [];
    const stdin = { ...textSource('hush\rmore', true), setRawMode: (isRaw: boolean) => raw.push(isRaw) };
    const terminal = { isTTY: true, write: (text: string) => written.push(text) };
    assert.match(await readSecret(given(), WANTED, { stdin, terminal }), /^hush/);
    assert.deepEqual(raw, [true, false]);
    assert.match(written.join(''), /^Client secret \(not shown/);
    assert.doesNotMatch(written.join(''), /hush/);
  });

  it('cannot be as long as a wrong file', async () => {
    const stdin = textSource('x'.repeat(70_000));
    await assert.rejects(readSecret(given(), WANTED, { stdin, terminal: silent }), /too long/);
  });
});
