import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DEMO_SEED, generateDataSet } from '../../sandbox/data/generate.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Report {
  integrations: Array<{
    name: string;
    billsRead: number;
    billsSent: number;
    lineItemsSent: number;
    skipped: Record<string, number>;
    waiting: Record<string, number>;
    unmatched: number;
    failed: Record<string, number>;
  }>;
  apiCalls: { salesforce: number; m3ter: number };
  totals: { m3ter: Record<string, string>; salesforce: Record<string, string> };
}

const run = (args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['sandbox/start.ts', ...args],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });

const linesOf = (file: string): Array<Record<string, unknown>> =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('npm run sandbox -- --once', () => {
  const dump = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-dump-'));
  let report: Report;
  let code: number;

  before(async () => {
    const result = await run(['--once', '--json', '--dump', dump]);
    code = result.code;
    report = JSON.parse(result.stdout) as Report;
  });
  after(() => rmSync(dump, { recursive: true, force: true }));

  it('prints one JSON document and exits with the code of the sync', () => {
    assert.equal(code, 0);
    assert.equal(report.integrations.length, 1);
    assert.deepEqual(report.integrations[0]?.failed, {});
  });

  it('sends every Bill of the generated data with all its Line Items', () => {
    const bills = generateDataSet({ seed: DEMO_SEED, now: new Date() }).bills;
    const [integration] = report.integrations;
    assert.equal(integration?.billsRead, bills.length);
    assert.equal(integration?.billsSent, bills.length);
    assert.equal(linesOf(path.join(dump, 'bills.ndjson')).length, bills.length);
    assert.equal(linesOf(path.join(dump, 'line-items.ndjson')).length, integration?.lineItemsSent);
  });

  it('agrees on the totals of each currency to the scale of the field', () => {
    assert.ok(Object.keys(report.totals.m3ter).length > 1);
    assert.deepEqual(report.totals.salesforce, report.totals.m3ter);
  });

  it('writes each Bill complete: the expected and the written number of Line Items agree', () => {
    for (const bill of linesOf(path.join(dump, 'bills.ndjson'))) {
      assert.equal(bill['Is_Complete__c'], true, String(bill['Name']));
      assert.equal(bill['Line_Items_Written__c'], bill['Line_Item_Count__c']);
    }
  });

  it('refuses options that do not go together, naming them', async () => {
    const { code: exitCode, stderr } = await run(['--json']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /--json and --dump go with --once/);
  });

  it('names the folder and the missing file of a data set that is not one', async () => {
    const { code: exitCode, stderr } = await run(['--once', '--data', path.join(ROOT, 'docs')]);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /accounts\.ndjson/);
  });
});
