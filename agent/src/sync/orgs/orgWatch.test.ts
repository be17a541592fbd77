import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import type { ScanRequest } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { Disabling } from '../disabling.ts';
import { OrgSession } from './orgSession.ts';
import { OrgWatch, type OrgWatchParts } from './orgWatch.ts';
import { configured, facts } from '../testing.ts';

const ORG = '00D000000000001EAA';
const names = createNames('');

/** A watch over an org whose integrations a test changes. */
function watching({ isSustained = true } = {}) {
  const runtime = testRuntime();
  const org = {
    integrations: [configured()] as ConfiguredIntegration[],
    accountsSince: null as Date | null,
    accountsChanged: [{ id: '001000000000001AAA', m3terAccountId: 'one', accountNumber: null, changedAt: null }],
    asked: [] as unknown[],
    /** Called after the org was read and before the agent sees it. */
    afterRead: () => Promise.resolve(),
    refusesChanges: false,
    events: [] as unknown[],
  };
  const notices: unknown[] = [];
  const written: SalesforceRecord[] = [];
  const scans: ScanRequest[] = [];
  const m3ter: { trouble: string | undefined } = { trouble: undefined };
  const streaks = new Map<string, { count: number; evidence: string[] }>();
  const control = {
    poll: async ({ wantsAccountsSince }: { wantsAccountsSince: Date | null }) => {
      const { integrations, accountsSince } = org;
      org.asked.push(wantsAccountsSince);
      await org.afterRead();
      return {
        integrations,
        requests: [],
        running: [],
        accountsSince,
        accountsChanged: accountsSince ? org.accountsChanged : undefined,
        hasMoreAccounts: false,
      };
    },
    write: ({ integrations = new Map<string, SalesforceRecord>(), events = [] as SalesforceRecord[] }) => {
      org.events.push(...events.map((event) => event['Event_Key__c']));
      if (org.refusesChanges && integrations.size > 0) {
        return Promise.resolve([{ record: 0, code: 'UNABLE_TO_LOCK_ROW', message: 'locked' }]);
      }
      for (const [id, record] of integrations) {
        written.push(record);
        org.integrations = org.integrations.map((each) => (each.id === id ? applied(each, record) : each));
      }
      return Promise.resolve([]);
    },
  };
  const connection = { origin: () => Promise.resolve('https://org'), apiCalls: 0 } as never;
  const session = new OrgSession({
    ...{ orgId: ORG, credentialName: 'main', connection, names, timeZone: 'UTC', runtime },
  });
  Object.assign(session, { control });
  const store = {
    facts: facts(),
    errors: {
      get: ({ integrationId }: { integrationId: string }) =>
        Promise.resolve(streaks.get(integrationId) ?? { count: 0, evidence: [] }),
      set: ({ integrationId }: { integrationId: string }, streak: { count: number; evidence: string[] }) =>
        Promise.resolve(void streaks.set(integrationId, streak)),
    },
    batches: { unfinished: () => Promise.resolve([]) },
  };
  const book = { endedRuns: () => Promise.resolve([]) } as never;
  const disabling = new Disabling({
    ...{ store: store as never, runtime, book },
    notices: {
      meet: () => Promise.resolve(),
      add: (notice) => Promise.resolve(void notices.push(notice)),
      sendDue: () => Promise.resolve(),
    },
    onChanged: () => undefined,
  });
  const parts = {
    ...{ store, runtime, disabling, notices: undefined },
    troubles: { orgWorks: () => Promise.resolve() },
    registry: {
      tellCredentials: () => Promise.resolve(),
      credentialsOf: () => new Map([['main', 'working' as const]]),
    },
    heartbeat: () => Promise.resolve(undefined),
    isSustained: () => isSustained,
    testM3ter: () => Promise.resolve(m3ter.trouble),
    requestScan: (request: ScanRequest) => Promise.resolve(void scans.push(request)),
    onAccounts: () => Promise.resolve(),
    onRequests: () => Promise.resolve(),
  } as unknown as OrgWatchParts;
  const watch = new OrgWatch(parts);
  const change = (changes: Partial<ConfiguredIntegration>): void => {
    org.integrations = org.integrations.map((each) => ({ ...each, ...changes }));
  };
  const poll = async (): Promise<string[]> => {
    scans.length = 0;
    await watch.poll(session);
    return scans.map(({ reason }) => reason);
  };
  return { poll, change, watch, session, org, parts, disabling, written, m3ter, streaks, store, notices, runtime };
}

