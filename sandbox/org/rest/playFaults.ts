import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isFaultRule, SPARED_HEADER, WRONG_RULE } from '../../shared/faultRules.ts';
import { bearerToken } from '../auth/requestUser.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Org } from '../model.ts';
import { isFault } from './faults.ts';
import type { Fault, Faults } from './faults.ts';

/**
 * Plays faults on requests below /services/, and serves the knobs: POST /sandbox/faults adds a rule or a list of
 * rules, GET lists them with the times that are left, DELETE clears them. No sign-in: the org listens on this machine
 * only.
 */
export function registerFaults(app: FastifyInstance, sessions: Sessions, faults: Faults): void {
  const lost = new WeakMap<FastifyRequest, Fault>();
  app.addHook('onRequest', async (request, reply) => {
    if (isSpared(request)) return;
    const fault = faults.takeFor(request.method, pathOf(request), 'request');
    if (!fault) return;
    if (fault.kind === 'dropAfterCommit' || (fault.kind === 'halfOpen' && fault.afterCommit)) lost.set(request, fault);
    else await play(fault, request, reply, sessions);
  });
  // What a composite does shows in its body.
  app.addHook('preHandler', async (request, reply) => {
    if (!isSpared(request) && writes(request) && faults.takeFor(request.method, pathOf(request), 'lock'))
      await refuseLocked(request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = lost.get(request);
    if (fault?.kind === 'halfOpen') await forEver();
    if (fault) reply.raw.destroy();
    return payload;
  });
  registerKnobs(app, faults);
}

function registerKnobs(app: FastifyInstance, faults: Faults): void {
  app.get('/sandbox/faults', () => faults.rules);
  app.post('/sandbox/faults', (request, reply) => {
    const rules = [request.body].flat();
    if (!rules.every((rule) => isFaultRule<Fault>(rule, isFault))) return reply.code(400).send({ error: WRONG_RULE });
    faults.rules.push(...rules);
    return reply.code(201).send(faults.rules);
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.rules.length = 0;
    return reply.code(204).send();
  });
}

/** The org, with the records refused that a `refuse` fault names. */
export function refusingOrg(org: Org, faults: Faults): Org {
  return {
    ...org,
    save: (user, request) => {
      const fault = faults.takeRefusal({ object: request.object, text: JSON.stringify(request) });
      if (!fault) return org.save(user, request);
      const { code, message } = fault;
      return { id: null, success: false, created: false, errors: [{ statusCode: code, message, fields: [] }] };
    },
  };
}

async function play(fault: Fault, request: FastifyRequest, reply: FastifyReply, sessions: Sessions): Promise<void> {
  if (fault.kind === 'latency') await delay(fault.ms);
  if (fault.kind === 'expireSession') sessions.revoke(bearerToken(request.headers.authorization) ?? '');
  if (fault.kind === 'status') await reply.code(fault.status).send(fault.body ?? []);
  if (fault.kind === 'limit') await reply.code(403).send(limitExceeded(fault.of));
  if (fault.kind === 'halfOpen') await forEver();
  if (fault.kind === 'dropBefore') {
    reply.hijack();
    request.raw.destroy();
  }
}

/** The connection stays as it is until one of its ends closes it. */
const forEver = (): Promise<never> => new Promise(() => undefined);

/** What an org answers whose calls are used up, with status 403. */
export function limitExceeded(of: 'TotalRequests' | 'ConcurrentRequests'): unknown[] {
  const what = of === 'TotalRequests' ? of : 'ConcurrentRequests (Concurrent API Requests)';
  return [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: `${what} Limit exceeded.` }];
}

const ROW_LOCK = [
  { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
];
const HALTED = [{ errorCode: 'PROCESSING_HALTED', message: 'The transaction was rolled back.' }];

const isSpared = ({ headers }: FastifyRequest): boolean => headers[SPARED_HEADER] !== undefined;

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? '';

interface Subrequest {
  method: string;
  referenceId: string;
}

const subrequestsOf = ({ body }: FastifyRequest): Subrequest[] | undefined =>
  (body as { compositeRequest?: Subrequest[] } | null | undefined)?.compositeRequest;

function writes(request: FastifyRequest): boolean {
  const subrequests = subrequestsOf(request);
  return request.method !== 'GET' && (subrequests?.some(({ method }) => method !== 'GET') ?? true);
}

/** Only the first write of a composite met the lock; the other subrequests came to nothing with it. */
function refuseLocked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const subrequests = subrequestsOf(request);
  if (subrequests === undefined) return reply.code(400).send(ROW_LOCK);
  const met = subrequests.findIndex(({ method }) => method !== 'GET');
  const compositeResponse = subrequests.map(({ referenceId }, index) => ({
    body: index === met ? ROW_LOCK : HALTED,
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId,
  }));
  return reply.send({ compositeResponse });
}
