import formbody from '@fastify/formbody';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { ApiError } from './apiError.ts';
import { createAuth } from './auth.ts';
import { createBillJobs } from './billJobs.ts';
import type { BillJobs } from './billJobs.ts';
import { createBilling } from './billing.ts';
import type { Billing } from './billing.ts';
import { Deliveries } from './deliveries.ts';
import { M3terFaults, playFaults } from './faults.ts';
import { readQuery } from './query.ts';
import type { RateLimit } from './rateLimit.ts';
import { accountRoutes } from './routes/accounts.ts';
import { billJobRoutes } from './routes/billJobs.ts';
import { billRoutes } from './routes/bills.ts';
import { eventRoutes } from './routes/events.ts';
import { lineItemRoutes } from './routes/lineItems.ts';
import { knobRoutes } from './routes/knobs.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { sandboxRoutes } from './routes/sandbox.ts';
import type { Store } from './store.ts';
import { Usage } from './usage.ts';

/** What the routes work with. Handlers answer JSON text, so that no serializer ever sees an amount. */
export interface Api {
  store: Store;
  billing: Billing;
  jobs: BillJobs;
  now: () => Date;
}

export interface AppOptions {
  store: Store;
  orgId: string;
  now: () => Date;
  /** Refuses requests over the org's cap; none without it. */
  rateLimit?: RateLimit;
}

/** Local m3ter's HTTP interface on a store: m3ter's own paths, and the sandbox's control paths below /sandbox. */
export function buildApp({ store, orgId, now, rateLimit }: AppOptions): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 10_000_000,
    routerOptions: { querystringParser: readQuery, maxParamLength: 300 },
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    readBody(String(body), done);
  });
  void app.register(formbody);
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.type('application/json; charset=utf-8');
    done();
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(stringifyExact({ message: `Local m3ter has no ${request.method} ${request.url.split('?')[0]}.` })),
  );
  app.setErrorHandler<FastifyError | ApiError>((error, _request, reply) => {
    const status = error instanceof ApiError ? error.status : (error.statusCode ?? 500);
    if (status >= 500) console.error(error);
    return reply.code(status).send(stringifyExact({ message: error.message }));
  });

  const faults = new M3terFaults();
  const deliveries = new Deliveries(store, faults, now);
  store.onEvent((event) => deliveries.announce(event));
  app.addHook('onClose', (_instance, done) => {
    deliveries.stop();
    done();
  });
  const usage = new Usage();
  usage.count(app);
  playFaults(app, faults);
  const billing = createBilling(store, now);
  const api: Api = { store, billing, now, jobs: createBillJobs(store, billing, now) };
  const auth = createAuth(store.credentials, now);
  auth.register(app);
  void app.register(sandboxRoutes(api), { prefix: '/sandbox' });
  void app.register(knobRoutes(store, usage, faults, deliveries), { prefix: '/sandbox' });
  void app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', (request, _reply, next) => {
        auth.check(request.headers.authorization);
        const { orgId: asked } = request.params as { orgId: string };
        if (asked !== orgId) throw new ApiError(403, `This access key has no access to the Organization ${asked}.`);
        if (rateLimit && !rateLimit(orgId)) {
          throw new ApiError(429, 'The Organization has used up its requests for this second. Try again in a second.');
        }
        next();
      });
      const all = [billRoutes, lineItemRoutes, accountRoutes, mappingRoutes, eventRoutes, billJobRoutes];
      for (const routes of [...all, notificationRoutes]) routes(scope, api);
      done();
    },
    { prefix: '/organizations/:orgId' },
  );
  return app;
}

function readBody(text: string, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, text.trim() === '' ? undefined : parseExact(text));
  } catch (error) {
    done(new ApiError(400, `The request's body is not JSON (${(error as Error).message}).`));
  }
}
