import { loadSettings } from '../config/load.ts';
import { asError, AuthenticationError, SetupError } from '../errors.ts';
import { startServer, type RunningServer } from '../server/server.ts';
import type { KnownOrgs } from '../server/integrations/gateway.ts';
import { storeLocation } from '../store/url.ts';
import type { OrgSession } from '../sync/orgs/orgSession.ts';
import type { Tools } from './command.ts';
import { compose, type Composition } from './compose.ts';
import { ownOperations } from './local.ts';

/** Service managers wait 10 seconds before they kill; the store needs a moment too. */
const GRACE_MS = 8000;

/**
 * Runs the agent with its server until the process is told to stop.
 *
 * @throws {SetupError} when the store is another process's, the port is taken, or the org lacks what the agent needs
 * @throws {AuthenticationError} when the very first sign-in is refused
 */
export async function serve({ context, config }: Tools): Promise<void> {
  const { signal } = context;
  const settings = loadSettings(context.env, config);
  const composition = await compose(settings, signal, ownOperations(context, config));
  const { agent, credentials, runtime } = composition;
  const { logger } = runtime;
  for (const warning of settings.warnings) logger.warn({}, warning);
  let server: RunningServer | undefined;
  try {
    const renewed = await credentials.renewKeys();
    if (renewed > 0) logger.info({ credentials: renewed }, "Encrypted credentials anew with the vault's current key.");
    await agent.start();
    server = await serverOf(composition);
    await Promise.race([stopped(signal), refusal(composition)]);
  } finally {
    await Promise.all([server?.close(GRACE_MS), composition.close(GRACE_MS)]);
  }
}

/**
 * Rejects when nothing can work before a person changes something: m3ter or every org refuses the very first sign-in.
 * What only cannot be reached, and what is yet to be added while the agent runs, is no reason to end.
 */
async function refusal({ agent, m3ter, store, settings, credentials }: Composition): Promise<never> {
  const forever = new Promise<never>(() => undefined);
  const states = await agent.orgs();
  const errors = states.flatMap((state) => ('error' in state && isFinal(state.error) ? [state.error] : []));
  const [first] = errors;
  if (first && errors.length === states.length) throw first;
  const isKnown = (await credentials.list()).some(({ destination }) => destination === 'M3TER');
  try {
    if (isKnown) {
      await m3ter.listBills({ withLineItems: false }).next();
      await store.bindTo(settings.m3terOrgId ?? '');
    }
  } catch (error) {
    if (isFinal(error)) throw error;
  }
  return forever;
}

function isFinal(error: unknown): error is Error {
  return error instanceof AuthenticationError || error instanceof SetupError;
}

function serverOf(composition: Composition): Promise<RunningServer> {
  const { settings, agent, m3ter, store, credentials, operations, metrics, agentMetrics, runtime } = composition;
  const { controlPollSeconds, eventsPollSeconds, storeUrl } = settings;
  const location = storeLocation(storeUrl);
  agentMetrics.watch(() => agent.health());
  return startServer({
    settings,
    hint: (billIds) => agent.hint(billIds, 'webhook'),
    health: {
      health: () => agent.health(),
      store,
      controlPollMs: controlPollSeconds * 1000,
      eventsPollMs: eventsPollSeconds * 1000,
      now: runtime.now,
    },
    lastOutcome: agentMetrics.lastOutcome,
    operations,
    integrations: {
      m3terOrgId: settings.m3terOrgId ?? '',
      clients: credentials,
      orgs: () => knownOrgs(composition),
      forward: (method, path, body) => m3ter.forward(method, path, body),
      refresh: (orgId) => agent.refresh(orgId),
      mappingAppeared: (m3terAccountId) => agent.mappingAppeared(m3terAccountId),
    },
    metrics,
    logger: runtime.logger,
    now: runtime.now,
    endpointFolder: location.kind === 'pglite' ? location.folder : undefined,
  });
}

/** The org of each credential; an org that several lead to once. */
async function knownOrgs({ agent }: Composition): Promise<KnownOrgs> {
  const known = new Map<string, KnownOrgs[number]>();
  for (const state of agent.knownOrgs()) {
    if ('error' in state) known.set(state.credentialName, state);
    else known.set(state.org.orgId, await served(state.org));
  }
  return [...known.values()];
}

async function served({ orgId, credentialName, connection, control }: OrgSession): Promise<KnownOrgs[number]> {
  try {
    return { orgId, credentialName, instanceUrl: await connection.origin(), records: control };
  } catch (error) {
    return { credentialName, error: asError(error) };
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
