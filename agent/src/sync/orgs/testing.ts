import { createNames } from '../../rules/names.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { ChangedAccount } from '../../salesforce/control/poll.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import type { ScanRequest } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { Disabling } from '../disabling.ts';
import { OrgSession } from './orgSession.ts';
import { OrgWatch, type OrgWatchParts } from './orgWatch.ts';
import { configured, facts } from '../testing.ts';

export const ORG = '00D000000000001EAA';
const names = createNames('');

/** A watch over an org whose integrations a test changes. */
export function watching({ isSustained = true, kind = 'pglite' } = {}) {
  const runtime = testRuntime();
  const org = {
    integrations: [configured()] as ConfiguredIntegration[],
    accountsSince: null as Date | null,
    accountsChanged: [
      { id: '001000000000001AAA', m3terAccountId: 'one', accountNumber: null, changedAt: null },
    ] as ChangedAccount[],
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
    readIntegrations: () => Promise.resolve(org.integrations),
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
    kind,
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
