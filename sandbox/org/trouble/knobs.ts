import type { FastifyInstance } from 'fastify';
import { isFaultRule, WRONG_RULE } from '../../shared/faultRules.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { isFault } from './faults.ts';
import type { Fault, Faults } from './faults.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Usage } from '../rest/usage.ts';
import type { OrgClock } from './clock.ts';
import type { LongRequests } from './longRequests.ts';
import type { RowLocks } from './rowLocks.ts';

/**
 * The knobs of trouble. No sign-in: the org listens on this machine only. POST /sandbox/faults adds a rule or a list of
 * rules, GET lists them with the times that are left, DELETE clears them.
 */
export function faultKnobs(app: FastifyInstance, faults: Faults): void {
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

/**
 * POST /sandbox/locks `{ids, waitMs?}` holds the rows of records as another transaction would, and says how long a
 * waiter has; DELETE lets go of all of them.
 */
export function lockKnobs(app: FastifyInstance, locks: RowLocks): void {
  const other = {};
  app.post('/sandbox/locks', (request, reply) => {
    const { ids, waitMs = locks.waitMs } = (request.body ?? {}) as { ids?: unknown; waitMs?: unknown };
    const rows = Array.isArray(ids) ? ids.map((id) => normalizeRecordId(String(id))) : [undefined];
    if (!rows.every((row) => row !== undefined) || typeof waitMs !== 'number') {
      return reply.code(400).send({ error: 'Send {ids: [record id, ...], waitMs?: milliseconds}.' });
    }
    locks.waitMs = waitMs;
    locks.hold(rows, other);
    return reply.code(204).send();
  });
  app.delete('/sandbox/locks', (_request, reply) => {
    locks.release(other);
    return reply.code(204).send();
  });
}

/**
 * GET /sandbox/clock tells the org's time; POST `{now?, isStopped?}` sets it to an instant, stops it or lets it go on;
 * DELETE gives it back to the machine. System fields, TODAY(), date literals, sessions, JWTs and the allowance of calls
 * go by it.
 */
export function clockKnobs(app: FastifyInstance, clock: OrgClock): void {
  const tell = (): object => ({ now: clock.now().toISOString(), isStopped: clock.isStopped });
  app.get('/sandbox/clock', tell);
  app.post('/sandbox/clock', (request, reply) => {
    const { now, isStopped } = (request.body ?? {}) as { now?: unknown; isStopped?: unknown };
    const instant = typeof now === 'string' ? new Date(now) : undefined;
    const isWrong = now !== undefined && Number.isNaN(instant?.getTime() ?? NaN);
    if (isWrong || (isStopped !== undefined && typeof isStopped !== 'boolean')) {
      return reply.code(400).send({ error: 'Send {now?: ISO 8601 instant, isStopped?: boolean}.' });
    }
    if (instant) clock.set(instant);
    if (isStopped !== undefined) clock.stop(isStopped);
    return reply.send(tell());
  });
  app.delete('/sandbox/clock', (_request, reply) => {
    clock.reset();
    return reply.code(204).send();
  });
}

const LIMITS = ['dailyApiRequests', 'used', 'longRequests', 'longRequestMs', 'sessionMinutes'] as const;

/**
 * POST /sandbox/limits sets limits of the org: `dailyApiRequests` in 24 hours, of which `used` count as used;
 * `longRequests` at a time that take `longRequestMs`; `sessionMinutes` until an unused session ends.
 */
export function limitKnobs(app: FastifyInstance, usage: Usage, long: LongRequests, sessions: Sessions): void {
  app.post('/sandbox/limits', (request, reply) => {
    const given = Object.entries(request.body ?? {});
    const isKnown = ([name, value]: [string, unknown]): boolean =>
      LIMITS.some((known) => known === name) && typeof value === 'number' && value >= 0;
    if (given.length === 0 || !given.every(isKnown)) {
      return reply.code(400).send({ error: `Send numbers for any of ${LIMITS.join(', ')}.` });
    }
    const wanted = request.body as Partial<Record<(typeof LIMITS)[number], number>>;
    if (wanted.dailyApiRequests !== undefined) usage.allow(wanted.dailyApiRequests);
    if (wanted.used !== undefined) usage.use(wanted.used);
    long.most = wanted.longRequests ?? long.most;
    long.longMs = wanted.longRequestMs ?? long.longMs;
    sessions.minutes = wanted.sessionMinutes ?? sessions.minutes;
    return reply.send(usage.limits());
  });
}
