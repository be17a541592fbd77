import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { extendStreak, NO_ERRORS, SUCCESSIVE_ERROR_LIMIT, type StreakOutcome } from './autoDisable.ts';

const error = (evidence = 'e', isNew = true): StreakOutcome => ({ kind: 'error', isNew, evidence });
const sent: StreakOutcome = { kind: 'sent' };
const neutral: StreakOutcome = { kind: 'neutral' };
const errors = (count: number): StreakOutcome[] => Array.from({ length: count }, (_, n) => error(`e${n}`));

describe('the count of successive errors', () => {
  it('disables at the tenth, and keeps its evidence', () => {
    assert.equal(extendStreak(NO_ERRORS, errors(9)).disabledAt, undefined);
    const { streak, disabledAt } = extendStreak(NO_ERRORS, errors(11));
    assert.equal(disabledAt, 9);
    assert.deepEqual([streak.count, streak.evidence.at(0), streak.evidence.at(-1)], [10, 'e0', 'e9']);
  });

  it('goes on where the last batch ended', () => {
    const { streak } = extendStreak(NO_ERRORS, errors(6));
    assert.equal(extendStreak(streak, errors(4)).disabledAt, 3);
  });

  it('begins anew with a Bill that was sent', () => {
    const { streak, disabledAt } = extendStreak(NO_ERRORS, [...errors(9), sent, ...errors(9)]);
    assert.deepEqual([streak.count, disabledAt], [9, undefined]);
  });

  it('leaves out the same Event written again, and Bills that were skipped or wait for a retry', () => {
    const { streak } = extendStreak(NO_ERRORS, [error(), error('e', false), neutral, error()]);
    assert.equal(streak.count, 2);
  });

  it('is the number of new errors after the last success, up to the limit, however the outcomes are cut in batches', () => {
    const outcome = fc.constantFrom<StreakOutcome>(error(), error('again', false), sent, neutral);
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), fc.nat(40), (outcomes, cut) => {
        const whole = extendStreak(NO_ERRORS, outcomes);
        const first = extendStreak(NO_ERRORS, outcomes.slice(0, cut));
        if (first.disabledAt === undefined) {
          const { streak, disabledAt } = extendStreak(first.streak, outcomes.slice(cut));
          assert.deepEqual(streak, whole.streak);
          assert.equal(
            disabledAt === undefined ? undefined : disabledAt + Math.min(cut, outcomes.length),
            whole.disabledAt,
          );
        } else assert.deepEqual(first, whole);
        assert.equal(whole.disabledAt !== undefined, whole.streak.count >= SUCCESSIVE_ERROR_LIMIT);
      }),
    );
  });
});
