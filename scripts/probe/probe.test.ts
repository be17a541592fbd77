import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { temporaryHome, toolEnvironment } from '../../sandbox/org/clients/sfHome.ts';
import { inRepository, startTestOrg } from '../../sandbox/org/testServer.ts';
import { ProbeOrg } from './org.ts';
import { CHECKS, isGreen, report, runChecks } from './runChecks.ts';

const home = temporaryHome();
const environment = { ...toolEnvironment(home), PATH: process.env['PATH'] ?? '' };
// @salesforce/core reads these when it is loaded.
Object.assign(process.env, environment);
const { AuthInfo } = await import('@salesforce/core');
const client = await startTestOrg();
const { instanceUrl, accessToken } = client.org;
const authInfo = await AuthInfo.create({
  username: client.org.username,
  accessTokenOptions: { accessToken, instanceUrl },
});
await authInfo.save();
await authInfo.setAlias('probed');

/** The command as a user of the CLI runs it. */
function probe(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const script = path.join(import.meta.dirname, '../probe.ts');
  const all = ['--disable-warning=ExperimentalWarning', script, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: home, env: environment }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

const page = readFileSync(inRepository('docs/fidelity.md'), 'utf8');

const openOrg = (): Promise<ProbeOrg> => ProbeOrg.open({ instanceUrl, accessToken, version: '67.0' });
const fault = (rule: object) => client.send('POST', '/sandbox/faults', rule);

const countOf = async (object: string): Promise<number> => (await client.query(`SELECT Id FROM ${object}`)).length;

afterEach(async () => {
  await client.send('DELETE', '/sandbox/faults');
});

describe('npm run probe:org', () => {
  it('finds the local org as the documents say, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await probe('--target-org', 'probed', '--write');
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      new RegExp(`^${CHECKS.length} as expected, 0 left out, 0 could not be checked, 0 differs\\.$`, 'm'),
    );
    assert.deepEqual(
      await Promise.all(['Account', 'Contact', 'Bill__c', 'Bill_Line_Item__c'].map(countOf)),
      [0, 0, 0, 0],
    );
  });

  it('ends with 1 and says what differs in an org that does otherwise', async () => {
    const body = [{ errorCode: 'NOT_THERE', message: 'Nothing here.' }];
    await fault({ match: { path: '/001000000000000AAA' }, fault: { kind: 'status', status: 410, body } });
    const { code, stdout } = await probe('--target-org', 'probed');
    assert.equal(code, 1);
    assert.match(stdout, /^differs +record-not-found: expected \[404,"NOT_FOUND"\], found \[410,"NOT_THERE"\]$/m);
  });

  it('explains itself when it is called wrongly, or for an org that nobody is signed in to', async () => {
    const [nothing, unknown] = [await probe(), await probe('--target-org', 'nobody')];
    assert.deepEqual([nothing.code, unknown.code], [2, 1]);
    assert.match(nothing.stderr, /--target-org says which org to ask/);
    assert.match(unknown.stderr, /nobody/);
  });
});

describe('the checks', () => {
  it('write only when they may, and look at the package only where it is', async () => {
    const before = (await client.send('GET', '/sandbox/writes')).body as object[];
    const findings = await runChecks(await openOrg(), { mayWrite: false });
    assert.ok(isGreen(findings));
    assert.deepEqual(
      findings.filter(({ verdict }) => verdict === 'left out').map(({ name }) => name),
      CHECKS.filter(({ writes }) => writes).map(({ name }) => name),
    );
    assert.deepEqual((await client.send('GET', '/sandbox/writes')).body, before);
  });

  it('find the package by its namespace where it is installed', async () => {
    const { org } = await startTestOrg({ namespace: 'm3b' });
    const installed = await ProbeOrg.open({ ...org, version: '67.0' });
    assert.equal(installed.prefix, 'm3b__');
    const findings = await runChecks(installed, { mayWrite: true });
    assert.ok(isGreen(findings), report(findings));
  });

  it('tell when the org refuses what they need', async () => {
    await fault({
      match: { method: 'POST', path: '/sobjects/Account' },
      fault: { kind: 'status', status: 403, body: [] },
    });
    await fault({ match: { method: 'PATCH' }, fault: { kind: 'rowLock' } });
    const findings = await runChecks(await openOrg(), { mayWrite: true });
    const verdictOf = (name: string) => findings.find((one) => one.name === name)?.verdict;
    assert.deepEqual(
      [verdictOf('deleted-twice'), verdictOf('roll-up-at-once'), verdictOf('query-pages'), isGreen(findings)],
      ['could not be checked', 'differs', 'as expected', false],
    );
    assert.match(report(findings), /could not be checked deleted-twice: The org refuses a Account that a check needs/);
  });

  it('are the assumptions of docs/fidelity.md, each by its name', () => {
    const rows = page.slice(page.indexOf('## Assumptions')).matchAll(/^\| `([\w-]+)` .*\| ([^|]+) \|$/gm);
    const listed = [...rows].map(([, name = '', how = '']) => ({ name, isProbed: how.startsWith('probe') }));
    const probed = listed.filter(({ isProbed }) => isProbed).map(({ name }) => name);
    assert.deepEqual(probed.toSorted(), CHECKS.map(({ name }) => name).toSorted());
    assert.equal(new Set(listed.map(({ name }) => name)).size, listed.length);
  });
});

describe('docs/fidelity.md', () => {
  it('names only tests that there are', () => {
    const files = globSync('{sandbox,e2e,scripts}/**/*.test.ts', {
      cwd: inRepository('.'),
      exclude: (name) => name === 'node_modules',
    });
    const named = [...page.matchAll(/`([\w./]+\.test\.ts)`/g)].map(([, file = '']) => file);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`))),
      [],
    );
  });
});
