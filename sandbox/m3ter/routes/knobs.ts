import type { FastifyPluginCallback } from 'fastify';
import type { Deliveries } from '../deliveries.ts';
import { faultRoutes } from '../faults.ts';
import type { M3terFaults } from '../faults.ts';
import type { Store } from '../store.ts';
import type { Usage } from '../usage.ts';

/** What tests turn and read: faults, the requests counted by route, the webhooks that were sent. */
export const knobRoutes =
  (store: Store, usage: Usage, faults: M3terFaults, deliveries: Deliveries): FastifyPluginCallback =>
  (app, _options, done) => {
    faultRoutes(app, faults);
    usage.routes(app);
    app.get('/deliveries', () => deliveries.text());
    // m3ter keeps events for 28 days: an agent that was away for longer does not learn of them.
    app.post('/forget-events', () => {
      store.events.delete({ sql: 'true', params: [] });
      return '{}';
    });
    done();
  };