/** What the org makes of a record that the agent writes. */
function applied(integration: ConfiguredIntegration, record: SalesforceRecord): ConfiguredIntegration {
  const fields: Record<string, keyof ConfiguredIntegration> = {
    Enabled__c: 'enabled',
    Connection_Status__c: 'connectionStatus',
    Pinned_Org_Id__c: 'pinnedOrgId',
    Disabled_Reason__c: 'disabledReason',
    Successive_Errors__c: 'successiveErrors',
  };
  const known = Object.entries(record).flatMap(([name, value]) => (fields[name] ? [[fields[name], value]] : []));
  return { ...integration, ...(Object.fromEntries(known) as Partial<ConfiguredIntegration>) };
}

describe('a look before some work', () => {
  it('is taken beside the work in good time, and waited for only when the last one is ten seconds old', async () => {
    const { watch, session, org, runtime } = watching();
    let goOn: () => void = () => undefined;
    const after = async (milliseconds: number): Promise<number> => {
      runtime.time = new Date(runtime.time.getTime() + milliseconds);
      await watch.lookAt(session);
      return org.asked.length;
    };
    assert.equal(await after(0), 1);
    org.afterRead = () => new Promise<void>((resolve) => (goOn = resolve));
    assert.equal(await after(6000), 1);
    assert.equal(await after(2000), 1);
    await new Promise(setImmediate);
    assert.equal(org.asked.length, 2);
    goOn();
    await watch.poll(session);
    org.afterRead = () => Promise.resolve();
    assert.equal(await after(11_000), 3);
    assert.deepEqual(session.view.readAt, runtime.now());
  });

  it('is only taken where it is waited for in a single sync', async () => {
    const { watch, session, org, runtime } = watching({ isSustained: false });
    await watch.lookAt(session);
    runtime.time = new Date(runtime.time.getTime() + 8000);
    await watch.lookAt(session);
    await new Promise(setImmediate);
    assert.equal(org.asked.length, 1);
  });
});

