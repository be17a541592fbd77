import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pace } from './pace.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);

function paced(calls: number, pace = new Pace(10)): Pace {
  for (let call = 0; call < calls; call += 1) pace.noteAnswer(at(call), at(call + 1));
  return pace;
}

describe('the pace of calls to an org', () => {
  it('begins with four lanes and grows by one with each call that works, up to the most', () => {
    assert.deepEqual(
      [0, 1, 3, 6, 60].map((calls) => paced(calls).lanes),
      [4, 5, 7, 10, 10],
    );
    assert.equal(new Pace(2).lanes, 2);
    assert.equal(paced(60, new Pace(2)).lanes, 2);
  });

  it('halves lanes and Bills of a call on trouble, down to the fewest', () => {
    const pace = paced(6);
    pace.noteTrouble(at(10), at(11));
    assert.deepEqual([pace.lanes, pace.billsPerCall], [5, 40]);
    for (let call = 0; call < 9; call += 1) pace.noteTrouble(at(20 + call), at(20 + call));
    assert.deepEqual([pace.lanes, pace.billsPerCall], [1, 5]);
  });

  it('counts the trouble of calls that ran side by side once', () => {
    const pace = paced(4);
    for (const started of [10, 10.1, 10.2, 10.3]) pace.noteTrouble(at(started), at(12));
    assert.equal(pace.lanes, 4);
    pace.noteTrouble(at(12), at(13));
    assert.equal(pace.lanes, 2);
  });

  it('takes note of trouble though the clock was set back', () => {
    const pace = paced(4);
    pace.noteTrouble(at(3600), at(3601));
    pace.noteTrouble(at(10), at(11));
    assert.equal(pace.lanes, 2);
  });

  it('grows by one lane for a round of calls after trouble, and lets calls become larger again', () => {
    const pace = paced(4);
    pace.noteTrouble(at(10), at(11));
    const lanes = [];
    for (let call = 0; call < 9; call += 1) {
      pace.noteAnswer(at(20 + call), at(21 + call));
      lanes.push(pace.lanes);
    }
    assert.deepEqual(lanes, [4, 4, 4, 5, 5, 5, 5, 5, 6]);
    assert.equal(pace.billsPerCall, 80);
  });

  it('takes a slow answer for trouble', () => {
    const pace = paced(6);
    pace.noteAnswer(at(10), at(26));
    assert.deepEqual([pace.lanes, pace.billsPerCall], [5, 40]);
  });
});
