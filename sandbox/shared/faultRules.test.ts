import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FaultRules, isFaultRule } from './faultRules.ts';
import type { FaultRule } from './faultRules.ts';

const REQUEST = { method: 'GET', path: '/services/data' };

/** Which of the next requests a rule hits. */
function hits(rule: FaultRule<string>, requests: number): boolean[] {
  const rules = new FaultRules<string>();
  rules.rules.push(rule);
  return Array.from({ length: requests }, () => rules.take(REQUEST, () => true) !== undefined);
}

describe('fault rules', () => {
  it('hit after so many that pass, and so often', () => {
    assert.deepEqual(hits({ match: {}, after: 2, times: 1, fault: 'x' }, 5), [false, false, true, false, false]);
  });

  it('hit with a chance, the same requests each time for the same seed', () => {
    const rule = (seed: string): FaultRule<string> => ({ match: {}, chance: 0.3, seed, fault: 'x' });
    const first = hits(rule('a'), 1000);
    assert.deepEqual(hits(rule('a'), 1000), first);
    assert.notDeepEqual(hits(rule('b'), 1000), first);
    const count = first.filter(Boolean).length;
    assert.ok(count > 250 && count < 350, `${count} of 1000 were hit`);
  });

  it('let the next rule try when they do not hit', () => {
    const rules = new FaultRules<string>();
    rules.rules.push({ match: {}, chance: 0, fault: 'never' }, { match: { method: 'get' }, fault: 'always' });
    assert.equal(rules.take(REQUEST, () => true)?.fault, 'always');
  });

  it('are told from what is none', () => {
    const good = { match: {}, fault: {} };
    const bad = [null, { fault: {} }, { ...good, chance: 2 }, { ...good, after: -1 }, { ...good, seed: 5 }];
    assert.deepEqual(
      [good, ...bad].map((rule) => isFaultRule(rule, () => true)),
      [true, ...bad.map(() => false)],
    );
  });
});
