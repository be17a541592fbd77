import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OperationOutput } from '../../operations/operations.ts';
import type { Credential, DryRunBill, Run, SyncReport } from '../../operations/shapes.ts';
import { doctorText } from './checkText.ts';
import { credentialsText } from './credentialText.ts';
import { eventsText, runsText, runText } from './historyText.ts';
import { statusText } from './statusText.ts';
import { billResultsText, dryRunText, isGood, syncText } from './syncText.ts';
import { list, table } from './table.ts';
import { when } from './time.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');

const report = (more: Partial<SyncReport> = {}): SyncReport => ({
  name: 'All Bills',
  billsRead: 10,
  billsSent: 4,
  lineItemsSent: 9,
  skipped: { restricted: 0, notApproved: 3, unchanged: 2 },
  waiting: { missingAccountMapping: 0 },
  unmatched: 1,
  failed: { STRING_TOO_LONG: 1 },
  ...more,
});

const run: Run = {
  id: 'a01000000000001AAA',
  name: 'RUN-000042',
  key: 'key',
  orgId: '00D000000000001AAA',
  integrationId: 'a00000000000001AAA',
  integration: 'All Bills',
  parentId: null,
  status: 'ERROR',
  trigger: 'MANUAL',
  startedAt: '2026-11-22T11:57:00.000Z',
  completedAt: null,
  billId: null,
  billReference: null,
  billsRead: 10,
  billsSent: 4,
  billsSkipped: 5,
  billsWaiting: 0,
  billsFailed: 1,
  lineItemsSent: 9,
  apiCalls: 7,
  errorCode: null,
  error: '1 of 10 Bills failed.',
  replayedFromId: null,
};

function rehearsed(changes: Partial<DryRunBill> = {}): DryRunBill {
  return {
    integration: 'All Bills',
    billId: 'b1',
    reference: 'INV-1',
    account: 'acme',
    outcome: 'send',
    reason: null,
    letThrough: null,
    exists: false,
    total: '12.5',
    currency: 'USD',
    fields: [],
    lines: { added: 2, changed: 0, removed: 0, first: [] },
    ...changes,
  };
}

describe('a table', () => {
  it('aligns words to the left and numbers to the right', () => {
    const rows = [
      ['All Bills', 5],
      ['X', 1234],
      ['Y', null],
    ] as const;
    assert.equal(table(['Name', 'sent'], rows), 'Name       sent\nAll Bills     5\nX          1234\nY');
  });

  it('lists names and values without those that are not there', () => {
    assert.equal(
      list([
        ['A', 1],
        ['Long', 'x'],
        ['None', null],
      ]),
      'A     1\nLong  x',
    );
  });
});

describe('a time', () => {
  it('is told by how long ago and exactly', () => {
    assert.equal(when('2026-11-22T11:57:00.123Z', NOW), '3 min ago (2026-11-22T11:57:00Z)');
    assert.equal(when('2026-11-20T12:00:00.000Z', NOW), '2 d ago (2026-11-20T12:00:00Z)');
    assert.equal(when('2026-11-22T12:00:30.000Z', NOW), 'in 30 s (2026-11-22T12:00:30Z)');
    assert.equal(when(null, NOW), '');
  });
});

describe('the result of a sync', () => {
  const apiCalls = { salesforce: 7, m3ter: 2 };

  it('shows counts, reasons and codes', () => {
    const text = syncText({ integrations: [report()], apiCalls, idle: [], isComplete: true });
    assert.match(text, /All Bills +10 +4 +9 +2 +3 +0 +1 +1\n/);
    assert.match(text, /3 skipped, notApproved/);
    assert.doesNotMatch(text, /restricted/);
    assert.match(text, /1 failed with STRING_TOO_LONG\. See: m3ter-bills events/);
    assert.match(text, /7 to Salesforce, 2 to m3ter/);
  });

  it('says why an integration did not take part, and that work is left', () => {
    const idle = [{ name: 'Copy', reason: 'otherOrg', detail: 'Copy belongs to another org.' }];
    const text = syncText({ integrations: [report()], apiCalls, idle, isComplete: false });
    assert.match(text, /Copy belongs to another org\./);
    assert.match(text, /tried again: m3ter-bills sync/);
  });

  it('says what to do when no integration is ready', () => {
    const text = syncText({ integrations: [], apiCalls, idle: [], isComplete: true });
    assert.match(text, /No integration is ready\. See: m3ter-bills integration list/);
  });

  it('is good when nothing failed and nothing is left', () => {
    const all = { apiCalls, idle: [], isComplete: true };
    assert.equal(isGood({ ...all, integrations: [report({ failed: {} })] }), true);
    assert.equal(isGood({ ...all, integrations: [report()] }), false);
    assert.equal(isGood({ ...all, integrations: [report({ failed: {} })], isComplete: false }), false);
  });

  it('of a dry run says that nothing was written', () => {
    const text = dryRunText({ integrations: [report()], apiCalls, idle: [], letThrough: null, bills: [rehearsed()] });
    assert.match(text, /would send/);
    assert.match(text, /INV-1 +b1 +All Bills +send +new, 2 Line Items/);
    assert.match(text, /Nothing was written/);
  });

  it('of a dry run says what would change in a Bill that Salesforce holds, and why another is not sent', () => {
    const fields = [{ field: 'Bill_Total__c', before: '10', after: '12.5' }];
    const changed = rehearsed({ exists: true, fields, lines: { added: 0, changed: 1, removed: 2, first: [] } });
    const skipped = rehearsed({ outcome: 'skip', reason: 'accountFilter' });
    const text = dryRunText({
      integrations: [report()],
      apiCalls,
      idle: [],
      letThrough: null,
      bills: [changed, skipped],
    });
    assert.match(text, /send +Bill_Total__c 10 -> 12\.5; Line Items: 1 changed, 2 removed/);
    assert.match(text, /skip +accountFilter/);
  });

  it('of single Bills names each with its reason', () => {
    const result = {
      billId: 'b1',
      integration: 'All Bills',
      orgId: 'o',
      runKey: 'r',
      outcome: 'skipped',
      code: 'notApproved',
      message: 'Approve it.',
    };
    assert.equal(billResultsText([result]), 'b1  All Bills: skipped (notApproved). Approve it.');
    assert.match(billResultsText([]), /integration list/);
  });
});