describe('a look at an org', () => {
  it('connects an integration at the first time, binds it to the org, and scans for it', async () => {
    const { poll, change, org } = watching();
    change({ connectionStatus: 'NOT_CONNECTED', pinnedOrgId: null });
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual([org.integrations[0]?.connectionStatus, org.integrations[0]?.pinnedOrgId], ['CONNECTED', ORG]);
    assert.deepEqual(await poll(), []);
  });

  it('disconnects an integration whose credential was taken away, and leaves it alone', async () => {
    const { poll, change, session, org } = watching();
    await poll();
    change({ credentialKey: null });
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.connectionStatus, 'NOT_CONNECTED');
    assert.deepEqual(
      session.view.idle.map(({ reason }) => reason),
      ['noCredential'],
    );
  });

  it('refuses an integration of another org and writes nothing', async () => {
    const { poll, change, session, written } = watching();
    change({ pinnedOrgId: '00D000000000002EAA', connectionStatus: 'NOT_CONNECTED' });
    assert.deepEqual(await poll(), []);
    assert.deepEqual(written, []);
    assert.deepEqual(
      session.view.idle.map(({ reason }) => reason),
      ['otherOrg'],
    );
  });

  it('scans when rules changed, and when the rules of one before it did', async () => {
    const { poll, change, org } = watching();
    org.integrations = [configured({ id: 'a', name: 'A' }), configured({ id: 'b', name: 'B' })];
    await poll();
    org.integrations = [
      configured({ id: 'a', name: 'A', accountFilter: 'currency == USD' }),
      configured({ id: 'b', name: 'B' }),
    ];
    assert.deepEqual(await poll(), ['new rules']);
    change({});
    assert.deepEqual(await poll(), []);
  });

  it('scans when another process acted on new rules by which this one had not worked yet', async () => {
    const { poll, change, store } = watching();
    await poll();
    const before = new Map(store.facts.values);
    change({ accountFilter: 'currency == USD' });
    await poll();
    // The other one saw at once that they were changed back.
    change({ accountFilter: '' });
    for (const [name, value] of before) store.facts.values.set(name, value);
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('scans when another process met first that an integration was enabled', async () => {
    const { poll, change, store } = watching();
    await poll();
    const before = new Map(store.facts.values);
    change({ enabled: false });
    await poll();
    change({ enabled: true });
    for (const [name, value] of before) store.facts.values.set(name, value);
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('scans when hints begin to matter, which they did not on a schedule', async () => {
    const { poll, change } = watching();
    change({ triggerType: 'SCHEDULE' });
    await poll();
    change({ triggerType: 'EVENT' });
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('asks for Accounts from a little before it begins, for the clock of the org may be behind', async () => {
    const { poll, org, runtime } = watching();
    await poll();
    const [first] = org.asked as Date[];
    assert.equal(runtime.now().getTime() - (first?.getTime() ?? NaN), 300_000);
  });

  it('reads Accounts again that could not be acted on, and takes requests first', async () => {
    const { poll, org, parts } = watching();
    const [begin, later] = [new Date('2026-11-22T12:00:00Z'), new Date('2026-11-22T12:01:00Z')];
    const done: string[] = [];
    Object.assign(parts, {
      onRequests: () => Promise.resolve(void done.push('requests')),
      onAccounts: () => (done.push('accounts'), Promise.reject(new Error('m3ter is away'))),
    });
    org.accountsSince = begin;
    await poll();
    org.accountsSince = later;
    await assert.rejects(poll(), /m3ter is away/);
    await assert.rejects(poll(), /m3ter is away/);
    assert.deepEqual(done, ['requests', 'requests', 'accounts', 'requests', 'accounts']);
    const overlapping = new Date('2026-11-22T11:58:00Z');
    assert.deepEqual(org.asked.slice(-2), [overlapping, overlapping]);
  });

  it('looks again for Bills that wait for an Account, when they were being decided about as it changed', async () => {
    const { poll, org, parts, session } = watching();
    const met: string[] = [];
    Object.assign(parts, {
      onAccounts: (_session: OrgSession, changed: readonly { m3terAccountId: string | null }[]) =>
        Promise.resolve(void met.push(changed.map(({ m3terAccountId }) => m3terAccountId).join())),
    });
    org.accountsSince = new Date('2026-11-22T12:00:00Z');
    await poll();
    const goesOn = Promise.withResolvers<void>();
    const decided = [true, false].map((doesAnyWait) =>
      session.accountNews.during(
        () => goesOn.promise,
        () => doesAnyWait,
      ),
    );
    await poll();
    org.accountsChanged = [];
    await poll();
    assert.deepEqual(met, ['one']);
    goesOn.resolve();
    await Promise.all(decided);
    await poll();
    await poll();
    assert.deepEqual(met, ['one', 'one']);
  });

  it('catches up once with what happened while the agent was not there', async () => {
    const { poll, store, session, watch } = watching();
    await poll();
    const again = watching();
    for (const [name, value] of store.facts.values) again.store.facts.values.set(name, value);
    assert.deepEqual(await again.poll(), ['start']);
    assert.deepEqual(await again.poll(), []);
    await watch.lookAt(session);
  });

  it('leaves changed rules to a running agent in a single sync', async () => {
    const { poll, change, store } = watching({ isSustained: false });
    await poll();
    change({ accountFilter: 'currency == USD' });
    assert.deepEqual(await poll(), []);
    assert.equal(store.facts.values.size, 0);
  });
});

describe('an integration that is enabled again', () => {
  const disabled = { enabled: false, disabledReason: '10 successive errors.', successiveErrors: 10 };

  it('is tested, counts anew, forgets the reason, and is scanned', async () => {
    const { poll, change, org, streaks } = watching();
    change(disabled);
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['e'] });
    assert.deepEqual(await poll(), []);
    change({ enabled: true });
    assert.deepEqual(await poll(), ['new rules']);
    const [integration] = org.integrations;
    assert.deepEqual(
      [integration?.enabled, integration?.disabledReason, integration?.successiveErrors],
      [true, null, 0],
    );
    assert.equal(streaks.get(integration?.id ?? '')?.count, 0);
  });

  it('is disabled again, with the reason, when the connection test fails', async () => {
    const { poll, change, org, m3ter, session } = watching();
    change(disabled);
    await poll();
    change({ enabled: true });
    m3ter.trouble = 'm3ter refuses the access key.';
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    assert.match(org.integrations[0]?.disabledReason ?? '', /connection test failed: m3ter refuses the access key/);
    assert.deepEqual(session.view.ready, []);
    m3ter.trouble = undefined;
    change({ enabled: true });
    assert.deepEqual(await poll(), ['new rules']);
  });

  it('is scanned by the agent that runs by itself, though a single sync saw it first', async () => {
    const single = watching({ isSustained: false });
    single.change(disabled);
    await single.poll();
    single.change({ enabled: true });
    assert.deepEqual(await single.poll(), []);
    assert.equal(single.org.integrations[0]?.disabledReason, null);
    const running = watching();
    for (const [name, value] of single.store.facts.values) running.store.facts.values.set(name, value);
    assert.deepEqual(await running.poll(), ['new rules']);
  });

  it('is not what a look shows that was under way while the agent disabled it', async () => {
    const { poll, org, session, disabling, streaks } = watching();
    await poll();
    org.afterRead = async () => {
      const [ready] = session.view.ready;
      assert.ok(ready);
      streaks.set(ready.integration.id, { count: 10, evidence: ['the last'] });
      await disabling.disableForErrors(session, ready, { count: 10, evidence: ['the last'] });
    };
    assert.deepEqual(await poll(), []);
    org.afterRead = () => Promise.resolve();
    assert.deepEqual(await poll(), []);
    assert.match(org.integrations[0]?.disabledReason ?? '', /10 successive errors/);
    assert.equal(streaks.get(org.integrations[0]?.id ?? '')?.count, 10);
  });

  it('is disabled once, when a look meets it while it is being disabled', async () => {
    const { poll, org, session, disabling, streaks, written } = watching();
    await poll();
    const [ready] = session.view.ready;
    assert.ok(ready);
    const streak = { count: 10, evidence: ['the last'] };
    streaks.set(ready.integration.id, streak);
    const disabled = session.writing.runAlone(() => disabling.disableForErrors(session, ready, streak));
    await Promise.all([disabled, poll()]);
    assert.equal(written.filter((record) => record['Enabled__c'] === false).length, 1);
    assert.equal(org.integrations[0]?.enabled, false);
  });

  it('stays disabled for the agent, and is tried again, while the org does not take it', async () => {
    const { poll, org, streaks, notices, store, runtime } = watching();
    await poll();
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['the last'] });
    org.refusesChanges = true;
    for (let look = 0; look < 2; look += 1) {
      runtime.time = new Date(runtime.time.getTime() + 60_000);
      assert.deepEqual(await poll(), []);
      assert.equal(org.integrations[0]?.enabled, true);
    }
    assert.ok(![...store.facts.values.values()].includes('disabled'));
    org.refusesChanges = false;
    runtime.time = new Date(runtime.time.getTime() + 60_000);
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    // People are told once, and the org holds one Event.
    assert.deepEqual([new Set(org.events).size, notices.length], [1, 1]);
    assert.equal(streaks.get(org.integrations[0]?.id ?? '')?.count, 10);
  });

  it('is disabled at the next look when that could not be written at the tenth error', async () => {
    const { poll, org, streaks } = watching();
    await poll();
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['the last'] });
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    assert.match(org.integrations[0]?.disabledReason ?? '', /10 successive errors.*the last/);
  });
});
