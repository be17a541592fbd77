import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorCode, sentence } from './errors.ts';
import { M3terAuthenticationError, M3terUnavailableError } from './m3ter/errors.ts';
import { SalesforceError } from './salesforce/errors.ts';

describe('the code of an error', () => {
  it('is its own, else made of its name', () => {
    assert.equal(errorCode(new SalesforceError('ERROR_HTTP_503', '', 'transient')), 'ERROR_HTTP_503');
    assert.equal(errorCode(new M3terAuthenticationError('')), 'M3TER_AUTHENTICATION');
    assert.equal(errorCode(new M3terUnavailableError('')), 'M3TER_UNAVAILABLE');
  });

  it('is unknown for what tells nothing', () => {
    for (const thrown of [new Error('?'), new TypeError('x is undefined'), 'text', undefined])
      assert.equal(errorCode(thrown), 'UNKNOWN');
  });
});

it('a text becomes a sentence with one full stop', () => {
  assert.equal(sentence('TotalRequests Limit exceeded.'), 'TotalRequests Limit exceeded.');
  assert.equal(sentence('invalid client '), 'invalid client.');
});
