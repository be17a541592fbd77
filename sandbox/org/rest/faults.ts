import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/requestUser.ts';
import type { Sessions } from '../auth/sessions.ts';

/**
 * A fault to play: `status` answers without doing anything, `latency` waits first, `dropBefore` and `dropAfterCommit`
 * close the connection without an answer before or after the work is done, `expireSession` ends the caller's session,
 * `rowLock` refuses a write with UNABLE_TO_LOCK_ROW, of a composite its first one.
 */
export type Fault =
  | { kind: 'status'; status: number; body?: unknown }
  | { kind: 'latency'; ms: number }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfterCommit' }
  | { kind: 'expireSession' }
  | { kind: 'rowLock' };

export interface FaultRule {
  /** Which requests: by method, and by a text that the path contains. Empty: all below /services/. */
  match: { method?: string; path?: string };
  /** How many requests it hits before it goes; without it, it stays. */
  times?: number;
  fault: Fault;
}

/** The rules in force; the first that matches a request is played. */
export class Faults {
  readonly rules: FaultRule[] = [];

  /** The fault for a request, counted down; undefined for none. Locks are met by themselves, later than the rest. */
  take(method: string, path: string, isLock: boolean): Fault | undefined {
    if (!path.startsWith('/services/')) return undefined;
    const rule = this.rules.find(
      ({ match, times, fault }) =>
        (fault.kind === 'rowLock') === isLock &&
        (times === undefined || times > 0) &&
        (match.method === undefined || match.method.toUpperCase() === method) &&
        (match.path === undefined || path.includes(match.path)),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule?.fault;
  }
}

/**
 * Plays faults on requests below /services/, and serves the knobs: POST /sandbox/faults adds a rule or a list of
 * rules, GET lists them with the times that are left, DELETE clears them. No sign-in: the org listens on this machine
 * only.
 */
export function registerFaults(app: FastifyInstance, sessions: Sessions): void {
  const faults = new Faults();
  const dropped = new WeakSet<FastifyRequest>();
  app.addHook('onRequest', async (request, reply) => {
    const fault = faults.take(request.method, pathOf(request), false);
    if (fault?.kind === 'dropAfterCommit') dropped.add(request);
    else if (fault) await play(fault, request, reply, sessions);
  });
  // What a composite does shows in its body.
  app.addHook('preHandler', async (request, reply) => {
    if (writes(request) && faults.take(request.method, pathOf(request), true)) await refuseLocked(request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (dropped.has(request)) reply.raw.destroy();
    return payload;
  });
  app.get('/sandbox/faults', () => faults.rules);
  app.post('/sandbox/faults', (request, reply) => {
    const rules = [request.body].flat();
    if (!rules.every(isRule)) {
      return reply
        .code(400)
        .send({ error: 'Send {match: {method?, path?}, times?, fault: {kind, ...}} or a list of these.' });
    }
    faults.rules.push(...rules);
    return reply.code(201).send(faults.rules);
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.rules.length = 0;
    return reply.code(204).send();
  });
}

async function play(fault: Fault, request: FastifyRequest, reply: FastifyReply, sessions: Sessions): Promise<void> {
  if (fault.kind === 'latency') await delay(fault.ms);
  if (fault.kind === 'expireSession') sessions.revoke(bearerToken(request.headers.authorization) ?? '');
  if (fault.kind === 'status') await reply.code(fault.status).send(fault.body ?? []);
  if (fault.kind === 'dropBefore') {
    reply.hijack();
    request.raw.destroy();
  }
}

const ROW_LOCK = [
  { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
];
const HALTED = [{ errorCode: 'PROCESSING_HALTED', message: 'The transaction was rolled back.' }];

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

function isRule(value: unknown): value is FaultRule {
  const { match, times, fault } = (value ?? {}) as { match?: unknown; times?: unknown; fault?: object };
  return (
    typeof match === 'object' &&
    match !== null &&
    (times === undefined || typeof times === 'number') &&
    isFault(fault ?? {})
  );
}

function isFault({ kind, status, ms }: { kind?: unknown; status?: unknown; ms?: unknown }): boolean {
  if (kind === 'status') return typeof status === 'number';
  if (kind === 'latency') return typeof ms === 'number';
  return ['dropBefore', 'dropAfterCommit', 'expireSession', 'rowLock'].includes(String(kind));
}
