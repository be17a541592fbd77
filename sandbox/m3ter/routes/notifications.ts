import type { FastifyInstance } from 'fastify';
import { uuidOf } from '../../data/random.ts';
import { stringifyExact } from '../../shared/exactJson.ts';
import { ApiError } from '../apiError.ts';
import type { Api } from '../app.ts';
import { calculationProblem, fieldsOfEvent } from '../calculations.ts';
import { flag, text } from '../query.ts';
import { where } from '../table.ts';
import { resourceRoutes } from './resource.ts';

const name = { type: 'string', minLength: 1 } as const;
const version = { type: 'integer' } as const;

const ruleBody = {
  type: 'object',
  required: ['name', 'code', 'description', 'eventName'],
  properties: {
    ...{ version, name, code: name, description: name, eventName: name },
    ...{ active: flag, alwaysFireEvent: flag, calculation: text },
  },
  additionalProperties: false,
};

const webhookBody = {
  type: 'object',
  required: ['name', 'description', 'url', 'credentials'],
  properties: {
    ...{
      version,
      name,
      code: text,
      description: name,
      active: flag,
      url: { type: 'string', pattern: '^https?://\\S+$' },
    },
    credentials: {
      type: 'object',
      required: ['type', 'apiKey', 'secret'],
      properties: { type: { const: 'M3TER_SIGNED_REQUEST' }, apiKey: name, secret: name, name: text, version },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** The largest page of webhook destinations. */
const LARGEST_PAGE = 200;

/**
 * What makes m3ter send webhooks: notification rules and webhook destinations, which integration configurations link.
 * Source: m3ter's OpenAPI document, Notification Configuration, Webhook.
 */
export function notificationRoutes(app: FastifyInstance, api: Api): void {
  const { rules, webhooks } = api.store;
  resourceRoutes(app, api, {
    path: '/notifications/configurations',
    title: 'Notification',
    table: rules,
    body: ruleBody,
    complete: (body) => {
      const { eventName, calculation, alwaysFireEvent } = body as Record<string, string | boolean | undefined>;
      const problem =
        alwaysFireEvent === true ? undefined : calculationProblem(String(eventName), String(calculation ?? ''));
      if (problem !== undefined) throw new ApiError(400, problem);
      return { active: true, alwaysFireEvent: false, ...body };
    },
    columns: ({ eventName, active }) => ({ event_name: String(eventName), active: active === true ? 1 : 0 }),
    filters: {
      schema: { active: flag, eventName: text },
      of: ({ active, eventName }) => [
        ...where('active = ?', active === undefined ? undefined : Number(active)),
        ...where('event_name = ?', eventName),
      ],
    },
  });
  evaluateRoute(app, api);
  const destinations = resourceRoutes(app, api, {
    path: '/integrationdestinations/webhooks',
    title: 'Webhook',
    table: webhooks,
    largestPage: LARGEST_PAGE,
    body: webhookBody,
    complete: ({ credentials, ...body }) => ({
      active: true,
      ...body,
      credentials: {
        id: uuidOf('credentials', JSON.stringify(credentials)),
        ...(credentials as object),
        destination: 'WEBHOOK',
      },
    }),
    columns: () => ({}),
  });
  app.put<{ Params: { id: string }; Querystring: { active?: boolean } }>(
    '/integrationdestinations/webhooks/:id/active',
    { schema: { querystring: { type: 'object', required: ['active'], properties: { active: flag } } } },
    ({ params: { id }, query: { active } }) => destinations.update(id, (before) => ({ ...before, active })),
  );
}

const evaluateBody = {
  type: 'object',
  properties: { eventId: text, eventName: text, calculation: text },
  additionalProperties: false,
};

/** Says whether a calculation is valid for an event; it fires nothing. A name counts before an id. */
function evaluateRoute(app: FastifyInstance, { store }: Api): void {
  app.post<{ Body: { eventId?: string; eventName?: string; calculation?: string } }>(
    '/notifications/evaluate',
    { schema: { body: evaluateBody } },
    ({ body: { eventId, eventName, calculation = '' } }) => {
      const row = eventId === undefined ? undefined : store.events.get(eventId);
      const name = eventName ?? (row && String(row['event_name']));
      if (name === undefined) throw new ApiError(400, 'Give the eventName, or the eventId of an Event that is there.');
      const problem = calculationProblem(name, calculation);
      return stringifyExact(problem === undefined ? { success: true } : { success: false, errorMessage: problem });
    },
  );
  app.get<{ Querystring: { eventName?: string } }>(
    '/events/fields',
    { schema: { querystring: { type: 'object', properties: { eventName: text } } } },
    ({ query }) => stringifyExact({ events: fieldsOfEvent(query.eventName) }),
  );
}
