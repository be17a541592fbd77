import type { Account, Bill, ExternalMapping } from '../m3ter/resources.ts';
import type { AccountKeys } from '../rules/accountMatch.ts';
import type { CredentialInput, IntegrationChange, RequestResult } from '../rules/controlRecords.ts';
import { createNames } from '../rules/names.ts';
import type { EventRow } from '../salesforce/control/events.ts';
import type { RunRow } from '../salesforce/control/runs.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import { testRuntime, type TestRuntime } from '../testing/testRuntime.ts';
import type { Engine, OrgAccess, OrgState } from './engine.ts';
import type { BillResult, SyncResult } from './shapes.ts';

export const ORG_ID = '00D000000000001AAA';

export function configured(more: Partial<ConfiguredIntegration> = {}): ConfiguredIntegration {
  return {
    id: 'a00000000000001AAA',
    name: 'All Bills',
    enabled: true,
    connectionStatus: 'CONNECTED',
    pinnedOrgId: ORG_ID,
    triggerType: 'EVENT',
    accountIds: [],
    restrictedAccountIds: [],
    accountFilter: '',
    onlySendBillOnApproval: false,
    useExternalMappingAccountCode: false,
    excludedLineItemTypes: [],
    sortLineItemsBy: 'NONE',
    credentialKey: 'production',
    notificationUserIds: [],
    successiveErrors: 0,
    disabledReason: null,
    disabledAt: null,
    lastCheck: null,
    version: 1,
    createdAt: null,
    createdById: null,
    modifiedAt: null,
    modifiedById: null,
    ...more,
  };
}

export function runRow(more: Partial<RunRow> = {}): RunRow {
  return {
    id: 'a01000000000001AAA',
    name: 'RUN-000001',
    key: 'run-1',
    integrationId: 'a00000000000001AAA',
    integrationName: 'All Bills',
    parentRunId: null,
    replayedFromId: null,
    billRecordId: null,
    billReference: null,
    m3terBillId: null,
    sourceVersion: null,
    status: 'COMPLETE',
    trigger: 'MANUAL',
    startedAt: new Date('2026-11-22T11:00:00.000Z'),
    completedAt: null,
    billsRead: 1,
    billsSent: 1,
    billsSkipped: 0,
    billsWaiting: 0,
    billsFailed: 0,
    skippedByReason: null,
    lineItemsSent: 1,
    apiCalls: 1,
    errorCode: null,
    error: null,
    createdAt: new Date('2026-11-22T11:00:00.000Z'),
    createdById: null,
    modifiedAt: null,
    modifiedById: null,
    ...more,
  };
}

export function eventRow(more: Partial<EventRow> = {}): EventRow {
  return {
    id: 'a02000000000001AAA',
    name: 'EVT-000001',
    key: 'event-1',
    eventName: 'integration.perform.error',
    eventTime: new Date('2026-11-22T11:30:00.000Z'),
    message: 'Cause. Remedy.',
    actioned: false,
    actionedAt: null,
    integrationId: 'a00000000000001AAA',
    integrationName: 'All Bills',
    runId: null,
    billRecordId: null,
    m3terBillId: null,
    m3terAccountId: null,
    m3terAccountCode: null,
    createdAt: null,
    ...more,
  };
}

/** An org in memory. */
export interface FakeOrg extends OrgAccess {
  integrations: ConfiguredIntegration[];
  runRows: RunRow[];
  eventRows: EventRow[];
  accounts: AccountKeys[];
  /** m3ter ids by reference or record id. */
  billIds: Readonly<Record<string, string>>;
  readonly told: CredentialInput[];
  readonly answered: [id: string, result: RequestResult][];
}

