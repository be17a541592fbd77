import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { EVENT_TYPES } from '../eventTypes.ts';
import { flag, listOf, listQuery, pageSizeOf, documentsText, requireAlone, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { forgetOldEvents } from '../store.ts';
import { isIn, where } from '../table.ts';
import type { Filter } from '../table.ts';

interface EventQuery extends Paging {
  eventName?: string;
  eventType?: string;
  accountId?: string;
  resourceId?: string;
  notificationId?: string;
  notificationCode?: string;
  ids?: string;
}

const eventQuery = listQuery({
  eventName: text,
  eventType: {
    type: 'string',
    enum: ['Notification', 'IntegrationEvent', 'IngestValidationFailure', 'DataExportJobFailure'],
  },
  accountId: text,
  resourceId: text,
  notificationId: text,
  notificationCode: text,
  // Local m3ter's events ask nobody to act, so there is none that this would leave out.
  includeActioned: flag,
  ids: text,
});

const NONE: Filter = { sql: '0', params: [] };

/** Local m3ter has no notification rules, integrations, ingest or exports, hence no events of theirs. */
const filtersOf = (query: EventQuery): Filter[] => [
  ...where('event_name = ?', query.eventName),
  ...where('account_id = ?', query.accountId),
  ...where('resource_id = ?', query.resourceId),
  ...(query.eventType !== undefined && query.eventType !== 'Notification' ? [NONE] : []),
  ...(query.notificationId === undefined && query.notificationCode === undefined ? [] : [NONE]),
];

/** Events: list with the newest first, get, and the names that rules may use. */
export function eventRoutes(app: FastifyInstance, { store, now }: Api): void {
  app.get<{ Querystring: EventQuery }>('/events', { schema: { querystring: eventQuery } }, ({ query }) => {
    forgetOldEvents(store, now());
    const ids = listOf(query.ids);
    const filters = filtersOf(query);
    requireAlone(ids, filters);
    return documentsText(
      store.events.page([...filters, ...isIn('id', ids)], pageSizeOf(query), query.nextToken, 'document'),
    );
  });
  app.get('/events/types', () => stringifyExact({ events: EVENT_TYPES }));
  app.get<{ Params: { id: string } }>('/events/:id', ({ params }) => {
    const row = store.events.get(params.id);
    if (!row) throw notFound('Event', params.id);
    return String(row['document']);
  });
}
