import type { FastifyPluginCallback } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import type { Deliveries } from '../deliveries.ts';
import { faultRoutes } from '../faults.ts';
import type { M3terFaults } from '../faults.ts';
import type { ScheduledBilling } from '../jobs/scheduledBilling.ts';
import type { Store } from '../store.ts';
import type { Usage } from '../usage.ts';

interface Knobs {
  usage: Usage;
  faults: M3terFaults;
  deliveries: Deliveries;
  schedule: ScheduledBilling;
}

const scheduleBody = {
  type: 'object',
  required: ['everyMinutes'],
  properties: { everyMinutes: { type: 'integer', minimum: 0 } },
};

/** What tests turn and read: faults, the schedule, the requests counted by route, the webhooks that were sent. */
export const knobRoutes =
  (store: Store, { usage, faults, deliveries, schedule }: Knobs): FastifyPluginCallback =>
  (app, _options, done) => {
    faultRoutes(app, faults);
    usage.routes(app);
    app.post<{ Body: { everyMinutes: number } }>('/schedule', { schema: { body: scheduleBody } }, ({ body }) => {
      schedule.setMinutes(body.everyMinutes);
      return stringifyExact(body);
    });
    app.get('/deliveries', () => deliveries.text());
    // m3ter keeps events for 28 days: an agent that was away for longer does not learn of them.
    app.post('/forget-events', () => {
      store.events.delete({ sql: 'true', params: [] });
      return '{}';
    });
    done();
  };
