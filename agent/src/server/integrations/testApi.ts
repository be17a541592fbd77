import { testRuntime } from '../../testing/testRuntime.ts';
import type { IntegrationChange } from '../../rules/controlRecords.ts';
import type { EventFilter, EventRow } from '../../salesforce/control/events.ts';
import { VersionConflictError, type ConfiguredIntegration } from '../../salesforce/control/integrations.ts';
import type { HistoryFilter, Page } from '../../salesforce/control/paging.ts';
import type { RunFilter, RunRow } from '../../salesforce/control/runs.ts';
import type { CredentialInfo } from '../../vault/credential.ts';
import { createHttp } from '../http.ts';
import { integrationsApi, type IntegrationsApi } from './api.ts';
import type { KnownOrgs, OrgRecords, ServedOrg } from './gateway.ts';

export const M3TER_ORG = 'f1e2d3c4-0000-4000-8000-000000000001';
export const ORG = '00D000000000001AAA';
export const OTHER_ORG = '00D000000000002AAA';
export const INTEGRATION = 'a01000000000001AAA';
const TIME = new Date('2026-11-22T10:00:00.000Z');

export function integrationRow(changes: Partial<ConfiguredIntegration> = {}): ConfiguredIntegration {
  return {
    id: INTEGRATION,
    name: 'UK finance',
    enabled: true,
    connectionStatus: 'CONNECTED',
    pinnedOrgId: ORG,
    triggerType: 'EVENT',
    accountIds: [],
    restrictedAccountIds: [],
    accountFilter: '',
    onlySendBillOnApproval: false,
    useExternalMappingAccountCode: false,
    excludedLineItemTypes: [],
    sortLineItemsBy: 'NONE',
    credentialKey: 'prod-uk',
    notificationUserIds: [],
    successiveErrors: 0,
    disabledReason: null,
    disabledAt: null,
    lastCheck: null,
    version: 1,
    createdAt: TIME,
    createdById: '005000000000001AAA',
    modifiedAt: TIME,
    modifiedById: null,
    ...changes,
  };
}

export function runRow(changes: Partial<RunRow> = {}): RunRow {
  return {
    id: 'a02000000000001AAA',
    name: 'RUN-000001',
    key: 'batch-1:bill-1',
    integrationId: INTEGRATION,
    integrationName: 'UK finance',
    parentRunId: 'a02000000000009AAA',
    replayedFromId: null,
    billRecordId: 'a03000000000001AAA',
    billReference: 'INV-1',
    m3terBillId: 'bill-1',
    sourceVersion: 3,
    status: 'COMPLETE',
    trigger: 'EVENT',
    startedAt: TIME,
    completedAt: TIME,
    billsRead: null,
    billsSent: null,
    billsSkipped: null,
    billsWaiting: null,
    billsFailed: null,
    skippedByReason: null,
    lineItemsSent: 4,
    apiCalls: null,
    errorCode: null,
    error: null,
    createdAt: TIME,
    createdById: null,
    modifiedAt: TIME,
    modifiedById: null,
    ...changes,
  };
}

export function batchRow(changes: Partial<RunRow> = {}): RunRow {
  const none = { parentRunId: null, billRecordId: null, billReference: null, m3terBillId: null, sourceVersion: null };
  return runRow({ id: 'a02000000000009AAA', name: 'RUN-000000', key: 'batch-1', ...none, ...changes });
}

export function eventRow(changes: Partial<EventRow> = {}): EventRow {
  return {
    id: 'a04000000000001AAA',
    name: 'EVT-000001',
    key: 'key-1',
    eventName: 'integration.perform.error',
    eventTime: TIME,
    message: 'Region__c is required by your org. Fill it in, then resend the Bill.',
    actioned: false,
    actionedAt: null,
    integrationId: INTEGRATION,
    integrationName: 'UK finance',
    runId: 'a02000000000001AAA',
    billRecordId: null,
    m3terBillId: 'bill-1',
    m3terAccountId: 'account-1',
    m3terAccountCode: null,
    createdAt: TIME,
    ...changes,
  };
}

/** An org in memory that pages as the control plane does. `seen` holds the filters of its reads. */
export interface MemoryOrg extends ServedOrg {
  readonly rows: { integrations: ConfiguredIntegration[]; runs: RunRow[]; events: EventRow[] };
  readonly seen: (RunFilter | EventFilter)[];
}

