import type { FastifyInstance } from 'fastify';
import { isFaultRule, WRONG_RULE } from '../../shared/faultRules.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { isFault } from './faults.ts';
import type { Fault, Faults } from './faults.ts';
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
