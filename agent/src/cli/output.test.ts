import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newReport, type SweepResult } from '../sync/report.ts';
import { statusText, sweepText, table } from './output.ts';

describe('the table', () => {
  it('aligns names to the left and numbers to the right', () => {
    assert.equal(
      table(
        ['Name', 'sent'],
        [
          ['All Bills', 5],
          ['X', 1234],
        ],
      ),
      'Name       sent\nAll Bills     5\nX          1234',
    );
  });
});

describe('the result of a sweep for a person', () => {
  const result = (more: Partial<SweepResult> = {}): SweepResult => {
    const report = newReport('All Bills');
    report.billsRead = 10;
    report.billsSent = 4;
    report.skipped.unchanged = 2;
    report.skipped.notApproved = 3;
    report.failed['STRING_TOO_LONG'] = 1;
    const apiCalls = { salesforce: 7, m3ter: 2 };
    return { report: { integrations: [report], apiCalls }, idle: [], isComplete: true, ...more };
  };

  it('shows counts, reasons and codes', () => {
    const text = sweepText(result());
    assert.match(text, /All Bills +10 +4 +0 +2 +3 +0 +0 +1\n/);
    assert.match(text, /3 skipped, notApproved/);
    assert.doesNotMatch(text, /restricted/);
    assert.match(text, /1 failed with STRING_TOO_LONG. See/);
    assert.match(text, /Salesforce 7, m3ter 2/);
  });

  it('says why an integration did not take part, and that a sweep was stopped', () => {
    const idle = [{ name: 'Copy', reason: 'otherOrg' as const, detail: 'Copy belongs to another org.' }];
    const text = sweepText(result({ idle, isComplete: false }));
    assert.match(text, /Copy belongs to another org\./);
    assert.match(text, /stopped before its end/);
  });

  it('says what to do when no integration is ready', () => {
    const report = { integrations: [], apiCalls: { salesforce: 2, m3ter: 0 } };
    assert.match(sweepText(result({ report })), /No integration is ready. Enable/);
  });
});

describe('the status for a person', () => {
  it('shows sweeps and Bills', () => {
    const startedAt = new Date('2026-11-22T12:00:00.000Z');
    const finishedAt = new Date('2026-11-22T12:00:01.500Z');
    const text = statusText([{ startedAt, finishedAt, outcome: 'complete', report: null }], { sent: 5, waiting: 1 });
    assert.equal(
      text,
      'Bills: 5 sent, 1 waiting\nStarted                   seconds   outcome\n2026-11-22T12:00:00.000Z      1.5  complete',
    );
  });

  it('says how to begin', () => assert.match(statusText([], {}), /m3ter-bills sync --once/));
});
