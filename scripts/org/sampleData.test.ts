import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { generateDataSet } from '../../sandbox/data/generate.ts';
import { startTestOrg } from '../../sandbox/org/testServer.ts';
import { PLAN_FILE, sampleFiles, sampleRecords } from './sampleData.ts';
import { dataSteps } from './steps.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DATA = generateDataSet({ seed: 1, accounts: 6, months: 2, now: NOW });
const RECORDS = sampleRecords(DATA, NOW);

describe('the sample data', () => {
  it('holds every Account, Bill and Line Item of the data set, each with a reference of its own', () => {
    const { Account, Bill__c, Bill_Line_Item__c } = RECORDS;
    const lines = DATA.bills.flatMap((bill) => bill.lineItems ?? []);
    assert.deepEqual(
      [Account.length, Bill__c.length, Bill_Line_Item__c.length],
      [DATA.salesforceAccounts.length, DATA.bills.length, lines.length],
    );
    const references = Object.values(RECORDS).flatMap((all) => all.map(({ attributes }) => attributes.referenceId));
    assert.equal(new Set(references).size, references.length);
  });

  it('refers from lines to their Bill and from Bills to their Account, only to what it holds', () => {
    const references = new Set<unknown>(
      Object.values(RECORDS)
        .flat()
        .map(({ attributes }) => `@${attributes.referenceId}`),
    );
    const named = Object.values(RECORDS)
      .flat()
      .flatMap((record) => [record['Account__c'], record['Bill__c']].filter((value) => value !== undefined));
    assert.deepEqual(
      named.filter((value) => !references.has(value)),
      [],
    );
    assert.ok(
      RECORDS.Bill__c.some((bill) => bill['Account__c'] === undefined),
      'one Bill shall be unmatched',
    );
  });

  it('carries no ids of another org', () => {
    for (const record of Object.values(RECORDS).flat()) {
      assert.ok(!('Id' in record) && !('Integration__c' in record) && !('Bill__r' in record));
    }
  });
});

describe('the Salesforce CLI', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-sample-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Runs the real CLI with a home of its own, without network and news; what it printed when it failed. */
  async function sf(args: readonly string[], more: Record<string, string> = {}): Promise<void> {
    const env = {
      ...process.env,
      HOME: folder,
      USERPROFILE: folder,
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      ...more,
    };
    const child = spawn('sf', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0, output);
  }

  it('loads it into an org, and takes back the right that it needed for that', async () => {
    const client = await startTestOrg();
    const ofWriters = "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'M3ter_Sync_Agent'";
    // A new scratch org has no agent.
    for (const { Id } of await client.query(ofWriters)) {
      await client.send('DELETE', `sobjects/PermissionSetAssignment/${String(Id)}`, undefined, 'admin');
    }
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of sampleFiles(DATA, NOW)) writeFileSync(path.join(folder, name), text);
    const login = ['org', 'login', 'access-token', '--instance-url', client.org.instanceUrl, '--no-prompt'];
    await sf([...login, '--alias', 'local'], { SF_ACCESS_TOKEN: client.tokenOf('admin') });
    for (const { args } of dataSteps(PLAN_FILE, 'local')) await sf(args);

    const count = async (object: string) => (await client.query(`SELECT COUNT(Id) n FROM ${object}`))[0]?.['n'];
    for (const [object, records] of Object.entries(RECORDS)) assert.equal(await count(object), records.length, object);
    const incomplete = await client.query('SELECT Name FROM Bill__c WHERE Is_Complete__c = false');
    assert.deepEqual(incomplete, []);
    assert.deepEqual(await client.query(ofWriters), []);
  });
});
