import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failedCount, keepResult, reportOf, resultBefore, sumOf } from './report.ts';

describe('the report of a batch', () => {
  const report = reportOf('All Bills', {
    ...{ billsRead: 20, sent: 4, 'sent.unmatched': 2, lineItems: 31, waiting: 1 },
    ...{ 'skipped.restricted': 3, 'skipped.unchanged': 5, 'skipped.ownedByOther': 1 },
    ...{ 'failed.STRING_TOO_LONG': 2, 'failed.TIMEOUT': 1, disabled: 1 },
  });

  it('adds up what became of the Bills', () => {
    assert.deepEqual(report, {
      name: 'All Bills',
      billsRead: 20,
      billsSent: 6,
      lineItemsSent: 31,
      skipped: { restricted: 3, notAllowed: 0, accountFilter: 0, notApproved: 0, ownedByOther: 1, unchanged: 5 },
      waiting: { missingAccountMapping: 1 },
      unmatched: 2,
      failed: { STRING_TOO_LONG: 2, TIMEOUT: 1, DISABLED: 1 },
    });
    assert.equal(failedCount(report), 4);
  });

  it('is all zeros where nothing happened', () => {
    assert.equal(sumOf({ sentinel: 3 }, 'sent'), 0);
    assert.deepEqual(reportOf('x', {}).failed, {});
  });
});

describe('the result of a sync that broke off', () => {
  it('is kept with its error', () => {
    const error = new Error('away');
    const result = { integrations: [], idle: [], apiCalls: { salesforce: 1, m3ter: 0 }, isComplete: false };
    keepResult(error, result);
    assert.equal(resultBefore(error), result);
    assert.equal(resultBefore(new Error('other')), undefined);
  });
});
