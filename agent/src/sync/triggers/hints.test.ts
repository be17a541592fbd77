import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hints } from './hints.ts';

const at = (ms: number): Date => new Date(1_800_000_000_000 + ms);

describe('hints', () => {
  it('become one batch when their window is over, each Bill once', () => {
    const hints = new Hints(2000, 10);
    hints.add(['a', 'b'], 'webhook', at(0));
    hints.add(['b', 'c'], 'events', at(1500));
    assert.equal(hints.dueIn(at(1500)), 500);
    assert.equal(hints.dueIn(at(2000)), 0);
    assert.deepEqual(hints.take(), ['a', 'b', 'c']);
    assert.equal(hints.dueIn(at(2000)), undefined);
  });

  it('are refused as a whole when there is no room, and what is kept stays', () => {
    const hints = new Hints(2000, 2);
    assert.equal(hints.add(['a'], 'webhook', at(0)), 'accepted');
    assert.equal(hints.add(['b', 'c'], 'webhook', at(1)), 'full');
    assert.equal(hints.add(['a', 'b'], 'webhook', at(2)), 'accepted');
    assert.deepEqual(hints.take(), ['a', 'b']);
  });

  it('are due again after they were put back', () => {
    const hints = new Hints(2000, 2);
    hints.add(['a'], 'webhook', at(0));
    hints.putBack(hints.take(), at(5000));
    assert.equal(hints.dueIn(at(5000)), 2000);
    assert.deepEqual(hints.take(), ['a']);
  });

  it('are not late when the clock is set back', () => {
    const hints = new Hints(2000, 2);
    hints.add(['a'], 'webhook', at(3_600_000));
    assert.equal(hints.dueIn(at(0)), 2000);
  });

  it('of no Bill make no batch', () => {
    const hints = new Hints(2000, 2);
    assert.equal(hints.add([], 'webhook', at(0)), 'accepted');
    assert.equal(hints.dueIn(at(0)), undefined);
  });
});
