import { setMaxListeners } from 'node:events';
import { loadSettings } from '../config/load.ts';
import { systemRuntime } from '../runtime.ts';
import { startServer, type RunningServer } from '../server/server.ts';
import type { ServedOrg } from '../server/integrations/gateway.ts';
import { storeLocation } from '../store/url.ts';
import type { Tools } from './command.ts';
import { compose, type Composition } from './compose.ts';
import { ownOperations } from './local.ts';
import { createLogger } from './logger.ts';

/** The server is given less than the agent, which needs the rest to end well within what service managers allow. */
const SERVER_GRACE_MS = 2000;

/**
 * Runs the agent with its server until the process is told to stop.
 *
 * @throws {SetupError} when the store is another process's, the port is taken, or the org lacks what the agent needs
 * @throws {AuthenticationError} when the very first sign-in is refused
 */
export async function serve({ context, config }: Tools): Promise<void> {
  const { signal } = context;
  // Every wait of the agent listens to it.
  setMaxListeners(0, signal);
  const settings = loadSettings(context.env, config);
  const logger = createLogger(settings.logLevel);
  for (const warning of settings.warnings) logger.warn({}, warning);
  const composition = await compose(settings, systemRuntime(logger, signal), ownOperations(context, config));
  const { agent, store, credentials } = composition;
  let server: RunningServer | undefined;
  try {
    const renewed = await credentials.renewKeys();
    if (renewed > 0) logger.info({ credentials: renewed }, "Encrypted credentials anew with the vault's current key.");
    await agent.start();
    server = await serverOf(composition);
    await stopped(signal);
  } finally {
    await server?.close(SERVER_GRACE_MS);
    await agent.stop();
    await store.close();
  }
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
      orgs: () => servedOrgs(composition),
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

async function servedOrgs({ agent }: Composition): Promise<ServedOrg[]> {
  const sessions = agent.knownOrgs().flatMap((state) => ('org' in state ? [state.org] : []));
  const served = sessions.map(async ({ orgId, credentialName, connection, control }) => ({
    orgId,
    credentialName,
    instanceUrl: await connection.origin(),
    records: control,
  }));
  return [...new Map((await Promise.all(served)).map((org) => [org.orgId, org])).values()];
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