export function memoryOrg(orgId = ORG, credentialName = 'prod-uk'): MemoryOrg {
  const rows: MemoryOrg['rows'] = { integrations: [], runs: [], events: [] };
  const seen: MemoryOrg['seen'] = [];
  const at = (id: string): number => rows.integrations.findIndex((row) => row.id === id);
  const apply = (row: ConfiguredIntegration, change: IntegrationChange): ConfiguredIntegration => ({
    ...row,
    ...(change as Partial<ConfiguredIntegration>),
    version: row.version + 1,
  });
  const records: OrgRecords = {
    readIntegrations: () => Promise.resolve(rows.integrations),
    integration: (id) => Promise.resolve(rows.integrations[at(id)]),
    createIntegration: (change) => {
      const id = `a0100000000001${rows.integrations.length}AAA`;
      const blank = integrationRow({ id, connectionStatus: 'NOT_CONNECTED', credentialKey: null, pinnedOrgId: null });
      const row = apply({ ...blank, version: 0 }, change);
      rows.integrations.push(row);
      return Promise.resolve(row);
    },
    updateIntegration: (id, change, version) => {
      const row = rows.integrations[at(id)];
      if (!row) return Promise.resolve(undefined);
      if (row.version !== version) return Promise.reject(new VersionConflictError('It was changed. Read it again.'));
      const next = apply(row, change);
      rows.integrations[at(id)] = next;
      return Promise.resolve(next);
    },
    deleteIntegration: (id) => Promise.resolve(rows.integrations.splice(at(id), 1).length > 0),
    runs: (filter) => {
      seen.push(filter);
      return Promise.resolve(
        paged(
          rows.runs.filter((row) => fitsRun(row, filter)),
          filter,
        ),
      );
    },
    events: (filter) => {
      seen.push(filter);
      const { actioned, ids } = filter;
      const fits = (row: EventRow): boolean =>
        (actioned === undefined || row.actioned === actioned) && (ids === undefined || ids.includes(row.id));
      return Promise.resolve(paged(rows.events.filter(fits), filter));
    },
  };
  return { orgId, credentialName, instanceUrl: 'https://acme.my.salesforce.com', records, rows, seen };
}

function fitsRun(row: RunRow, { ids, keys, m3terBillIds, level, status }: RunFilter): boolean {
  const isBatch = row.parentRunId === null;
  return (
    (ids === undefined || ids.includes(row.id)) &&
    (keys === undefined || keys.includes(row.key)) &&
    (m3terBillIds === undefined || m3terBillIds.includes(row.m3terBillId ?? '')) &&
    (status === undefined || row.status === status) &&
    (level === undefined || (level === 'batches' ? isBatch : !isBatch)) &&
    (typeof level !== 'object' || row.parentRunId === level.parentRunId)
  );
}

function paged<Row>(rows: readonly Row[], { limit = 50, after }: HistoryFilter): Page<Row> {
  const start = Number(after ?? 0);
  const next = start + limit < rows.length ? String(start + limit) : null;
  return { rows: rows.slice(start, start + limit), next };
}

export function apiClient(changes: Partial<CredentialInfo> = {}): CredentialInfo {
  const details = { clientId: 'id' };
  const kind = { kind: 'apiClient', destination: 'AGENT', source: 'vault' } as const;
  return { name: 'billing team', ...kind, details, createdAt: TIME, rotatedAt: null, ...changes };
}

function salesforceCredential(name: string): CredentialInfo {
  const kind = { kind: 'clientCredentials', destination: 'SALESFORCE', source: 'vault' } as const;
  return { name, ...kind, details: {}, createdAt: TIME, rotatedAt: null };
}

/** The Integrations API over orgs in memory, and a client that is signed in. */
export function testApi(changes: Partial<IntegrationsApi> = {}, orgs: KnownOrgs = [memoryOrg()]) {
  const runtime = testRuntime();
  const called: unknown[] = [];
  const clients: CredentialInfo[] = [apiClient()];
  const refuse = (): never => {
    throw new Error('not expected');
  };
  const api: IntegrationsApi = {
    m3terOrgId: M3TER_ORG,
    clients: {
      apiClient: (id, secret) => Promise.resolve(id === 'id' && secret === 'se:cret' ? clients[0] : undefined),
      list: () =>
        Promise.resolve([...clients, ...orgs.map(({ credentialName }) => salesforceCredential(credentialName))]),
    },
    orgs: () => orgs,
    operations: { enable: refuse, disable: refuse, replay: refuse, actionEvents: refuse },
    forward: refuse,
    refresh: (orgId) => Promise.resolve(void called.push(['refresh', orgId])),
    mappingAppeared: (accountId) => Promise.resolve(void called.push(['mapped', accountId])),
    now: runtime.now,
    ...changes,
  };
  const app = createHttp(runtime.logger);
  void app.register(integrationsApi(api));
  let token: string | undefined;
  const signIn = async (): Promise<string> => {
    const authorization = `Basic ${Buffer.from('id:se:cret').toString('base64')}`;
    const payload = { grant_type: 'client_credentials' };
    const answer = await app.inject({ method: 'POST', url: '/oauth/token', headers: { authorization }, payload });
    return answer.json<{ access_token: string }>().access_token;
  };
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
    token ??= await signIn();
    const url = `/organizations/${M3TER_ORG}${path}`;
    const headers = { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
  };
  return { app, call, signIn, runtime, called, clients };
}
