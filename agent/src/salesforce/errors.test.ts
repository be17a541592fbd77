import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify, isGone, SalesforceLimitError } from './errors.ts';

describe('the class of an error of Salesforce', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    transient: [
      'UNABLE_TO_LOCK_ROW',
      'DUPLICATE_VALUE',
      'SERVER_UNAVAILABLE',
      'UNKNOWN_EXCEPTION',
      'ERROR_HTTP_502',
      'ERROR_HTTP_503',
      'ERROR_HTTP_504',
      'NETWORK',
      'TIMEOUT',
    ],
    auth: ['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER', 'ERROR_HTTP_401'],
    limit: ['REQUEST_LIMIT_EXCEEDED', 'ERROR_HTTP_420', 'ERROR_HTTP_429', 'API_BUDGET'],
    badData: [
      'REQUIRED_FIELD_MISSING',
      'STRING_TOO_LONG',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'MALFORMED_ID',
      'INVALID_FIELD',
      'INVALID_CROSS_REFERENCE_KEY',
      'DUPLICATES_DETECTED',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'ENTITY_IS_LOCKED',
      'ENTITY_IS_DELETED',
      'A_CODE_THAT_NOBODY_KNOWS',
    ],
    setup: [
      'INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'INVALID_TYPE',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'API_DISABLED_FOR_ORG',
      'CANNOT_EXECUTE_FLOW_TRIGGER',
    ],
    derived: ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'PROCESSING_HALTED'],
  };
  for (const [expected, codes] of Object.entries(table)) {
    for (const code of codes) it(`is ${expected} for ${code}`, () => assert.equal(classify(code, 'why'), expected));
  }

  it('is told by the word that the message of a validation rule begins with', () => {
    const classOfRule = (message: string) => classify('FIELD_CUSTOM_VALIDATION_EXCEPTION', message);
    assert.equal(classOfRule('STALE_VERSION: a newer one is there'), 'superseded');
    assert.equal(classOfRule('ACCOUNTING_PERIOD_CLOSED: October is closed'), 'periodClosed');
    assert.equal(classOfRule('INVOICE_ALREADY_PAID: on Monday'), 'alreadyPaid');
    assert.equal(classOfRule("the subscriber's own rule"), 'badData');
  });

  it('knows the codes of a row that is gone', () => {
    assert.ok(isGone('ENTITY_IS_DELETED'));
    assert.ok(!isGone('UNABLE_TO_LOCK_ROW'));
  });

  it('tells a used-up day from too many calls at once', () => {
    assert.ok(!new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.').isConcurrency);
    assert.ok(new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit').isConcurrency);
    assert.ok(new SalesforceLimitError('ERROR_HTTP_429', '').isConcurrency);
    assert.ok(!new SalesforceLimitError('API_BUDGET', '').isConcurrency);
  });
});