export function fakeOrg(more: Partial<FakeOrg> = {}): FakeOrg {
  const found = (ids: readonly string[] | undefined, row: { id: string; name: string }) =>
    ids === undefined || ids.includes(row.id) || ids.includes(row.name);
  const org: FakeOrg = {
    orgId: ORG_ID,
    credentialName: 'production',
    names: createNames(''),
    timeZone: 'Europe/London',
    pause: { reason: undefined },
    integrations: [configured()],
    runRows: [],
    eventRows: [],
    accounts: [],
    billIds: {},
    told: [],
    answered: [],
    connection: {
      usage: { used: 10, limit: 100, budget: 80 },
      origin: () => Promise.resolve('https://acme.my.salesforce.com'),
      userId: () => Promise.resolve('005000000000001AAA'),
      retrying: (work) => work(),
      request: (_method, path) => {
        const text = decodeURIComponent(path);
        const ids = Object.entries(org.billIds).filter(([name]) => text.includes(`'${name}'`));
        return Promise.resolve({ records: ids.map(([, id]) => ({ M3ter_Bill_Id__c: id })) });
      },
    },
    reader: { find: () => Promise.resolve({ accounts: org.accounts, bills: [] }) },
    control: {
      readIntegrations: () => Promise.resolve(org.integrations),
      updateIntegration: (id, change) => Promise.resolve(update(org, id, change)),
      runs: ({ keys, ids, level, m3terBillIds, limit = 50 }) => {
        const rows = org.runRows.filter(
          (row) =>
            found(ids, row) &&
            (keys === undefined || keys.includes(row.key)) &&
            (m3terBillIds === undefined || m3terBillIds.includes(row.m3terBillId ?? '')) &&
            (level !== 'batches' || row.parentRunId === null) &&
            (typeof level !== 'object' || row.parentRunId === level.parentRunId),
        );
        return Promise.resolve({ rows: rows.slice(0, limit), next: null });
      },
      run: (wanted) => Promise.resolve(org.runRows.find(({ id, name, key }) => [id, name, key].includes(wanted))),
      events: ({ ids, actioned, runId }) => {
        const rows = org.eventRows.filter(
          (row) =>
            found(ids, row) &&
            (actioned === undefined || row.actioned === actioned) &&
            (runId === undefined || row.runId === runId),
        );
        return Promise.resolve({ rows, next: null });
      },
      actionEvents: (ids) => {
        org.eventRows = org.eventRows.map((row) => (ids.includes(row.id) ? { ...row, actioned: true } : row));
        return Promise.resolve([]);
      },
      upsertCredentials: (rows) => {
        org.told.push(...rows);
        return Promise.resolve([]);
      },
      writeRequest: (id, result) => Promise.resolve(void org.answered.push([id, result])),
    },
    ...more,
  };
  return org;
}

function update(org: FakeOrg, id: string, change: IntegrationChange): ConfiguredIntegration | undefined {
  org.integrations = org.integrations.map((each) => (each.id === id ? { ...each, ...change } : each));
  return org.integrations.find((each) => each.id === id);
}

/** An engine between m3ter and orgs in memory, which notes what it is asked to do. */
export interface FakeEngine extends Engine {
  readonly runtime: TestRuntime;
  states: readonly OrgState[];
  bills: Bill[];
  accounts: Account[];
  mappings: ExternalMapping[];
  readonly asked: string[];
  results: BillResult[];
  result: SyncResult;
}

