import type { FastifyInstance } from 'fastify';
import { uuidOf } from '../../data/random.ts';
import { ApiError } from '../apiError.ts';
import type { Api } from '../app.ts';
import { flag, text } from '../query.ts';
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
      properties: { type: { const: 'M3TER_SIGNED_REQUEST' }, apiKey: name, secret: name },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** Local m3ter has this one kind of integration; the Bill integration is what the agent is for. */
const configBody = {
  type: 'object',
  required: ['entityType', 'destination', 'entityId', 'destinationId'],
  properties: {
    ...{ version, name: text, entityId: name, destinationId: name },
    entityType: { const: 'Notification' },
    destination: { const: 'Webhook' },
    configData: { type: 'object' },
  },
  additionalProperties: false,
};

/**
 * What makes m3ter send webhooks: notification rules, webhook destinations, and the integrations that link them.
 * Source: m3ter's OpenAPI document, Notification Configuration, Webhook, Integration Configuration.
 */
export function notificationRoutes(app: FastifyInstance, api: Api): void {
  const { rules, webhooks, configs } = api.store;
  resourceRoutes(app, api, {
    path: '/notifications/configurations',
    title: 'Notification',
    table: rules,
    body: ruleBody,
    complete: (body) => {
      if (body['alwaysFireEvent'] !== true && (body['calculation'] ?? '') !== '') {
        throw new ApiError(400, 'Local m3ter does not evaluate calculations. Set alwaysFireEvent, or leave it empty.');
      }
      return { active: true, alwaysFireEvent: false, ...body };
    },
    columns: ({ eventName }) => ({ event_name: String(eventName) }),
  });
  resourceRoutes(app, api, {
    path: '/integrationdestinations/webhooks',
    title: 'Webhook',
    table: webhooks,
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
  resourceRoutes(app, api, {
    path: '/integrationconfigs',
    title: 'Integration Configuration',
    table: configs,
    body: configBody,
    complete: (body) => {
      if (!rules.get(String(body['entityId']))) throw new ApiError(400, 'entityId names no Notification.');
      if (!webhooks.get(String(body['destinationId']))) throw new ApiError(400, 'destinationId names no Webhook.');
      return { configData: {}, ...body, authorized: true, enabled: true };
    },
    columns: ({ entityId, destinationId }) => ({
      entity_id: String(entityId),
      destination_id: String(destinationId),
    }),
  });
}
