import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify, isGone, SalesforceLimitError } from './errors.ts';

describe('the class of an error of Salesforce', () => {
  const table: Array<[string, string, string]> = [
    ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', 'transient'],
    ['ERROR_HTTP_503', '<html>', 'transient'],
    ['INVALID_SESSION_ID', 'Session expired', 'auth'],
    ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'limit'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'STALE_VERSION: a newer one is there', 'superseded'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', "the subscriber's own rule", 'badData'],
    ['STRING_TOO_LONG', '', 'badData'],
    ['A_CODE_THAT_NOBODY_KNOWS', '', 'badData'],
    ['API_DISABLED_FOR_ORG', '', 'setup'],
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', '', 'derived'],
    ['PROCESSING_HALTED', '', 'derived'],
  ];
  for (const [code, message, expected] of table) {
    it(`is ${expected} for ${code} ${message}`, () => assert.equal(classify(code, message), expected));
  }

  it('knows the codes of a row that is gone', () => {
    assert.ok(isGone('ENTITY_IS_DELETED'));
    assert.ok(!isGone('UNABLE_TO_LOCK_ROW'));
  });

  it('tells a used-up day from too many calls at once', () => {
    assert.ok(!new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.').isConcurrency);
    assert.ok(new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit').isConcurrency);
    assert.ok(new SalesforceLimitError('ERROR_HTTP_429', '').isConcurrency);
  });
});
