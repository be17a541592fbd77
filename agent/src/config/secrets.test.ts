import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPrivate } from './secrets.ts';

const [root, self, other] = [0, 1000, 1001];

describe('a file that holds a secret', () => {
  const cases: Array<[string, number, number, number | undefined, boolean]> = [
    ['its owner alone reads', 0o600, self, self, true],
    ['its group reads', 0o640, self, self, false],
    ['everybody reads', 0o644, self, self, false],
    ['everybody writes', 0o602, self, self, false],
    ['root hands to the group of the process', 0o440, root, self, true],
    ['root lets the group write', 0o460, root, self, false],
    ['root lets everybody read', 0o444, root, self, false],
    ['root shares with its group while the process is root', 0o440, root, root, false],
    ['another user shares with the group', 0o440, other, self, false],
    ['lies where there are no user ids', 0o666, 0, undefined, true],
  ];
  for (const [what, mode, uid, ownUid, expected] of cases) {
    it(`that ${what} is ${expected ? 'taken' : 'refused'}`, () => {
      assert.equal(isPrivate({ mode: 0o100000 | mode, uid }, ownUid), expected);
    });
  }
});
