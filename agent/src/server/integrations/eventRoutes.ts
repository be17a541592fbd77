import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { EVENT_NAMES } from '../../rules/records.ts';
import type { EventRow } from '../../salesforce/control/events.ts';
import type { IntegrationsApi } from './api.ts';
import { eventFields, toEventAnswer, toEventFilter } from './events.ts';
import { find, servedOrgs, type Found } from './gateway.ts';
import { pageAcross } from './paging.ts';
import {
  ErrorAnswer,
  EventFieldsResponse,
  EventResponse,
  EventTypeResponse,
  IdParams,
  pageQuery,
  paginated,
} from './schemas.ts';

const DEFAULT_PAGE = 100;
const text = Type.Optional(Type.String());
const ListQuery = pageQuery(100, {
  eventName: text,
  eventType: text,
  accountId: text,
  resourceId: text,
  notificationId: text,
  notificationCode: text,
  includeActioned: Type.Optional(Type.Boolean()),
  ids: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
});
const FieldsQuery = Type.Object({ eventName: text });
const OneQuery = Type.Object({ destinationId: text });

type One = { Params: Static<typeof IdParams>; Querystring: Static<typeof OneQuery> };

const responding = (answer: Type.TSchema) => ({ response: { 200: answer, '4xx': ErrorAnswer } });
const oneEvent = { schema: { params: IdParams, querystring: OneQuery, ...responding(EventResponse) } };

/** `events`: the Events of every org, all of m3ter's type IntegrationEvent. */
export function eventRoutes(api: IntegrationsApi) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    app.get<{ Querystring: Static<typeof ListQuery> }>(
      '/events',
      { schema: { querystring: ListQuery, ...responding(paginated(EventResponse)) } },
      async ({ query }) => {
        const filter = toEventFilter(query);
        const { pageSize = DEFAULT_PAGE, nextToken } = query;
        const orgs = filter ? servedOrgs(await api.orgs()) : [];
        const page = await pageAcross(orgs, { pageSize, nextToken }, ({ records }, limit, after) =>
          records.events({ ...filter, limit, ...(after === undefined ? {} : { after }) }),
        );
        return { ...page, data: page.data.map(toEventAnswer) };
      },
    );
    app.get('/events/types', { schema: responding(EventTypeResponse) }, () => ({ events: EVENT_NAMES }));
    app.get<{ Querystring: Static<typeof FieldsQuery> }>(
      '/events/fields',
      { schema: { querystring: FieldsQuery, ...responding(EventFieldsResponse) } },
      ({ query }) => ({ events: eventFields(query.eventName) }),
    );
    app.get<One>('/events/:id', oneEvent, async (request) => toEventAnswer(await read(api, request)));
    app.post<One>('/events/:id/action', oneEvent, async (request) => {
      const { org, row } = await read(api, request);
      await api.operations.actionEvents({ events: [row.id], org: org.orgId });
      return toEventAnswer(await read(api, request));
    });
    done();
  };
}

async function read(
  api: IntegrationsApi,
  { params, query }: { params: One['Params']; query: One['Querystring'] },
): Promise<Found<EventRow>> {
  return find(await api.orgs(), { ...query, id: params.id }, 'Event', async ({ records }, id) => {
    const { rows } = await records.events({ ids: [id], limit: 1 });
    return rows[0];
  });
}
