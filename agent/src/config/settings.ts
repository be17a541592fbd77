import Type, { type Static } from 'typebox';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const text = Type.String({ minLength: 1 });
const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

/** What may stand in a configuration file. Secrets may not: they come from the environment or from files of their own. */
export const SettingsSchema = Type.Object(
  {
    m3terBaseUrl: text,
    m3terOrgId: text,
    salesforceLoginUrl: text,
    salesforceClientId: text,
    salesforceUsername: Type.Optional(text),
    salesforceJwtKeyFile: Type.Optional(text),
    storeUrl: text,
    syncIntervalSeconds: count(1, 86_400),
    m3terRequestsPerSecond: count(1, 50),
    salesforceConcurrency: count(1, 10),
    logLevel: Type.Enum(LOG_LEVELS),
  },
  { additionalProperties: false },
);

export type PlainSettings = Static<typeof SettingsSchema>;
export type SettingName = keyof PlainSettings;

/** What each setting takes, in words. */
export const MEANINGS: Readonly<Record<SettingName, string>> = {
  m3terBaseUrl: 'the base URL of the m3ter API',
  m3terOrgId: 'the id of the m3ter organization',
  salesforceLoginUrl: 'the My Domain URL of the Salesforce org',
  salesforceClientId: "the consumer key of the org's External Client App",
  salesforceUsername: 'the user who signs in by JWT bearer',
  salesforceJwtKeyFile: 'the file with the private key (PEM) for JWT bearer',
  storeUrl: "pglite://FOLDER for the agent's memory",
  syncIntervalSeconds: 'the seconds between two sweeps of start, from 1 to 86400',
  m3terRequestsPerSecond: 'the most requests to m3ter in a second, from 1 to 50',
  salesforceConcurrency: 'the most calls to Salesforce at the same time, from 1 to 10',
  logLevel: `the least level that is logged, one of ${LOG_LEVELS.join(', ')}`,
};

export const DEFAULTS: Partial<PlainSettings> = {
  m3terBaseUrl: 'https://api.m3ter.com',
  storeUrl: 'pglite://./m3ter-bills-data',
  syncIntervalSeconds: 900,
  m3terRequestsPerSecond: 10,
  salesforceConcurrency: 4,
  logLevel: 'info',
};

/** The environment variable of each setting. */
export const VARIABLES: Readonly<Record<SettingName, string>> = {
  m3terBaseUrl: 'M3TER_BASE_URL',
  m3terOrgId: 'M3TER_ORG_ID',
  salesforceLoginUrl: 'SALESFORCE_LOGIN_URL',
  salesforceClientId: 'SALESFORCE_CLIENT_ID',
  salesforceUsername: 'SALESFORCE_USERNAME',
  salesforceJwtKeyFile: 'SALESFORCE_JWT_KEY_FILE',
  storeUrl: 'STORE_URL',
  syncIntervalSeconds: 'SYNC_INTERVAL_SECONDS',
  m3terRequestsPerSecond: 'M3TER_REQUESTS_PER_SECOND',
  salesforceConcurrency: 'SALESFORCE_CONCURRENCY',
  logLevel: 'LOG_LEVEL',
};

/** The environment variable of each secret; with _FILE at the end it names a file that holds the secret. */
export const SECRETS = {
  m3terApiKey: 'M3TER_API_KEY',
  m3terApiSecret: 'M3TER_API_SECRET',
  salesforceClientSecret: 'SALESFORCE_CLIENT_SECRET',
} as const;

export type SecretName = keyof typeof SECRETS;
