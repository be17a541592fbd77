import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { ConfigurationError, loadSettings, loadStoreSettings, type Environment } from './load.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string, mode = 0o600): string {
  const full = path.join(folder, name);
  writeFileSync(full, text, { mode });
  chmodSync(full, mode);
  return full;
}

const GOOD: Environment = {
  M3TER_ORG_ID: 'org',
  M3TER_API_KEY: 'key',
  M3TER_API_SECRET: 'hush',
  SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com',
  SALESFORCE_CLIENT_ID: 'app',
  SALESFORCE_CLIENT_SECRET: 'hush',
};

function problemsOf(env: Environment, config?: string): readonly string[] {
  try {
    loadSettings(env, config);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    assert.doesNotMatch(error.message, /hush/);
    return error.problems;
  }
  return [];
}

describe('the settings', () => {
  it('have defaults where nothing is said', () => {
    const settings = loadSettings(GOOD);
    assert.equal(settings.m3terBaseUrl, 'https://api.m3ter.com');
    assert.equal(settings.syncIntervalSeconds, 900);
    assert.deepEqual(settings.salesforceCredentials, {
      kind: 'clientCredentials',
      clientId: 'app',
      clientSecret: 'hush',
    });
  });

  it('come from the environment before the file', () => {
    const config = file('settings.json', '{"m3terOrgId":"of the file","syncIntervalSeconds":60,"logLevel":"warn"}');
    const settings = loadSettings({ ...GOOD, LOG_LEVEL: 'debug' }, config);
    assert.deepEqual([settings.m3terOrgId, settings.syncIntervalSeconds, settings.logLevel], ['org', 60, 'debug']);
  });

  it('take the end slash off the base URL', () => {
    assert.equal(loadSettings({ ...GOOD, M3TER_BASE_URL: 'http://127.0.0.1:1/' }).m3terBaseUrl, 'http://127.0.0.1:1');
  });

  it('read secrets from files of their own', () => {
    const { M3TER_API_SECRET: _secret, ...env } = GOOD;
    const settings = loadSettings({ ...env, M3TER_API_SECRET_FILE: file('secret', 'of the file\n') });
    assert.equal(settings.m3terApiSecret, 'of the file');
  });

  it('sign in by JWT bearer where a user and a key are named', () => {
    const keyFile = file('key.pem', 'PEM');
    const settings = loadSettings({ ...GOOD, SALESFORCE_USERNAME: 'agent', SALESFORCE_JWT_KEY_FILE: keyFile });
    assert.deepEqual(settings.salesforceCredentials, {
      kind: 'jwtBearer',
      clientId: 'app',
      username: 'agent',
      privateKey: 'PEM',
    });
  });

  it('that `status` needs are the store alone', () => {
    assert.deepEqual(loadStoreSettings({ STORE_URL: 'pglite://x' }), { storeUrl: 'pglite://x', logLevel: 'info' });
    assert.throws(() => loadStoreSettings({ STORE_URL: 'redis://x' }), ConfigurationError);
  });
});

describe('wrong settings', () => {
  it('are all listed at once, by the names to set', () => {
    const problems = problemsOf({ SALESFORCE_CONCURRENCY: '99', LOG_LEVEL: 'loud', SYNC_INTERVAL_SECONDS: 'often' });
    for (const name of [
      'M3TER_ORG_ID',
      'M3TER_API_KEY',
      'M3TER_API_SECRET',
      'SALESFORCE_LOGIN_URL',
      'SALESFORCE_CLIENT_ID',
      'SALESFORCE_CLIENT_SECRET',
      'SALESFORCE_CONCURRENCY is 99',
      'LOG_LEVEL is "loud"',
      'SYNC_INTERVAL_SECONDS is "often"',
    ]) {
      assert.ok(
        problems.some((problem) => problem.includes(name)),
        name,
      );
    }
  });

  const cases: Array<[string, () => [Environment, string?], RegExp]> = [
    ['plain http to m3ter', () => [{ ...GOOD, M3TER_BASE_URL: 'http://m3ter.example' }], /M3TER_BASE_URL.*https/],
    ['a host that is not Salesforce', () => [{ ...GOOD, SALESFORCE_LOGIN_URL: 'https://x.example' }], /My Domain/],
    ['a store that is not known', () => [{ ...GOOD, STORE_URL: 'mysql://x' }], /STORE_URL/],
    ['a secret in the file', () => [GOOD, file('s1.json', '{"m3terApiSecret":"hush"}')], /M3TER_API_SECRET instead/],
    ['a setting that there is not', () => [GOOD, file('s2.json', '{"m3terOrg":"x"}')], /m3terOrg is not a setting/],
    ['a file that is no JSON', () => [GOOD, file('s3.json', 'org: x')], /s3\.json cannot be read/],
    ['a file that is no object', () => [GOOD, file('s4.json', '[]')], /JSON object/],
    ['a file that is not there', () => [GOOD, path.join(folder, 'none.json')], /none\.json cannot be read/],
    [
      'a secret said twice',
      () => [{ ...GOOD, M3TER_API_SECRET_FILE: file('twice', 'x') }],
      /M3TER_API_SECRET and M3TER_API_SECRET_FILE are both set/,
    ],
    ['a user without key', () => [{ ...GOOD, SALESFORCE_USERNAME: 'agent' }], /SALESFORCE_JWT_KEY_FILE is missing/],
    [
      'a key without user',
      () => [{ ...GOOD, SALESFORCE_JWT_KEY_FILE: file('k', 'x') }],
      /SALESFORCE_USERNAME is missing/,
    ],
    [
      'a secret that others may read',
      () => [{ ...GOOD, M3TER_API_KEY: undefined, M3TER_API_KEY_FILE: file('open', 'hush', 0o644) }],
      /M3TER_API_KEY_FILE.*chmod 600/,
    ],
    [
      'a secret file that is empty',
      () => [{ ...GOOD, M3TER_API_KEY: undefined, M3TER_API_KEY_FILE: file('empty', '\n') }],
      /empty/,
    ],
  ];
  for (const [what, make, expected] of cases) {
    it(`such as ${what} are refused`, () => {
      const problems = problemsOf(...make());
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', expected);
    });
  }
});
