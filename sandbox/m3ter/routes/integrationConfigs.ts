import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { listQuery, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { where } from '../table.ts';
import { resourceRoutes } from './resource.ts';

const word = { type: 'string', minLength: 1, pattern: '^[a-zA-Z0-9_-]*$' } as const;
const LARGEST_PAGE = 200;

const configBody = {
  type: 'object',
  required: ['entityType', 'destination'],
  properties: {
    version: { type: 'integer' },
    ...{ name: text, entityId: text, destinationId: text, integrationCredentialsId: text },
    ...{ entityType: word, destination: word, configData: { type: 'object' } },
  },
  additionalProperties: false,
};

/**
 * Integration configurations. Local m3ter acts on those that link a Notification with a Webhook; all others it keeps
 * and does nothing with, because sending Bills to Salesforce is what the agent is for.
 *
 * Source: m3ter's OpenAPI document, Integration Configuration; answers that it types as Runs are configurations here.
 */
export function integrationConfigRoutes(app: FastifyInstance, api: Api): void {
  const { rules, webhooks, configs } = api.store;
  // Before the route of a single one, whose id would take these words.
  app.get('/integrationconfigs/available/systems', () => stringifyExact(SYSTEMS));
  app.get<{ Params: { entityType: string }; Querystring: ByEntity }>(
    '/integrationconfigs/entity/:entityType',
    { schema: { querystring: listQuery({ entityId: text, destination: text, destinationId: text }, LARGEST_PAGE) } },
    ({ params: { entityType }, query }) => {
      const filters = [
        ...where('entity_type = ?', entityType),
        ...where('entity_id = ?', query.entityId),
        ...where('destination = ?', query.destination),
        ...where('destination_id = ?', query.destinationId),
      ];
      const [row] = configs.select(filters, 'ORDER BY seq DESC LIMIT 1', 'document');
      if (!row) throw notFound('Integration Configuration of', entityType);
      return String(row['document']);
    },
  );
  const { update } = resourceRoutes(app, api, {
    path: '/integrationconfigs',
    title: 'Integration Configuration',
    table: configs,
    largestPage: LARGEST_PAGE,
    body: configBody,
    complete: (body) => {
      if (body['entityType'] === 'Notification' && body['destination'] === 'Webhook') {
        if (!rules.get(String(body['entityId']))) throw new ApiError(400, 'entityId names no Notification.');
        if (!webhooks.get(String(body['destinationId']))) throw new ApiError(400, 'destinationId names no Webhook.');
        return { configData: {}, ...body, authorized: true, enabled: true };
      }
      return { configData: {}, ...body, authorized: body['integrationCredentialsId'] !== undefined, enabled: true };
    },
    columns: ({ entityType, entityId, destination, destinationId }) => ({
      entity_type: String(entityType),
      entity_id: typeof entityId === 'string' ? entityId : null,
      destination: String(destination),
      destination_id: typeof destinationId === 'string' ? destinationId : null,
    }),
    filters: {
      schema: { destinationId: text },
      of: ({ destinationId }) => where('destination_id = ?', destinationId),
    },
  });
  app.post<{ Params: { id: string } }>('/integrationconfigs/:id/enable', ({ params: { id } }) =>
    update(id, (before) => ({ ...before, enabled: true })),
  );
}

type ByEntity = Paging & { entityId?: string; destination?: string; destinationId?: string };

const SYSTEMS = [
  {
    identifier: 'Salesforce',
    displayName: 'Salesforce',
    validationSupported: false,
    supportedAuthTypes: ['OAUTH_CLIENT_CREDENTIALS'],
  },
  {
    identifier: 'Webhook',
    displayName: 'Webhook',
    validationSupported: false,
    supportedAuthTypes: ['M3TER_SIGNED_REQUEST'],
  },
];
