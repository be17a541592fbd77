import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Bill } from '../../data/model.ts';
import { stringifyExact } from '../../shared/exactJson.ts';
import { ApiError } from '../apiError.ts';
import type { Api } from '../app.ts';
import { createPlay } from '../play.ts';
import { emptyBodyAsObject } from '../query.ts';

const id = { type: 'string', minLength: 1 };
/** A misspelt name must not pass as no name, which would pick any Bill. */
const bodyOf = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  propertyNames: { enum: Object.keys(properties) },
});
const targetBody = bodyOf({ billId: id });
const billBody = { type: 'object', required: ['id', 'accountId'], properties: { id, accountId: id } };
const runBody = bodyOf({ accountId: id, count: { type: 'integer', minimum: 1, maximum: 20 } });

/**
 * The control paths of the sandbox, which m3ter does not have: what a person at m3ter's Console, or usage that
 * comes in, would make happen. They need no token, so they only answer pages that this machine serves.
 */
export const sandboxRoutes =
  (api: Api): FastifyPluginCallback =>
  (app, _options, done) => {
    allowLocalPages(app);
    app.addHook('preValidation', emptyBodyAsObject);
    const play = createPlay(api);
    app.post<{ Body: { accountId?: string; count?: number } }>('/bill-run', { schema: { body: runBody } }, ({ body }) =>
      stringifyExact(play.billRun(body)),
    );
    // A Bill as it is given, whatever made it.
    app.post<{ Body: Bill }>('/bills', { schema: { body: billBody } }, ({ body }) => {
      if (api.store.bills.get(body.id)) throw new ApiError(409, `Bill ${body.id} is there already.`);
      return stringifyExact(api.billing.create(body));
    });
    const actions = {
      recalculate: play.recalculate,
      approve: play.approve,
      delete: play.remove,
      'late-usage': play.lateUsage,
    };
    for (const [path, action] of Object.entries(actions)) {
      app.post<{ Body: { billId?: string } }>(`/${path}`, { schema: { body: targetBody } }, ({ body }) =>
        stringifyExact(action(body.billId)),
      );
    }
    done();
  };

const LOCAL_PAGE = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

function allowLocalPages(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers: { origin } }, reply, done) => {
    if (origin !== undefined && !LOCAL_PAGE.test(origin)) {
      return done(new ApiError(403, `Pages of ${origin} may not control the sandbox.`));
    }
    if (origin !== undefined) void reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
    done();
  });
  app.options('/*', (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'content-type')
      .send(),
  );
}
