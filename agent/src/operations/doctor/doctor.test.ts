import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigurationError, loadSettings } from '../../config/load.ts';
import { SalesforceAuthenticationError } from '../../salesforce/errors.ts';
import { StoreLockedError } from '../../store/lock.ts';
import type { Store } from '../../store/types.ts';
import type { Credentials } from '../../vault/credentials.ts';
import type { Check } from '../shapes.ts';
import { configured, fakeEngine, fakeOrg } from '../testing.ts';
import { examine, type DoctorParts } from './doctor.ts';
import { clockCheck } from './findings.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const credentials = { list: () => Promise.resolve([]) } as unknown as Credentials;

function parts(more: Partial<DoctorParts> = {}): DoctorParts {
  const engine = fakeEngine();
  return {
    nodeVersion: 'v24.1.0',
    settings: loadSettings({ M3TER_ORG_ID: 'org' }),
    store: engine.store as unknown as Store,
    credentials,
    engine,
    now: () => NOW,
    dateOf: () => Promise.resolve(NOW),
    ...more,
  };
}

const find = (checks: readonly Check[], name: string): Check[] => checks.filter((check) => check.name === name);

describe('the doctor', () => {
  it('says what is good, and gives a fix for everything that is not', async () => {
    const { checks } = await examine(parts());
    for (const name of [
      'node',
      'settings',
      'store',
      'vault',
      'webhook',
      'm3ter.permissions',
      'm3ter.clock',
      'org.connection',
    ]) {
      assert.equal(find(checks, name)[0]?.outcome, 'pass', name);
    }
    assert.deepEqual(find(checks, 'org.timeZone')[0]?.detail, 'Europe/London');
    assert.match(find(checks, 'org.apiAllowance')[0]?.detail ?? '', /10 of 100/);
    assert.match(find(checks, 'queue').find(({ outcome }) => outcome === 'warn')?.fix ?? '', /redrive/);
    for (const { outcome, fix } of checks) assert.equal(fix !== null && fix !== '', outcome !== 'pass');
  });

  it('does not call settings complete that name no m3ter organization', async () => {
    const { isGood, checks } = await examine(parts({ settings: loadSettings({}) }));
    const [settings] = find(checks, 'settings');
    assert.deepEqual([isGood, settings?.outcome], [false, 'fail']);
    assert.match(settings?.detail ?? '', /M3TER_ORG_ID is missing/);
  });

  it('lists each problem of the settings and goes no further', async () => {
    const settings = new ConfigurationError(['ONE is wrong.', 'TWO is missing.']);
    const { isGood, checks } = await examine(parts({ settings, engine: undefined, credentials: undefined }));
    assert.equal(isGood, false);
    assert.deepEqual(
      find(checks, 'settings').map(({ detail }) => detail),
      ['ONE is wrong.', 'TWO is missing.'],
    );
    assert.deepEqual(find(checks, 'store'), []);
  });

  it('says why the store does not open', async () => {
    const store = new StoreLockedError('The store is in use by process 7.');
    const { isGood, checks } = await examine(parts({ store, engine: undefined, credentials: undefined }));
    assert.equal(isGood, false);
    assert.match(find(checks, 'store')[0]?.detail ?? '', /process 7/);
  });

  it('goes on behind a part that cannot be checked', async () => {
    const engine = fakeEngine();
    const m3ter = { ...engine.m3ter, probe: () => Promise.reject(new Error('m3ter is away.')) };
    const { checks } = await examine(parts({ engine: { ...engine, m3ter } }));
    assert.deepEqual(
      find(checks, 'm3ter').map(({ outcome, detail }) => [outcome, detail]),
      [['fail', 'm3ter is away.']],
    );
    assert.equal(find(checks, 'org.connection')[0]?.outcome, 'pass');
  });

  it('names each credential that the org refuses, and that there is none', async () => {
    const engine = fakeEngine();
    engine.states = [{ credentialName: 'production', error: new SalesforceAuthenticationError('refused') }];
    const refused = find((await examine(parts({ engine }))).checks, 'org.connection');
    assert.deepEqual(refused, [
      {
        name: 'org.connection',
        subject: 'production',
        outcome: 'fail',
        detail: 'refused',
        fix: 'm3ter-bills credential test production',
      },
    ]);
    engine.states = [];
    assert.match(find((await examine(parts({ engine }))).checks, 'org.connection')[0]?.fix ?? '', /credential add/);
  });

  it('looks at each integration', async () => {
    const integrations = [
      configured({ name: 'Good', notificationUserIds: ['005000000000001AAA'] }),
      configured({ name: 'Silent' }),
      configured({ name: 'Off', enabled: false, disabledReason: '10 errors.' }),
      configured({ name: 'Copy', pinnedOrgId: '00D000000000009AAA' }),
      configured({ name: 'Bare', credentialKey: null }),
    ];
    const { checks } = await examine(parts({ engine: fakeEngine([fakeOrg({ integrations })]) }));
    const outcomes = find(checks, 'integration').map(({ subject, outcome }) => `${subject} ${outcome}`);
    assert.deepEqual(outcomes, ['Good pass', 'Silent pass', 'Silent warn', 'Off warn', 'Copy warn', 'Bare fail']);
  });

  it('sees that the API allowance ends', async () => {
    for (const [used, outcome] of [
      [70, 'warn'],
      [80, 'fail'],
    ] as const) {
      const org = fakeOrg();
      const connection = { ...org.connection, usage: { used, limit: 100, budget: 80 } };
      const { checks } = await examine(parts({ engine: fakeEngine([{ ...org, connection }]) }));
      assert.equal(find(checks, 'org.apiAllowance')[0]?.outcome, outcome);
    }
  });

  it('refuses an old Node', async () => {
    const { checks } = await examine(parts({ nodeVersion: 'v22.3.0' }));
    assert.equal(find(checks, 'node')[0]?.outcome, 'fail');
  });
});

describe('the clock', () => {
  const off = (seconds: number) => clockCheck('clock', 'x', new Date(NOW.getTime() + seconds * 1000), NOW).outcome;

  it('may be off by seconds, not by minutes', () => {
    assert.deepEqual(
      [off(0), off(-9), off(30), off(-30), off(90), off(-90)],
      ['pass', 'pass', 'warn', 'warn', 'fail', 'fail'],
    );
    assert.equal(clockCheck('clock', 'x', undefined, NOW).outcome, 'warn');
  });
});
