import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProgressLine, progressText } from './progress.ts';

function line(isTTY: boolean) {
  const written: string[] = [];
  let at = 0;
  const progress = new ProgressLine({ isTTY, write: (text) => written.push(text) }, () => new Date(at));
  return { written, progress, after: (milliseconds: number) => (at = milliseconds) };
}

describe('progress', () => {
  it('tells count, rate and the time left', () => {
    assert.equal(progressText({ what: 'Bills', done: 300, total: 900 }, 10), 'Bills: 300 of 900, 30/s, 20 s left');
    assert.equal(progressText({ what: 'Bills', done: 5 }, 10), 'Bills: 5, 0.5/s');
    assert.equal(progressText({ what: 'Bills', done: 0, total: 9 }, 10), 'Bills: 0 of 9');
  });

  it('shows on a terminal from the third second on, and is taken away in the end', () => {
    const { written, progress, after } = line(true);
    progress.show({ what: 'Bills', done: 1 });
    assert.deepEqual(written, []);
    after(3000);
    progress.show({ what: 'Bills', done: 6 });
    assert.equal(written.length, 1);
    assert.match(written[0] ?? '', /Bills: 6, 2\.0\/s$/);
    after(3050);
    progress.show({ what: 'Bills', done: 7 });
    assert.equal(written.length, 1);
    progress.clear();
    assert.equal(written.at(-1), '\r\u001b[K');
  });

  it('shows nothing where nobody looks', () => {
    const { written, progress, after } = line(false);
    after(3000);
    progress.show({ what: 'Bills', done: 6 });
    progress.clear();
    assert.deepEqual(written, []);
  });
});