export function fakeEngine(orgs: readonly OrgAccess[] = [fakeOrg()]): FakeEngine {
  const runtime = testRuntime();
  const note = (text: string): void => void engine.asked.push(text);
  const engine: FakeEngine = {
    runtime,
    asked: [],
    states: orgs.map((org) => ({ credentialName: org.credentialName, org })),
    bills: [],
    accounts: [],
    mappings: [],
    results: [],
    result: { integrations: [], apiCalls: { salesforce: 0, m3ter: 0 }, idle: [], isComplete: true },
    startedAt: null,
    m3terOrgId: 'm3ter-org',
    store: fakeStore(note),
    m3ter: fakeM3ter(() => engine),
    orgs: () => Promise.resolve(engine.states),
    knownOrgs: () => engine.states,
    integrationNames: () => new Map([['a00000000000001AAA', 'All Bills']]),
    sync: (refs, trigger) => {
      note(`sync ${refs === null ? 'all' : refs.map(({ integrationId }) => integrationId).join()} ${trigger}`);
      return Promise.resolve(engine.result);
    },
    push: ({ integrationId }, billIds, replayedFrom) => {
      note(`push ${integrationId} ${billIds.join()} ${replayedFrom}`);
      return Promise.resolve({ runKey: 'run-2', results: engine.results });
    },
    dryRun: (refs, { limit, settings }) => {
      note(`dryRun ${refs === null ? 'all' : refs.length} ${limit} ${JSON.stringify(settings ?? 'as saved')}`);
      return Promise.resolve({ result: engine.result, letThrough: null, bills: [] });
    },
    backfill: ({ integrationId }, { from, to }, way) => {
      note(`backfill ${integrationId} ${from} ${to} ${way}`);
      const calls = { salesforce: 0, m3ter: 0 };
      const plan = { bills: 0, toSend: 0, lineItems: 0, way: 'composite', calls, seconds: 0 } as const;
      return Promise.resolve({ plan, report: null, apiCalls: calls, isComplete: true });
    },
    pauseBackfill: ({ integrationId }) => {
      note(`pauseBackfill ${integrationId}`);
      return Promise.resolve(true);
    },
    mappingAppeared: (id) => Promise.resolve(note(`mapped ${id}`)),
    refresh: (orgId) => Promise.resolve(note(`refresh ${orgId}`)),
  };
  return engine;
}

function fakeM3ter(engine: () => FakeEngine): Engine['m3ter'] {
  return {
    getBill: (id) => Promise.resolve(engine().bills.find((bill) => bill.id === id)),
    statementAddress: (id, format) => Promise.resolve(`https://m3ter.example/${id}.${format}`),
    getAccounts: (ids) => Promise.resolve(engine().accounts.filter(({ id }) => ids.includes(id))),
    listAccounts: async function* () {
      yield await Promise.resolve(engine().accounts);
    },
    listExternalMappings: ({ m3terIds }) =>
      Promise.resolve(engine().mappings.filter(({ m3terId }) => m3terIds.includes(m3terId ?? ''))),
    createExternalMapping: (mapping) => {
      const made = { ...mapping, id: 'mapping-1', m3terEntity: 'Account', externalTable: 'Account' };
      engine().mappings.push(made);
      return Promise.resolve(made);
    },
    probe: () => Promise.resolve([{ what: 'bills' }]),
  };
}

function fakeStore(note: (text: string) => void): Engine['store'] {
  const never = (): never => {
    throw new Error('The fake store does not do this.');
  };
  return {
    kind: 'pglite',
    url: 'pglite:///data',
    queue: {
      start: () => Promise.resolve(),
      requestScan: never,
      workScans: never,
      workPush: never,
      idle: () => Promise.resolve(true),
      depth: () => Promise.resolve({ queued: 1, active: 0, retrying: 0, dead: 2 }),
      dead: () => Promise.resolve([]),
      redrive: (orgId) => {
        note(`redrive ${orgId ?? 'all'}`);
        return Promise.resolve(2);
      },
      recoverActive: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
    states: {
      of: never,
      settled: never,
      save: never,
      forgetOthers: never,
      waiting: never,
      counts: () => Promise.resolve({ sent: 5 }),
    },
    batches: {
      open: never,
      enqueue: never,
      scanned: never,
      record: never,
      finishable: never,
      close: never,
      closeFinished: never,
      unfinished: never,
      claimRun: never,
      settleRun: never,
      isWaitingFor: never,
      recent: () =>
        Promise.resolve([
          {
            runKey: 'run-1',
            orgId: ORG_ID,
            integrationId: 'a00000000000001AAA',
            trigger: 'EVENT' as const,
            startedAt: new Date('2026-11-22T11:59:00.000Z'),
            replayedFrom: null,
            isScanned: true,
            counts: { sent: 3 },
            pending: 0,
            closedAt: null,
          },
        ]),
    },
    errors: {
      get: () => Promise.resolve({ count: 0, evidence: [] }),
      set: ({ integrationId }, { count }) => Promise.resolve(note(`errors ${integrationId} ${count}`)),
      replace: () => Promise.resolve(true),
    },
  };
}
