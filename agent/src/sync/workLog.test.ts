import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRuntime } from '../testing/testRuntime.ts';
import type { BillResult } from './types.ts';
import { logBatch, logResult } from './workLog.ts';

const REF = { orgId: '00D', integrationId: 'a02' };

describe('the log of the work', () => {
  it('tells by ids which Bill failed in which Run, and leaves out what Salesforce says of it', () => {
    const { logger, logged } = testRuntime();
    const result: BillResult = {
      ...{ ...REF, integration: 'All Bills', billId: 'bill-1', runKey: 'run-1', outcome: 'failed', lineItems: 0 },
      ...{ code: 'STRING_TOO_LONG', message: 'data value too large: Ada Lovelace' },
    };
    logResult(logger, result);
    logResult(logger, { ...result, outcome: 'retrying', code: 'TIMEOUT' });
    logResult(logger, { ...result, outcome: 'sent', code: null });
    const ids = { ...REF, runKey: 'run-1', billId: 'bill-1' };
    assert.deepEqual(
      logged.map(({ level, fields }) => [level, fields]),
      [
        ['warn', { ...ids, outcome: 'failed', code: 'STRING_TOO_LONG' }],
        ['info', { ...ids, outcome: 'retrying', code: 'TIMEOUT' }],
        ['debug', { ...ids, outcome: 'sent' }],
      ],
    );
    assert.doesNotMatch(JSON.stringify(logged), /Ada/);
  });

  it('adds up a batch, and is quiet about one in which nothing was to be done', () => {
    const { logger, logged, now } = testRuntime();
    const batch = {
      ...({ ...REF, runKey: 'run-1', trigger: 'EVENT', isScanned: true, replayedFrom: null, pending: 0 } as const),
      startedAt: new Date(now().getTime() - 1500),
    };
    const counts = {
      billsRead: 9,
      sent: 3,
      'sent.unmatched': 1,
      'failed.TIMEOUT': 2,
      waiting: 1,
      'skipped.unchanged': 2,
    };
    logBatch(logger, { ...batch, counts }, now());
    logBatch(logger, { ...batch, counts: { billsRead: 4, 'skipped.unchanged': 4 } }, now());
    const of = { ...REF, runKey: 'run-1', trigger: 'EVENT', ms: 1500 };
    assert.deepEqual(
      logged.map(({ level, fields }) => [level, fields]),
      [
        ['info', { ...of, read: 9, sent: 4, waiting: 1, failed: 2 }],
        ['debug', { ...of, read: 4, sent: 0, waiting: 0, failed: 0 }],
      ],
    );
  });
});
