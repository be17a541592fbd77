import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { inspect } from 'node:util';
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
    assert.deepEqual([settings.controlPollSeconds, settings.retentionDays, settings.httpPort], [30, 90, 4690]);
    assert.deepEqual([settings.webhook, settings.mail, settings.warnings], [undefined, undefined, []]);
  });

  it('take fractions of a second where they poll', () => {
    const settings = loadSettings({ CONTROL_POLL_SECONDS: '0.5', EVENTS_POLL_SECONDS: '0.1' });
    assert.deepEqual([settings.controlPollSeconds, settings.eventsPollSeconds], [0.5, 0.1]);
  });

  it('come from the environment before the file', () => {
    const config = file('settings.json', '{"m3terOrgId":"of the file","reconcileHour":5,"logLevel":"warn"}');
    const settings = loadSettings({ ...GOOD, LOG_LEVEL: 'debug' }, config);
    assert.deepEqual([settings.m3terOrgId, settings.reconcileHour, settings.logLevel], ['org', 5, 'debug']);
  });

  it('take the end slash off the base URL', () => {
    assert.equal(loadSettings({ ...GOOD, M3TER_BASE_URL: 'http://127.0.0.1:1/' }).m3terBaseUrl, 'http://127.0.0.1:1');
  });

  it('say what is no longer used, and go on', () => {
    const config = file('old.json', '{"syncIntervalSeconds":60}');
    const { warnings } = loadSettings({ SYNC_INTERVAL_SECONDS: '60' }, config);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /syncIntervalSeconds in .*old\.json is no longer used/);
    assert.match(warnings[1] ?? '', /^SYNC_INTERVAL_SECONDS is no longer used\. .*CONTROL_POLL_SECONDS/);
  });

  it('that `status` needs are the store and the vault alone', () => {
    const { storeUrl, logLevel } = loadStoreSettings({ STORE_URL: 'pglite://x', SALESFORCE_CLIENT_ID: 'by half' });
    assert.deepEqual([storeUrl, logLevel], ['pglite://x', 'info']);
    assert.throws(() => loadStoreSettings({ STORE_URL: 'redis://x' }), ConfigurationError);
    assert.throws(() => loadStoreSettings({ VAULT_KEY: 'short' }), /VAULT_KEY is not 32 bytes/);
  });

  it('know PostgreSQL, and show no password of it', () => {
    assert.equal(loadSettings({ STORE_URL: 'postgres://u:hush@db/x' }).storeUrl, 'postgres://u:hush@db/x');
    assert.match(problemsOf({ STORE_URL: 'postgers://u:hush@db/x' })[0] ?? '', /^STORE_URL postgers:\/\/\.\.\. is not/);
    assert.match(problemsOf({}, file('pg.json', '{"storeUrl":"postgres://u:hush@db/x"}'))[0] ?? '', /STORE_URL_FILE/);
    const secret = file('store-url', 'postgres://u:hush@db/x\n');
    assert.equal(loadSettings({ STORE_URL_FILE: secret }).storeUrl, 'postgres://u:hush@db/x');
    assert.match(problemsOf({ STORE_URL_FILE: path.join(folder, 'none') })[0] ?? '', /^STORE_URL_FILE: /);
  });

  it('hold mail and vault keys, which no log shows', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const url = 'smtps://user:hush@mail.example';
    const settings = loadSettings({ ...GOOD, SMTP_URL: url, SMTP_FROM: 'bills@acme.example', VAULT_KEY: key });
    assert.deepEqual(settings.mail, { url, from: 'bills@acme.example' });
    assert.equal(settings.vaultKeys.current, key);
    for (const text of [JSON.stringify(settings), inspect(settings, { depth: 9 })]) {
      assert.doesNotMatch(text, /hush/);
      assert.ok(!text.includes(key));
      assert.match(text, /\[secret\]/);
    }
  });
});

describe('the credentials of the environment', () => {
  const credentials = (env: Environment) => loadSettings(env).environmentCredentials;

  it('need not be there, because the vault may hold some', () => assert.deepEqual(credentials({}), []));

  it('have names to be chosen by', () => {
    assert.deepEqual(credentials({ ...GOOD, SALESFORCE_CREDENTIAL_NAME: 'UK.org' }), [
      {
        name: 'environment-m3ter',
        kind: 'm3terServiceUser',
        destination: 'M3TER',
        publicData: { apiKey: 'key' },
        secret: { apiSecret: 'hush' },
      },
      {
        name: 'UK.org',
        kind: 'clientCredentials',
        destination: 'SALESFORCE',
        publicData: { loginUrl: 'https://acme.my.salesforce.com', clientId: 'app' },
        secret: { clientSecret: 'hush' },
      },
    ]);
  });

  it('have secrets from files of their own', () => {
    const { M3TER_API_SECRET: _secret, ...env } = GOOD;
    const [m3ter] = credentials({ ...env, M3TER_API_SECRET_FILE: file('secret', 'of the file\n') });
    assert.deepEqual(m3ter?.secret, { apiSecret: 'of the file' });
  });

  it('sign in by JWT bearer where a user and a key are named', () => {
    const keyFile = file('key.pem', 'PEM');
    const [, salesforce] = credentials({ ...GOOD, SALESFORCE_USERNAME: 'agent', SALESFORCE_JWT_KEY_FILE: keyFile });
    assert.equal(salesforce?.kind, 'jwtBearer');
    assert.deepEqual(salesforce?.secret, { privateKey: 'PEM' });
  });

  it('are wrong when given by half, by the names to set', () => {
    const half = (env: Environment) => problemsOf(env).map((problem) => problem.split(' is missing')[0]);
    assert.deepEqual(half({ M3TER_ORG_ID: 'org' }), []);
    assert.deepEqual(half({ M3TER_API_KEY: 'key' }), ['M3TER_ORG_ID', 'M3TER_API_SECRET']);
    assert.deepEqual(half({ SALESFORCE_CLIENT_SECRET: 'hush' }), ['SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID']);
    assert.deepEqual(half({ SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com', SALESFORCE_USERNAME: 'u' }), [
      'SALESFORCE_CLIENT_ID',
      'SALESFORCE_JWT_KEY_FILE',
    ]);
  });
});

describe('wrong settings', () => {
  it('are all listed at once, by the names to set', () => {
    const problems = problemsOf({
      SALESFORCE_CONCURRENCY: '99',
      LOG_LEVEL: 'loud',
      CONTROL_POLL_SECONDS: 'often',
      M3TER_API_KEY: 'key',
      SALESFORCE_CLIENT_ID: 'app',
    });
    for (const name of [
      'M3TER_ORG_ID',
      'M3TER_API_SECRET',
      'SALESFORCE_LOGIN_URL',
      'SALESFORCE_CLIENT_SECRET',
      'SALESFORCE_CONCURRENCY is 99',
      'LOG_LEVEL is "loud"',
      'CONTROL_POLL_SECONDS is "often"',
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
