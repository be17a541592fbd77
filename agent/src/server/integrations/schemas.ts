import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { RUN_STATUSES } from '../../rules/records.ts';
import { IntegrationName, RULE_SETTINGS } from '../../operations/draftSettings.ts';

/**
 * The requests and answers of m3ter's API that the agent serves (m3ter's OpenAPI document, schemas of the same names).
 * A value that there is none of is left out, except where null is said.
 */

const text = Type.String();
const filled = Type.String({ minLength: 1 });
const instant = Type.String({ format: 'date-time' });
const option = <T extends TSchema>(schema: T) => Type.Optional(schema);
const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });

/** Of every stored thing. */
const stored = {
  id: filled,
  version: option(Type.Integer()),
  dtCreated: option(instant),
  dtLastModified: option(instant),
  createdBy: option(text),
  lastModifiedBy: option(text),
};

export const ErrorAnswer = Type.Object({ message: text });

export const BearerAccessTokenResponse = Type.Object({
  access_token: text,
  expires_in: Type.Integer(),
  token_type: text,
});

/** The settings of an integration that sends Bills to Salesforce: this project's keys, because m3ter publishes none. */
export const ConfigData = closed({
  name: option(IntegrationName),
  ...RULE_SETTINGS,
  /** Ids of Salesforce users. */
  integrationDisabledNotificationUsers: option(Type.Array(Type.String({ pattern: '^[A-Za-z0-9]{15,18}$' }))),
  triggerType: option(Type.Enum(['EVENT', 'SCHEDULE'])),
});
export type ConfigData = Static<typeof ConfigData>;

export const IntegrationConfigRequest = Type.Object({
  entityType: filled,
  destination: filled,
  entityId: option(text),
  destinationId: option(text),
  configData: option(ConfigData),
  credentials: option(Type.Object({})),
  integrationCredentialsId: option(text),
  name: option(IntegrationName),
  version: option(Type.Integer()),
});
export type IntegrationConfigRequest = Static<typeof IntegrationConfigRequest>;

export const IntegrationConfigResponse = Type.Object({
  ...stored,
  entityType: filled,
  destination: filled,
  destinationId: filled,
  configData: Type.Required(ConfigData),
  authorized: Type.Boolean(),
  enabled: Type.Boolean(),
  triggerType: Type.Enum(['EVENT', 'SCHEDULE']),
  integrationCredentialsId: option(text),
  name: text,
});
export type IntegrationConfigResponse = Static<typeof IntegrationConfigResponse>;

export const IntegrationRunResponse = Type.Object({
  ...stored,
  entityType: filled,
  entityId: filled,
  status: Type.Enum(RUN_STATUSES),
  destination: filled,
  destinationId: filled,
  dtStarted: option(instant),
  dtCompleted: option(instant),
  error: option(text),
  url: option(text),
  externalId: option(text),
  parentIntegrationRunId: option(text),
  /** The Run that was replayed. m3ter has such a field and does not publish its name. */
  replayedFromIntegrationRunId: option(text),
});
export type IntegrationRunResponse = Static<typeof IntegrationRunResponse>;

export const IntegrationRunLogResponse = Type.Object({ Payload: text });

/** What an Event is about: `m3terEvent.eventData.newDto`. */
export const EventData = Type.Object({
  id: text,
  message: option(text),
  entityType: text,
  entityId: option(text),
  integrationConfigId: option(text),
  integrationRunId: option(text),
  accountId: option(text),
  accountCode: option(text),
  destination: text,
  destinationId: text,
});

export const EventResponse = Type.Object({
  id: filled,
  eventName: text,
  eventTime: instant,
  m3terEvent: Type.Object({ eventData: Type.Object({ newDto: EventData }) }),
  /** Null until somebody acted on it. */
  dtActioned: Type.Union([instant, Type.Null()]),
});
export type EventResponse = Static<typeof EventResponse>;

export const EventTypeResponse = Type.Object({ events: Type.Array(text) });
export const EventFieldsResponse = Type.Object({ events: Type.Record(text, Type.Record(text, text)) });

/** What may be set, by key. m3ter types this as an object and does not publish what is in it. */
export const ConfigOptions = Type.Object(
  {},
  {
    additionalProperties: Type.Object({
      label: Type.String(),
      type: Type.String(),
      values: Type.Optional(Type.Array(Type.String())),
    }),
  },
);
export const SystemResponse = Type.Object({
  identifier: Type.String(),
  displayName: Type.String(),
  validationSupported: Type.Boolean(),
  supportedAuthTypes: Type.Array(Type.String()),
});
export const DestinationConfiguration = Type.Object({
  apiName: Type.String(),
  destination: Type.String(),
  displayName: Type.String(),
  destinationConfigOptions: ConfigOptions,
  authConfigOptions: ConfigOptions,
  authType: Type.String(),
  categories: Type.Array(Type.String()),
  released: Type.Boolean(),
});
export const EntityConfiguration = Type.Object({
  readableName: Type.String(),
  destinations: Type.Array(DestinationConfiguration),
  entityConfigurationOptions: ConfigOptions,
  released: Type.Boolean(),
});
export const AvailableConfigurationResponse = Type.Object({
  supportedEntities: Type.Record(Type.String(), EntityConfiguration),
  selectedConfigurations: Type.Record(Type.String(), ConfigOptions),
  globalConfigurationOptions: ConfigOptions,
});
export const AvailableEntity = Type.Object({ entityType: Type.String(), readableName: Type.String() });

/** A page of a list; without `nextToken` it is the last. */
export function paginated<T extends TSchema>(item: T) {
  return Type.Object({ data: Type.Array(item), nextToken: option(text) });
}

export const OrgParams = Type.Object({ m3terOrgId: filled });
export const IdParams = Type.Object({ m3terOrgId: filled, id: filled });

/** The query of every list; m3ter allows 200 items a page for integrations, 100 for events. */
export function pageQuery<T extends TProperties>(mostItems: number, filters: T) {
  const pageSize = option(Type.Integer({ minimum: 1, maximum: mostItems }));
  return Type.Object({ pageSize, nextToken: option(text), ...filters });
}
