import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Logger } from '../../runtime.ts';
import { HttpError } from '../errors.ts';
import { isSecret } from '../secret.ts';
import { readNotice } from './notice.ts';
import { Recent } from './recent.ts';
import type { WebhookVerifier } from './verifier.ts';

export interface WebhookOptions {
  /** The last part of the path; undefined when only the signature tells who calls. */
  readonly pathSecret: string | undefined;
  /** Undefined when only the path tells who calls. */
  readonly verify: WebhookVerifier | undefined;
  /** `accepted` only when the hint is kept, or the next look at m3ter is sure to find the change. */
  readonly hint: (billIds: readonly string[]) => 'accepted' | 'full' | Promise<'accepted' | 'full'>;
  readonly metrics: Pick<Metrics, 'webhook'>;
  readonly logger: Logger;
}

/** Bytes. */
const BODY_LIMIT = 256 * 1024;
const REMEMBERED_EVENTS = 10_000;
const RETRY_AFTER_SECONDS = '10';
const JSON_TYPE = /^(application|text)\/([a-z0-9.+-]+\+)?json($|\s*;)/i;

/**
 * `POST /webhooks/m3ter/PATH_SECRET`: takes m3ter's webhooks as hints that Bills may have changed. Answers 202 when a
 * hint was taken, 200 when there was nothing to do, 401 or 404 to a stranger, 503 when m3ter has to send it again.
 */
export function webhookRoutes(options: WebhookOptions) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    const recent = new Recent(REMEMBERED_EVENTS);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, parsed) => {
      parsed(null, body);
    });
    app.addHook('onRequest', (request, _reply, next) => {
      const { pathSecret = '' } = request.params as { pathSecret?: string };
      next(isAddressed(options, pathSecret) ? undefined : new HttpError(404, 'There is no webhook at this path.'));
    });
    for (const url of ['/webhooks/m3ter', '/webhooks/m3ter/:pathSecret']) {
      app.post(url, (request, reply) => receive(request, reply, options, recent));
    }
    done();
  };
}

function isAddressed({ pathSecret, verify }: WebhookOptions, given: string): boolean {
  return pathSecret === undefined ? verify !== undefined : isSecret(given, pathSecret);
}

async function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  { verify, hint, metrics, logger }: WebhookOptions,
  recent: Recent,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const refusal = verify?.({ method: request.method, path: request.url, headers: request.headers, body });
  if (refusal !== undefined) {
    metrics.webhook('refused');
    logger.warn({ reason: refusal }, 'A webhook was refused.');
    throw new HttpError(401, refusal);
  }
  const { eventId, billIds } = readNotice(parse(body));
  const answer = (status: number, result: string): FastifyReply => {
    metrics.webhook(result);
    logger.debug({ result, eventId, billIds }, 'A webhook was received.');
    return reply.code(status).send({ status: result, bills: billIds.length });
  };
  if (billIds.length === 0) return answer(200, 'ignored');
  const seen = eventId === undefined ? undefined : [eventId, ...billIds].join(' ');
  if (seen !== undefined && recent.has(seen)) return answer(200, 'duplicate');
  if ((await hint(billIds)) === 'full') {
    metrics.webhook('full');
    throw new HttpError(503, 'The agent has as much to do as it can hold. Send it again later.', {
      'retry-after': RETRY_AFTER_SECONDS,
    });
  }
  if (seen !== undefined) recent.add(seen);
  return answer(202, 'accepted');
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new HttpError(400, 'The body is not JSON.');
  }
}
