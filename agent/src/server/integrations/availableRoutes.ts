import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { HttpError } from '../errors.ts';
import { DESTINATION, ENTITY_TYPE } from './configs.ts';
import {
  AvailableConfigurationResponse,
  AvailableEntity,
  ConfigOptions,
  ErrorAnswer,
  SystemResponse,
  type EntityConfiguration,
} from './schemas.ts';

/** The three panels of the configuration (m3ter's Console: global, entity, destination). */
const GLOBAL_OPTIONS = {
  name: { label: 'Name', type: 'text' },
  accountIds: { label: 'Account ids', type: 'list' },
  restrictedAccountIds: { label: 'Restricted Account ids', type: 'list' },
  integrationDisabledNotificationUsers: { label: 'Integration disabled notification users', type: 'list' },
};
const ENTITY_OPTIONS = {
  onlySendBillOnApproval: { label: 'Only send Bill on approval', type: 'boolean' },
  useExternalMappingAccountCode: { label: 'Use External Mapping Account code', type: 'boolean' },
  excludedLineItemTypes: { label: 'Excluded Line Item types', type: 'list' },
  sortLineItemsBy: { label: 'Sort Line Items by', type: 'choice', values: ['NONE', 'SUBTOTAL', 'AGGREGATION_ID'] },
  accountFilter: { label: 'Account filter', type: 'text' },
};
const DESTINATION_OPTIONS = { triggerType: { label: 'Trigger type', type: 'choice', values: ['EVENT', 'SCHEDULE'] } };
const AUTH_TYPE = 'OAUTH_CLIENT_CREDENTIALS';
const AUTH_OPTIONS = {
  integrationCredentialsId: { label: 'Name of a credential of the agent', type: 'text' },
};

const AvailableQuery = Type.Object({
  systemName: Type.Optional(Type.String()),
  entityType: Type.Optional(Type.String()),
});
const SystemParams = Type.Object({ systemName: Type.String() });
const AuthParams = Type.Object({ systemName: Type.String(), entityType: Type.String() });
const responding = (answer: Type.TSchema) => ({ response: { 200: answer, '4xx': ErrorAnswer } });
const isOurs = (value: string | undefined, ours: string): boolean =>
  value === undefined || value.toLowerCase() === ours.toLowerCase();

/** `integrationconfigs/available`: what this agent can be set up to do. */
export function availableRoutes() {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    app.get<{ Querystring: Static<typeof AvailableQuery> }>(
      '/integrationconfigs/available',
      { schema: { querystring: AvailableQuery, ...responding(AvailableConfigurationResponse) } },
      ({ query }) => ({
        supportedEntities:
          isOurs(query.systemName, DESTINATION) && isOurs(query.entityType, ENTITY_TYPE) ? entities() : {},
        selectedConfigurations: {},
        globalConfigurationOptions: GLOBAL_OPTIONS,
      }),
    );
    app.get<{ Querystring: Static<typeof AvailableQuery> }>(
      '/integrationconfigs/available/systems',
      { schema: { querystring: AvailableQuery, ...responding(Type.Array(SystemResponse)) } },
      ({ query }) => (isOurs(query.entityType, ENTITY_TYPE) ? [system()] : []),
    );
    app.get<{ Params: Static<typeof SystemParams> }>(
      '/integrationconfigs/available/:systemName/entities',
      { schema: { params: SystemParams, ...responding(Type.Array(AvailableEntity)) } },
      ({ params }) => {
        checkSystem(params.systemName);
        return [{ entityType: ENTITY_TYPE, readableName: ENTITY_TYPE }];
      },
    );
    app.get<{ Params: Static<typeof AuthParams> }>(
      '/integrationconfigs/available/:systemName/auth/:entityType',
      { schema: { params: AuthParams, ...responding(ConfigOptions) } },
      ({ params }) => {
        checkSystem(params.systemName);
        return AUTH_OPTIONS;
      },
    );
    done();
  };
}

function checkSystem(name: string): void {
  if (!isOurs(name, DESTINATION)) throw new HttpError(404, `This agent sends to ${DESTINATION} only.`);
}

function system(): Static<typeof SystemResponse> {
  return {
    identifier: DESTINATION,
    displayName: DESTINATION,
    validationSupported: true,
    supportedAuthTypes: [AUTH_TYPE],
  };
}

function entities(): Record<string, Static<typeof EntityConfiguration>> {
  const destination = {
    apiName: DESTINATION.toUpperCase(),
    destination: DESTINATION,
    displayName: DESTINATION,
    destinationConfigOptions: DESTINATION_OPTIONS,
    authConfigOptions: AUTH_OPTIONS,
    authType: AUTH_TYPE,
    categories: ['Customer Relationship Management'],
    released: true,
  };
  const entity = { readableName: ENTITY_TYPE, destinations: [destination], entityConfigurationOptions: ENTITY_OPTIONS };
  return { [ENTITY_TYPE]: { ...entity, released: true } };
}
