import Type, { type Static, type TSchema } from 'typebox';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const text = Type.String({ minLength: 1 });
const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const seconds = (minimum: number, maximum: number) => Type.Number({ minimum, maximum });

interface SettingRow {
  readonly section: Section;
  /** The environment variable. */
  readonly variable: string;
  readonly schema: TSchema;
  readonly default?: string | number;
  /** What it takes, in words, such that "It takes ..." reads well. */
  readonly takes: string;
}

/** The parts of the help, in their order. */
export const SECTIONS = [
  'm3ter',
  'Salesforce',
  'Store and vault',
  'Triggers and upkeep',
  'Webhook',
  'Server',
  'Mail',
] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * What may stand in a configuration file under these names, and what may not: a secret comes from the environment or
 * from a file of its own (`SECRETS`). The help is made of these tables.
 */
export const SETTINGS = {
  m3terBaseUrl: {
    section: 'm3ter',
    variable: 'M3TER_BASE_URL',
    schema: text,
    default: 'https://api.m3ter.com',
    takes: 'the base URL of the m3ter API',
  },
  m3terOrgId: {
    section: 'm3ter',
    variable: 'M3TER_ORG_ID',
    schema: text,
    takes: 'the id of the m3ter organization',
  },
  m3terRequestsPerSecond: {
    section: 'm3ter',
    variable: 'M3TER_REQUESTS_PER_SECOND',
    schema: count(1, 50),
    default: 10,
    takes: 'the most requests to m3ter in a second, 1 to 50; m3ter allows an organization 50 over all its clients',
  },
  salesforceLoginUrl: {
    section: 'Salesforce',
    variable: 'SALESFORCE_LOGIN_URL',
    schema: text,
    takes: 'the My Domain URL of the Salesforce org, https://NAME.my.salesforce.com',
  },
  salesforceClientId: {
    section: 'Salesforce',
    variable: 'SALESFORCE_CLIENT_ID',
    schema: text,
    takes: "the consumer key of the org's External Client App",
  },
  salesforceUsername: {
    section: 'Salesforce',
    variable: 'SALESFORCE_USERNAME',
    schema: text,
    takes: 'for JWT bearer, the user who signs in',
  },
  salesforceJwtKeyFile: {
    section: 'Salesforce',
    variable: 'SALESFORCE_JWT_KEY_FILE',
    schema: text,
    takes: 'for JWT bearer, the file with the private key (PEM)',
  },
  salesforceCredentialName: {
    section: 'Salesforce',
    variable: 'SALESFORCE_CREDENTIAL_NAME',
    schema: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$' }),
    default: 'environment',
    takes: "the name of the environment's Salesforce credential, as integrations choose it: letters, digits, . _ -",
  },
  salesforceConcurrency: {
    section: 'Salesforce',
    variable: 'SALESFORCE_CONCURRENCY',
    schema: count(1, 10),
    default: 10,
    takes: 'the most calls that write to one org at the same time, 1 to 10; the agent begins with 4 and finds out',
  },
  salesforceApiBudgetPercent: {
    section: 'Salesforce',
    variable: 'SALESFORCE_API_BUDGET_PERCENT',
    schema: count(1, 100),
    default: 80,
    takes: "the share of an org's daily API allowance, in percent, at which the agent stops, 1 to 100",
  },
  bulkFromRecords: {
    section: 'Salesforce',
    variable: 'BULK_FROM_RECORDS',
    schema: count(1, 100_000_000),
    default: 20_000,
    takes: 'the Bills and Line Items from which on a backfill uses bulk jobs, 1 to 100000000',
  },
  storeUrl: {
    section: 'Store and vault',
    variable: 'STORE_URL',
    schema: text,
    default: 'pglite://./m3ter-bills-data',
    takes: "pglite://FOLDER or postgres://USER@HOST/DATABASE for the agent's memory; with a password: STORE_URL_FILE",
  },
  takeOverSeconds: {
    section: 'Store and vault',
    variable: 'TAKE_OVER_SECONDS',
    schema: count(10, 3600),
    default: 30,
    takes: "on PostgreSQL, the seconds of silence after which an agent's work goes to the others, 10 to 3600",
  },
  controlPollSeconds: {
    section: 'Triggers and upkeep',
    variable: 'CONTROL_POLL_SECONDS',
    schema: seconds(0.1, 3600),
    default: 30,
    takes: 'the seconds between two looks at integrations and requests in an org, 0.1 to 3600',
  },
  eventsPollSeconds: {
    section: 'Triggers and upkeep',
    variable: 'EVENTS_POLL_SECONDS',
    schema: seconds(0.1, 3600),
    default: 15,
    takes: "the seconds between two looks at m3ter's events, 0.1 to 3600",
  },
  hintWindowMs: {
    section: 'Triggers and upkeep',
    variable: 'HINT_WINDOW_MS',
    schema: count(0, 60_000),
    default: 2000,
    takes: 'the milliseconds in which changes are gathered into one batch, 0 to 60000',
  },
  reconcileHour: {
    section: 'Triggers and upkeep',
    variable: 'RECONCILE_HOUR',
    schema: count(0, 23),
    default: 3,
    takes: "the hour of the day, in the org's time zone, at which all Bills are compared, 0 to 23",
  },
  retentionDays: {
    section: 'Triggers and upkeep',
    variable: 'RETENTION_DAYS',
    schema: count(1, 3650),
    default: 90,
    takes: 'the days that Runs, Events and finished requests are kept in Salesforce, 1 to 3650',
  },
  webhookSecretPreviousUntil: {
    section: 'Webhook',
    variable: 'WEBHOOK_SECRET_PREVIOUS_UNTIL',
    schema: text,
    takes: 'the time at which WEBHOOK_SECRET_PREVIOUS stops, such as 2026-12-31 or 2026-12-31T18:00:00Z',
  },
  webhookSignatureHeader: {
    section: 'Webhook',
    variable: 'WEBHOOK_SIGNATURE_HEADER',
    schema: Type.String({ pattern: '^[A-Za-z0-9-]+$' }),
    takes: 'the name of the header with the HMAC-SHA256 signature, in hex or base64; needed with WEBHOOK_SECRET',
  },
  webhookTimestampHeader: {
    section: 'Webhook',
    variable: 'WEBHOOK_TIMESTAMP_HEADER',
    schema: Type.String({ pattern: '^[A-Za-z0-9-]+$' }),
    takes: 'the name of the header with the time of sending, in seconds, milliseconds or ISO 8601',
  },
  webhookCanonicalForm: {
    section: 'Webhook',
    variable: 'WEBHOOK_CANONICAL_FORM',
    schema: text,
    takes: 'what is signed: {body}, {timestamp}, {method}, {path}, \\n for a line end; else {timestamp}.{body}',
  },
  webhookToleranceSeconds: {
    section: 'Webhook',
    variable: 'WEBHOOK_TOLERANCE_SECONDS',
    schema: count(1, 3600),
    default: 300,
    takes: 'the seconds that the time of sending may be off, 1 to 3600',
  },
  httpHost: {
    section: 'Server',
    variable: 'HTTP_HOST',
    schema: text,
    default: '127.0.0.1',
    takes: 'the address to listen on; 0.0.0.0 for all of them, behind a proxy that speaks https',
  },
  httpPort: {
    section: 'Server',
    variable: 'HTTP_PORT',
    schema: count(0, 65_535),
    default: 4690,
    takes: 'the port to listen on, 0 to 65535; 0 takes any free one',
  },
  logLevel: {
    section: 'Server',
    variable: 'LOG_LEVEL',
    schema: Type.Enum(LOG_LEVELS),
    default: 'info',
    takes: `the least level that is logged, one of ${LOG_LEVELS.join(', ')}`,
  },
  smtpFrom: {
    section: 'Mail',
    variable: 'SMTP_FROM',
    schema: Type.String({ pattern: '@' }),
    takes: 'the sender of mail by SMTP, such as m3ter-bills@acme.example; needed with SMTP_URL',
  },
} as const satisfies Record<string, SettingRow>;

