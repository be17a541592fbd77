import { setMaxListeners } from 'node:events';
import os from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigurationError, NO_ORGANIZATION, type Settings } from '../config/load.ts';
import { M3terClient } from '../m3ter/client.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { agentMetrics, type AgentMetrics } from '../metrics/agentMetrics.ts';
import { Notifier } from '../notify/notifier.ts';
import { smtpSender } from '../notify/smtp.ts';
import { createOperations } from '../operations/createOperations.ts';
import { CredentialDesk, TYPE_IN_ORG, type SignIn } from '../operations/credentialDesk.ts';
import type { Operations } from '../operations/operations.ts';
import { carryOut } from '../operations/requests.ts';
import { systemRuntime, type Runtime } from '../runtime.ts';
import { SalesforceConnection } from '../salesforce/connection.ts';
import { openStore } from '../store/openStore.ts';
import type { Store } from '../store/types.ts';
import { Agent } from '../sync/agent.ts';
import type { AgentSettings, OrgCredential } from '../sync/types.ts';
import type { SalesforceCredential } from '../vault/credential.ts';
import type { Credentials } from '../vault/credentials.ts';
import { openCredentials } from '../vault/openCredentials.ts';
import { revisionOf, salesforceSignIn } from '../vault/signIn.ts';
import { createLogger } from './logger.ts';

export const VERSION = packageJson.version;

/** The agent and everything that it stands on, put together but not started. */
export interface Composition {
  readonly settings: Settings;
  readonly runtime: Runtime;
  readonly store: Store;
  readonly credentials: Credentials;
  readonly m3ter: M3terClient;
  readonly agent: Agent;
  readonly operations: Operations;
  readonly metrics: Metrics;
  readonly agentMetrics: AgentMetrics;
  /** Stops the agent, which takes `graceMs` at most, and closes the store. */
  readonly close: (graceMs?: number) => Promise<void>;
}

/** What the process adds to the operations: what it knows of itself. */
export type OwnOperations = (
  parts: Omit<Composition, 'operations' | 'close'>,
) => Pick<Operations, 'doctor' | 'configCheck'>;

/**
 * Opens the store and puts the agent together.
 *
 * @param signal tells the agent to stop
 * @throws {SetupError} when the store cannot be opened, or belongs to another process
 */
export async function compose(settings: Settings, signal: AbortSignal, own: OwnOperations): Promise<Composition> {
  const end = new AbortController();
  const runtime = systemRuntime(createLogger(settings.logLevel), AbortSignal.any([signal, end.signal]));
  // Every wait of the agent listens to it.
  setMaxListeners(0, runtime.signal);
  const store = await openStore(settings.storeUrl, {
    runtime,
    queue: { heartbeatSeconds: settings.takeOverSeconds },
  });
  const credentials = openCredentials(settings, store, runtime);
  const metrics = createMetrics();
  const counters = agentMetrics(metrics, runtime.now);
  const m3ter = m3terClient(settings, credentials, runtime);
  const signIn = signInWith(settings, runtime);
  // Operations need the agent and the agent's requests need operations: each is asked for when it is there.
  const desk = new CredentialDesk({ credentials, signIn, runtime, knownOrgs: () => agent.knownOrgs() });
  const notices: Notifier = new Notifier({
    outbox: store.outbox,
    facts: store.facts,
    org: (orgId) => agent.org(orgId)?.mailbox,
    smtp: settings.mail && smtpSender(settings.mail),
    runtime,
  });
  const agent: Agent = new Agent({
    m3ter,
    m3terOrgId: settings.m3terOrgId ?? '',
    store,
    runtime,
    settings: await agentSettings(settings, store, runtime),
    credentials: async () => (await credentials.salesforce()).map((each) => orgCredential(each, settings)),
    requests: (request, session) => carryOut(request, session, { operations, runtime }),
    notices,
    hooks: counters.hooks,
  });
  const parts = { settings, runtime, store, credentials, m3ter, agent, metrics, agentMetrics: counters };
  const operations = createOperations({ engine: agent, credentials, desk, version: VERSION, ...own(parts) });
  const close = async (graceMs?: number): Promise<void> => {
    // Also what waits for a minute must not hold the process.
    end.abort();
    await agent.stop(graceMs);
    await store.close();
  };
  return { ...parts, operations, close };
}

function m3terClient(settings: Settings, credentials: Credentials, runtime: Runtime): M3terClient {
  const { m3terBaseUrl: baseUrl, m3terOrgId: orgId = '', m3terRequestsPerSecond: requestsPerSecond } = settings;
  const keys = async () => {
    const { publicData, secret } = await credentials.m3ter();
    if (orgId === '') throw new ConfigurationError([NO_ORGANIZATION]);
    return { apiKey: publicData.apiKey, apiSecret: secret.apiSecret };
  };
  return new M3terClient({ baseUrl, orgId, keys, requestsPerSecond }, runtime);
}

function salesforceConnection(credential: SalesforceCredential, settings: Settings, runtime: Runtime) {
  const { salesforceConcurrency: concurrency, salesforceApiBudgetPercent: budgetPercent } = settings;
  return new SalesforceConnection({ ...salesforceSignIn(credential), concurrency, budgetPercent }, runtime);
}

function orgCredential(credential: SalesforceCredential, settings: Settings): OrgCredential {
  const { name, kind, publicData } = credential;
  return {
    name,
    type: TYPE_IN_ORG[kind],
    myDomain: 'loginUrl' in publicData ? publicData.loginUrl : null,
    revision: revisionOf(credential),
    connect: (runtime) => salesforceConnection(credential, settings, runtime),
  };
}

/** Sign-ins of their own, beside the connections that work. */
function signInWith(settings: Settings, runtime: Runtime): SignIn {
  const { m3terBaseUrl: baseUrl, m3terOrgId: orgId = '', m3terRequestsPerSecond: requestsPerSecond } = settings;
  return {
    salesforce: (credential) => salesforceConnection(credential, settings, runtime).orgId(),
    m3ter: async ({ publicData: { apiKey }, secret: { apiSecret } }) => {
      const keys = () => Promise.resolve({ apiKey, apiSecret });
      await new M3terClient({ baseUrl, orgId, keys, requestsPerSecond }, runtime).probe();
    },
  };
}

async function agentSettings(settings: Settings, store: Store, runtime: Runtime): Promise<AgentSettings> {
  return {
    version: VERSION,
    agentKey: await agentKey(store, runtime),
    controlPollMs: settings.controlPollSeconds * 1000,
    eventsPollMs: settings.eventsPollSeconds * 1000,
    hintWindowMs: settings.hintWindowMs,
    lanes: settings.salesforceConcurrency,
    bulkFromRecords: settings.bulkFromRecords,
    reconcileHour: settings.reconcileHour,
    retentionDays: settings.retentionDays,
  };
}

/** One agent has an embedded store, whatever machine it starts on; agents that share one are told apart by machine. */
async function agentKey({ kind, facts }: Store, { newId }: Runtime): Promise<string> {
  if (kind === 'postgres') return os.hostname();
  const known = await facts.get('agentKey');
  if (known !== undefined) return known;
  const key = newId();
  await facts.set('agentKey', key);
  return key;
}