describe('the status', () => {
  const status: OperationOutput<'status'> = {
    agent: { version: '1.2.3', isRunning: true, startedAt: '2026-11-22T11:00:00.000Z', processId: 7 },
    store: { kind: 'pglite', url: 'pglite:///data' },
    m3terOrgId: 'm',
    orgs: [
      {
        credential: 'production',
        orgId: '00D1',
        isConnected: true,
        detail: null,
        apiCallsUsed: 5,
        apiCallLimit: 100,
        apiBudget: 80,
      },
      {
        credential: 'other',
        orgId: null,
        isConnected: false,
        detail: 'refused',
        apiCallsUsed: null,
        apiCallLimit: null,
        apiBudget: null,
      },
    ],
    queue: { queued: 1, active: 2, retrying: 3, dead: 4 },
    bills: { sent: 5, waiting: 1 },
    batches: [
      {
        runKey: 'k',
        orgId: '00D1',
        integrationId: 'a0',
        integration: 'All Bills',
        trigger: 'EVENT',
        startedAt: '2026-11-22T11:59:00.000Z',
        finishedAt: null,
        replayedFrom: null,
        report: report({ billsSent: 3, failed: {} }),
      },
    ],
  };

  it('shows agent, orgs, queue, Bills and batches', () => {
    const text = statusText(status, NOW);
    assert.match(text, /Agent 1\.2\.3: running, process 7, started 1 h ago/);
    assert.match(text, /Org 00D1 by production: connected, 5 of 100 API calls today/);
    assert.match(text, /Org \(not known yet\) by other: refused/);
    assert.match(
      text,
      /Queue: 1 queued, 2 active, 3 to be tried again, 4 dead\n +Queue the dead ones again: m3ter-bills redrive/,
    );
    assert.match(text, /Bills: 5 sent, 1 waiting/);
    assert.match(text, /1 min ago.*All Bills +EVENT +3 +0 +under way/);
  });

  it('says how to begin', () => {
    const text = statusText(
      { ...status, agent: { ...status.agent, isRunning: false }, bills: {}, batches: [], orgs: [] },
      NOW,
    );
    assert.match(text, /not running\. Start it: m3ter-bills start/);
    assert.match(text, /Begin: m3ter-bills sync/);
  });
});

describe('the history', () => {
  it('shows Runs a line each', () => {
    assert.match(runsText([run], NOW), /RUN-000042 +3 min ago .*All Bills +MANUAL +ERROR +4 +1/);
    assert.equal(runsText([], NOW), 'No Run fits.');
  });

  it('shows one Run with its Bills, and how to send them again', () => {
    const child = { ...run, name: 'RUN-000043', parentId: run.id, billId: 'b1', errorCode: 'CODE', error: 'Why.' };
    const text = runText({ run, children: [child], events: [] }, NOW);
    assert.match(text, /Status +ERROR/);
    assert.match(text, /RUN-000043 +b1 +ERROR +CODE +Why\./);
    assert.match(text, /m3ter-bills replay RUN-000042/);
  });

  it('shows Events with their message', () => {
    const event = {
      id: 'a02',
      name: 'EVT-1',
      orgId: 'o',
      eventName: 'integration.perform.error',
      eventTime: '2026-11-22T11:59:50.000Z',
      message: 'Cause. Remedy.',
      actioned: false,
      integrationId: null,
      integration: null,
      runId: null,
      billId: null,
      m3terAccountId: null,
    };
    assert.equal(
      eventsText([event], NOW),
      'EVT-1  10 s ago (2026-11-22T11:59:50Z)  integration.perform.error\n  Cause. Remedy.',
    );
  });
});

describe('the findings of the doctor', () => {
  it('show each with its fix, and the count', () => {
    const checks = [
      { name: 'node', subject: null, outcome: 'pass' as const, detail: 'v24', fix: null },
      { name: 'store', subject: 'pglite://x', outcome: 'fail' as const, detail: 'is locked', fix: 'Stop it' },
    ];
    assert.equal(
      doctorText({ isGood: false, checks }),
      'pass  node: v24\nfail  store (pglite://x): is locked\n      Fix: Stop it\n2 checks: 1 failed, 0 warnings',
    );
  });
});

describe('the text of credentials', () => {
  it('calls types as they are typed', () => {
    const credential = {
      name: 'scratch',
      destination: 'SALESFORCE',
      details: { alias: 'my-scratch' },
      source: 'vault',
    };
    const times = { createdAt: '2026-11-22T11:00:00.000Z', rotatedAt: null };
    const text = credentialsText([{ ...credential, ...times, type: 'sfCli' } as Credential], NOW);
    assert.match(text, /^scratch +sf +SALESFORCE +my-scratch +vault +1 h ago/m);
  });
});