type Rows = typeof SETTINGS;
export type SettingName = keyof Rows;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The values of the settings; those without a default may be undefined. */
export type PlainSettings = {
  readonly [Name in SettingName]:
    Static<Rows[Name]['schema']> | (Rows[Name] extends { default: unknown } ? never : undefined);
};

/** The secrets. Each environment variable with _FILE at the end names a file that holds the secret instead. */
export const SECRETS = {
  m3terApiKey: {
    section: 'm3ter',
    variable: 'M3TER_API_KEY',
    takes: 'the access key id of a Service User; not needed when a credential is kept in the vault',
  },
  m3terApiSecret: { section: 'm3ter', variable: 'M3TER_API_SECRET', takes: 'its secret' },
  salesforceClientSecret: {
    section: 'Salesforce',
    variable: 'SALESFORCE_CLIENT_SECRET',
    takes: "for client credentials, the External Client App's secret",
  },
  vaultKey: {
    section: 'Store and vault',
    variable: 'VAULT_KEY',
    takes: "the key of the vault, 32 bytes in base64; with pglite:// a file vault.key is made in the store's folder",
  },
  vaultKeyPrevious: {
    section: 'Store and vault',
    variable: 'VAULT_KEY_PREVIOUS',
    takes: 'the key before it, while credentials are encrypted anew',
  },
  webhookPathSecret: {
    section: 'Webhook',
    variable: 'WEBHOOK_PATH_SECRET',
    takes: "the last part of the webhook's path, at least 16 letters, digits, _ or -",
  },
  webhookSecret: {
    section: 'Webhook',
    variable: 'WEBHOOK_SECRET',
    takes: "the secret of m3ter's webhook destination, for signed webhooks",
  },
  webhookSecretPrevious: {
    section: 'Webhook',
    variable: 'WEBHOOK_SECRET_PREVIOUS',
    takes: 'the secret before it, during a rotation',
  },
  smtpUrl: {
    section: 'Mail',
    variable: 'SMTP_URL',
    takes: 'smtp:// or smtps:// with user and password, for mail while Salesforce cannot be reached',
  },
} as const satisfies Record<string, { section: Section; variable: string; takes: string }>;

export type SecretName = keyof typeof SECRETS;

/** Settings of earlier versions: not an error, but said. By name in the file. */
export const GONE = {
  syncIntervalSeconds: {
    variable: 'SYNC_INTERVAL_SECONDS',
    instead: 'Changes are sent when they happen; see CONTROL_POLL_SECONDS, EVENTS_POLL_SECONDS and RECONCILE_HOUR.',
  },
} as const;
