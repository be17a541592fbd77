import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import {
  M3terAuthenticationError,
  M3terNotFoundError,
  M3terRateLimitError,
  M3terResponseError,
  M3terUnavailableError,
} from '../m3ter/errors.ts';
import {
  SalesforceAuthenticationError,
  SalesforceError,
  SalesforceLimitError,
  SalesforceSetupError,
} from '../salesforce/errors.ts';
import { isPassing, refusedRunStatus, troubleOf } from './failure.ts';

describe('trouble with m3ter or an org', () => {
  const cases: Array<[Error, string]> = [
    [new M3terAuthenticationError('x'), 'm3ter authentication AUTH_FAILED'],
    [new M3terRateLimitError('x'), 'm3ter limit RATE_LIMIT_RETRY'],
    [new M3terUnavailableError('x'), 'm3ter unavailable AWAITING_RETRY'],
    [new M3terResponseError('x'), 'm3ter unavailable AWAITING_RETRY'],
    [new M3terNotFoundError('x'), 'm3ter setup AWAITING_RETRY'],
    [new SalesforceAuthenticationError('x'), 'salesforce authentication AUTH_FAILED'],
    [new SalesforceSetupError('x'), 'salesforce setup AWAITING_RETRY'],
    [new SetupError('x'), 'salesforce setup AWAITING_RETRY'],
    [new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'x'), 'salesforce limit RATE_LIMIT_RETRY'],
    [new SalesforceError('NETWORK', 'x', 'transient'), 'salesforce unavailable AWAITING_RETRY'],
    [new SalesforceError('INVALID_SESSION_ID', 'x', 'auth'), 'salesforce authentication AUTH_FAILED'],
  ];
  for (const [error, expected] of cases) {
    it(`is seen in ${error.name}: ${expected}`, () => {
      const trouble = troubleOf(error);
      assert.equal(`${trouble?.side} ${trouble?.kind} ${trouble?.status}`, expected);
    });
  }

  it('is not seen in what concerns one call or nobody foresaw', () => {
    assert.equal(troubleOf(new SalesforceError('STRING_TOO_LONG', 'x', 'badData')), undefined);
    assert.equal(troubleOf(new TypeError('x')), undefined);
    assert.equal(troubleOf('x'), undefined);
  });
});

describe('the Run of a Bill that Salesforce refused', () => {
  const cases: Array<[code: string, isFinal: boolean, status: string]> = [
    ['STRING_TOO_LONG', true, 'ERROR'],
    ['UNABLE_TO_LOCK_ROW', false, 'AWAITING_RETRY'],
    ['UNABLE_TO_LOCK_ROW', true, 'ERROR'],
    ['TIMEOUT', false, 'AWAITING_RETRY'],
    ['TIMEOUT', true, 'TIMEOUT_LIMIT_EXCEEDED'],
    ['REQUEST_LIMIT_EXCEEDED', false, 'RATE_LIMIT_RETRY'],
    ['INVALID_SESSION_ID', false, 'AUTH_FAILED'],
    ['ACCOUNTING_PERIOD_CLOSED', true, 'ACCOUNTING_PERIOD_CLOSED'],
    ['INVOICE_ALREADY_PAID', true, 'INVOICE_ALREADY_PAID'],
  ];
  for (const [code, isFinal, status] of cases) {
    it(`is ${status} for ${code}${isFinal ? ', at last' : ''}`, () => {
      assert.equal(refusedRunStatus(code, isFinal), status);
    });
  }

  it('is tried again for what may pass, and for nothing else', () => {
    assert.deepEqual(['TIMEOUT', 'PROCESSING_HALTED', 'UNABLE_TO_LOCK_ROW'].map(isPassing), [true, true, true]);
    assert.deepEqual(['STRING_TOO_LONG', 'INSUFFICIENT_ACCESS', 'ACCOUNTING_PERIOD_CLOSED'].map(isPassing), [
      false,
      false,
      false,
    ]);
  });
});
