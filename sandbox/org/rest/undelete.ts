import type { FastifyInstance } from 'fastify';
import type { Org, OrgUser } from '../model.ts';

/**
 * What an administrator does in the Recycle Bin of an org, for which REST has no resource: POST /sandbox/undelete
 * `{ids}` restores records and answers as collections do.
 */
export function registerUndelete(app: FastifyInstance, org: Org, administrator: OrgUser): void {
  app.post('/sandbox/undelete', (request, reply) => {
    const { ids } = (request.body ?? {}) as { ids?: unknown };
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      return reply.code(400).send({ error: 'Send {ids: [record id, ...]}.' });
    }
    const results = org.transaction(() => ids.map((id) => org.restore(administrator, id)));
    return reply.send(results.map(({ id, success, errors }) => ({ id, success, errors })));
  });
}
