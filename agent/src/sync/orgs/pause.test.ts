import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { M3terUnavailableError } from '../../m3ter/errors.ts';
import { SalesforceAuthenticationError, SalesforceLimitError } from '../../salesforce/errors.ts';
import { troubleOf, type Trouble } from '../failure.ts';
import { Pause } from './pause.ts';

const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1000);
const trouble = (error: Error): Trouble => {
  const found = troubleOf(error);
  assert.ok(found);
  return found;
};
const away = trouble(new M3terUnavailableError('away'));
const refused = trouble(new SalesforceAuthenticationError('refused'));

describe('a pause', () => {
  it('lasts longer each time until something works', () => {
    const pause = new Pause();
    const waits: number[] = [];
    for (let now = 0; waits.length < 8; now += (waits.at(-1) ?? 0) / 1000) {
      pause.begin(away, at(now));
      waits.push(pause.remaining(at(now)));
    }
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    assert.equal(pause.finish(), away);
    assert.equal(pause.remaining(at(0)), 0);
    pause.begin(away, at(1000));
    assert.equal(pause.remaining(at(1000)), 1000);
  });

  it('does not grow by calls that fail together', () => {
    const pause = new Pause();
    assert.equal(pause.begin(away, at(0)), true);
    assert.equal(pause.begin(away, at(0)), false);
    assert.equal(pause.remaining(at(0)), 1000);
  });

  it('takes the time that the other side asked for', () => {
    const pause = new Pause();
    pause.begin(trouble(new SalesforceLimitError('API_BUDGET', 'used up', { retryAfter: 90_000 })), at(0));
    assert.equal(pause.remaining(at(0)), 90_000);
  });

  it('tells the trouble until something works, also while somebody tries again', () => {
    const pause = new Pause();
    pause.begin(refused, at(0));
    assert.equal(pause.remaining(at(3600)), 0);
    assert.equal(pause.reason, refused);
    assert.equal(pause.finish(), refused);
    assert.equal(pause.finish(), undefined);
  });

  it('does not get longer when the clock is set back', () => {
    const pause = new Pause();
    pause.begin(away, at(3600));
    assert.equal(pause.remaining(at(0)), 1000);
  });

  it('is news when the trouble is another one', () => {
    const pause = new Pause();
    pause.begin(away, at(0));
    assert.equal(pause.begin(refused, at(0)), true);
    assert.equal(pause.remaining(at(0)), 15_000);
  });
});
