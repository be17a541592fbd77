import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSecret } from './secret.ts';

describe('a secret', () => {
  it('is the same text or not, whatever the lengths', () => {
    assert.equal(isSecret('abc', 'abc'), true);
    for (const text of ['', 'ab', 'abcd', 'abd']) assert.equal(isSecret(text, 'abc'), false);
  });
});
