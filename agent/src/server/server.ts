import { randomBytes } from 'node:crypto';
import { isIPv6, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { SetupError } from '../errors.ts';
import type { WebhookSettings } from '../config/webhook.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { removeEndpoint, writeEndpoint } from '../operations/endpoint.ts';
import type { Operations } from '../operations/operations.ts';
import type { Logger } from '../runtime.ts';
import { healthRoutes, type HealthParts } from './health.ts';
import { createHttp } from './http.ts';
import { integrationsApi, type IntegrationsApi } from './integrations/api.ts';
import { operationRoutes } from './operationRoutes.ts';
import { webhookRoutes, type WebhookOptions } from './webhook/routes.ts';
import { signatureVerifier } from './webhook/verifier.ts';

export interface ServerSettings {
  readonly httpHost: string;
  /** 0 takes any free one. */
  readonly httpPort: number;
  /** Undefined: no webhook is received. */
  readonly webhook: WebhookSettings | undefined;
}

export interface ServerParts {
  readonly settings: ServerSettings;
  readonly hint: WebhookOptions['hint'];
  readonly health: HealthParts;
  readonly lastOutcome: () => Date | undefined;
  readonly operations: Operations;
  readonly integrations: Omit<IntegrationsApi, 'operations' | 'now'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Where commands on this machine find the agent; undefined for a store that several processes can open. */
  readonly endpointFolder: string | undefined;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new requests, waits for those under way, and ends the rest after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

const GRACE_MS = 10_000;
const TOKEN_BYTES = 32;

/** The server without a port: for tests. */
export function createServer(parts: ServerParts, token: string): FastifyInstance {
  const { metrics, logger, now, operations } = parts;
  const app = createHttp(logger);
  const { pathSecret, signature } = parts.settings.webhook ?? {};
  const verify = signature && signatureVerifier({ ...signature, now });
  void app.register(webhookRoutes({ pathSecret, verify, hint: parts.hint, metrics, logger }));
  void app.register(healthRoutes(parts.health, parts.lastOutcome));
  void app.register(integrationsApi({ ...parts.integrations, operations, now }));
  void app.register(operationRoutes(operations, token));
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

/**
 * Listens on HTTP_HOST and HTTP_PORT, and tells commands on this machine where.
 *
 * @throws {SetupError} when it cannot listen there
 */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings, logger, endpointFolder } = parts;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const app = createServer(parts, token);
  await app.listen({ host: settings.httpHost, port: settings.httpPort }).catch((error: NodeJS.ErrnoException) => {
    throw listenError(settings, error);
  });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${reachable(settings.httpHost)}:${port}`;
  warnWhenOpen(settings, logger);
  try {
    if (endpointFolder !== undefined) writeEndpoint(endpointFolder, { url, token, processId: process.pid });
  } catch (error) {
    await app.close();
    throw error;
  }
  logger.info({ url }, 'Listening.');
  return {
    url,
    close: async (graceMs = GRACE_MS) => {
      if (endpointFolder !== undefined) removeEndpoint(endpointFolder);
      const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await app.close().finally(() => clearTimeout(timer));
    },
  };
}

/** The address by which this machine reaches the server. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

function warnWhenOpen({ httpHost }: ServerSettings, logger: Logger): void {
  if (/^(127\.|::1$|localhost$)/.test(httpHost)) return;
  logger.warn(
    { httpHost },
    `HTTP_HOST is ${httpHost}: other machines reach the agent, and nothing on the way is encrypted. Put a proxy that ` +
      'speaks https in front and let nobody past it, or set HTTP_HOST to 127.0.0.1.',
  );
}

function listenError({ httpHost, httpPort }: ServerSettings, error: NodeJS.ErrnoException): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'something else listens there. Set HTTP_PORT to a free one, or to 0 for any',
    EACCES: 'it may not listen there. Set HTTP_PORT to 1024 or more',
    EADDRNOTAVAIL: 'this machine has no such address. Set HTTP_HOST to one of its own',
    ENOTFOUND: 'no such host is known. Set HTTP_HOST to an address of this machine',
  };
  const reason = reasons[error.code ?? ''] ?? `${error.message}. Check HTTP_HOST and HTTP_PORT`;
  return new SetupError(`The agent cannot listen on ${httpHost}:${httpPort}: ${reason}.`, { cause: error });
}
