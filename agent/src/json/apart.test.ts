import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { apart } from './apart.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes that are kept with one id of each of a hundred long texts. */
function kept(keep: (id: string) => string): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const ids = Array.from({ length: 100 }, (_, n) => {
    const text = String(n).padEnd(100_000, 'x');
    return keep(text.slice(500, 600));
  });
  collectGarbage();
  const after = process.memoryUsage().heapUsed;
  assert.equal(ids.length, 100);
  return (after - before) / 1e6;
}

describe('a text apart', () => {
  it('is the same text, whatever is in it', () => {
    for (const text of ['', 'id-1', 'é "quoted"\n', '\u{1F4A1} and half of it: \ud83d'])
      assert.equal(apart(text), text);
  });

  it('does not keep what it was cut from', () => {
    assert.ok(kept((id) => id) > 5);
    assert.ok(kept(apart) < 1);
  });
});
