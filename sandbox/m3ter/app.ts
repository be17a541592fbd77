import formbody from '@fastify/formbody';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { ApiError } from './apiError.ts';
import { createAuth } from './auth.ts';
import { createBilling } from './billing.ts';
import type { Billing } from './billing.ts';
import type { Exchange } from './contract/contract.ts';
import { Deliveries } from './deliveries.ts';
import { M3terFaults, playFaults } from './faults.ts';
import { BillJobs } from './jobs/billJobs.ts';
import type { JobPace } from './jobs/billJobs.ts';
import { AutoApproval, ScheduledBilling } from './jobs/scheduledBilling.ts';
import { StatementJobs } from './jobs/statementJobs.ts';
import { readQuery } from './query.ts';
import type { RateLimit } from './rateLimit.ts';
import { accountRoutes } from './routes/accounts.ts';
import { billJobRoutes } from './routes/billJobs.ts';
import { billRoutes } from './routes/bills.ts';
import { eventRoutes } from './routes/events.ts';
import { integrationConfigRoutes } from './routes/integrationConfigs.ts';
import { lineItemRoutes } from './routes/lineItems.ts';
import { knobRoutes } from './routes/knobs.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { memoRoutes } from './routes/memos.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { picklistRoutes } from './routes/picklists.ts';
import { settingRoutes } from './routes/settings.ts';
import { sandboxRoutes } from './routes/sandbox.ts';
import { downloadRoutes, statementRoutes } from './routes/statements.ts';
import type { Store } from './store.ts';
import { Timetable } from './timetable.ts';
import type { Timed } from './timetable.ts';
import { Usage } from './usage.ts';

/** What the routes work with. Handlers answer JSON text, so that no serializer ever sees an amount. */
export interface Api {
  store: Store;
  billing: Billing;
  jobs: BillJobs;
  statementJobs: StatementJobs;
  now: () => Date;
}

export interface AppOptions {
  store: Store;
  orgId: string;
  now: () => Date;
  jobPace: JobPace;
  /** Refuses requests over m3ter's caps; none without it. */
  rateLimit?: RateLimit;
  /** Is told every answer of the API; must not throw. */
  inspect?: (exchange: Exchange) => void;
}

const ROUTES = [
  ...[billRoutes, lineItemRoutes, memoRoutes, billJobRoutes, accountRoutes, mappingRoutes, eventRoutes],
  ...[statementRoutes, notificationRoutes, integrationConfigRoutes, settingRoutes, picklistRoutes],
];

/** Local m3ter's HTTP interface on a store: m3ter's own paths, and the sandbox's control paths below /sandbox. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { store, now, inspect } = options;
  const app = createServer();
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
  if (inspect) inspectAnswers(app, inspect);
  const billing = createBilling(store, now);
  const jobs = new BillJobs(store, billing, now, options.jobPace);
  const statementJobs = new StatementJobs(store, billing, now);
  const schedule = new ScheduledBilling(store, jobs, now);
  runByTheClock(app, now, [schedule, jobs, statementJobs, new AutoApproval(store, billing, now)]);
  const api: Api = { store, billing, now, jobs, statementJobs };
  void app.register(sandboxRoutes(api), { prefix: '/sandbox' });
  void app.register(knobRoutes(store, { usage, faults, deliveries, schedule }), { prefix: '/sandbox' });
  downloadRoutes(app, api);
  registerApi(app, api, options);
  return app;
}

/** A server that reads and writes exact numbers, and answers errors as m3ter does. */
function createServer(): FastifyInstance {
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
  return app;
}

function runByTheClock(app: FastifyInstance, now: () => Date, things: Timed[]): void {
  const timetable = new Timetable(now);
  things.forEach((thing) => timetable.add(thing));
  app.addHook('onRequest', (_request, _reply, done) => {
    timetable.runDue();
    done();
  });
  app.addHook('onClose', (_instance, done) => {
    timetable.stop();
    done();
  });
}

/** The paths of an Organization, for those who have a token and stay below the caps. */
function registerApi(app: FastifyInstance, api: Api, { store, orgId, now, rateLimit }: AppOptions): void {
  const auth = createAuth(store.credentials, now);
  auth.register(app);
  void app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', (request, _reply, next) => {
        auth.check(request.headers.authorization);
        const { orgId: asked } = request.params as { orgId: string };
        if (asked !== orgId) throw new ApiError(403, `This access key has no access to the Organization ${asked}.`);
        if (rateLimit && !rateLimit({ orgId, address: request.ip })) {
          throw new ApiError(
            429,
            'The Organization, or this address, has used up its requests. Try again in a second.',
          );
        }
        next();
      });
      for (const routes of ROUTES) routes(scope, api);
      done();
    },
    { prefix: '/organizations/:orgId' },
  );
}

/** Tells what is answered to requests of the API, as the client gets it; the control paths are not part of it. */
function inspectAnswers(app: FastifyInstance, inspect: (exchange: Exchange) => void): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/organizations/') || path.startsWith('/oauth/')) {
      inspect({ method: request.method, path, status: reply.statusCode, text: String(payload) });
    }
    done(null, payload);
  });
}

function readBody(text: string, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, text.trim() === '' ? undefined : parseExact(text));
  } catch (error) {
    done(new ApiError(400, `The request's body is not JSON (${(error as Error).message}).`));
  }
}
