import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { errorMessage, SetupError } from '../errors.ts';
import type { SalesforceCredentials } from '../salesforce/credentials.ts';
import { isLocal, salesforceOrigin } from '../salesforce/hosts.ts';
import { storeFolder } from '../store/store.ts';
import { readSecretFile } from './secrets.ts';
import {
  DEFAULTS,
  MEANINGS,
  SECRETS,
  SettingsSchema,
  VARIABLES,
  type PlainSettings,
  type SecretName,
  type SettingName,
} from './settings.ts';

/** The configuration is wrong; the message lists everything that is. */
export class ConfigurationError extends SetupError {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `\n  - ${problem}`).join('');
    super(`The configuration has ${problems.length} problem(s):${list}\nSee: m3ter-bills help configuration`);
    this.problems = problems;
  }
}

export interface Settings extends PlainSettings {
  readonly m3terApiKey: string;
  readonly m3terApiSecret: string;
  readonly salesforceCredentials: SalesforceCredentials;
}

/** What `status` needs. */
export type StoreSettings = Pick<PlainSettings, 'storeUrl' | 'logLevel'>;

export type Environment = Readonly<Record<string, string | undefined>>;

const NUMBERS = new Set<SettingName>(['syncIntervalSeconds', 'm3terRequestsPerSecond', 'salesforceConcurrency']);

/**
 * The settings from the environment, over those of the configuration file, over the defaults.
 *
 * @throws {ConfigurationError} listing all problems at once
 */
export function loadSettings(env: Environment, file?: string): Settings {
  const problems: string[] = [];
  const values = gather(env, file, problems);
  problems.push(...schemaProblems(values, Object.keys(VARIABLES) as SettingName[]));
  const settings = values as PlainSettings;
  const secrets = readSecrets(env, problems);
  const credentials = readCredentials(settings, secrets.salesforceClientSecret, problems);
  checkUrls(settings, problems);
  if (problems.length > 0 || !credentials) throw new ConfigurationError(problems);
  return {
    ...settings,
    m3terBaseUrl: settings.m3terBaseUrl.replace(/\/+$/, ''),
    m3terApiKey: secrets.m3terApiKey ?? '',
    m3terApiSecret: secrets.m3terApiSecret ?? '',
    salesforceCredentials: credentials,
  };
}

/**
 * The settings that concern the store alone.
 *
 * @throws {ConfigurationError} listing all problems at once
 */
export function loadStoreSettings(env: Environment, file?: string): StoreSettings {
  const problems: string[] = [];
  const values = gather(env, file, problems) as PlainSettings;
  problems.push(...schemaProblems(values, ['storeUrl', 'logLevel']));
  if (typeof values.storeUrl === 'string') attempt(() => storeFolder(values.storeUrl), problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { storeUrl: values.storeUrl, logLevel: values.logLevel };
}

type Values = Record<string, unknown>;

function gather(env: Environment, file: string | undefined, problems: string[]): Values {
  const fromEnv: Values = {};
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    if (!text) continue;
    const isNumber = NUMBERS.has(name as SettingName) && /^\d+$/.test(text);
    fromEnv[name] = isNumber ? Number(text) : text;
  }
  return { ...DEFAULTS, ...(file === undefined ? {} : readFile(file, problems)), ...fromEnv };
}

function readFile(file: string, problems: string[]): Values {
  try {
    const values = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
      const secrets = Object.keys(SECRETS).filter((name) => name in values);
      for (const name of secrets) {
        problems.push(`${name} stands in ${file}. Take it out and set ${SECRETS[name as SecretName]} instead.`);
      }
      return Object.fromEntries(Object.entries(values).filter(([name]) => !secrets.includes(name)));
    }
    problems.push(`${file} does not hold a JSON object. Write settings such as {"m3terOrgId": "..."}.`);
  } catch (error) {
    problems.push(`${file} cannot be read: ${errorMessage(error)}. Name a JSON file with --config.`);
  }
  return {};
}

/** One problem a setting, in words. */
function schemaProblems(values: Values, wanted: readonly SettingName[]): string[] {
  const problems = new Map<string, string>();
  for (const name of Object.keys(values).filter((key) => !(key in SettingsSchema.properties))) {
    problems.set(name, `${name} is not a setting. Take it out of the configuration file.`);
  }
  for (const name of wanted) {
    const schema = SettingsSchema.properties[name];
    const value = values[name];
    const isRequired = SettingsSchema.required.some((required) => required === name);
    const takes = `It takes ${MEANINGS[name]}.`;
    if (value === undefined) {
      if (isRequired) problems.set(name, `${VARIABLES[name]} is missing. ${takes}`);
    } else if (!Value.Check(schema, value)) {
      problems.set(name, `${VARIABLES[name]} is ${JSON.stringify(value)}. ${takes}`);
    }
  }
  return [...problems.values()];
}

function readSecrets(env: Environment, problems: string[]): Partial<Record<SecretName, string>> {
  const secrets: Partial<Record<SecretName, string>> = {};
  for (const [name, variable] of Object.entries(SECRETS) as Array<[SecretName, string]>) {
    const [value, file] = [env[variable]?.trim(), env[`${variable}_FILE`]?.trim()];
    if (value && file) problems.push(`${variable} and ${variable}_FILE are both set. Keep one of them.`);
    else if (value) secrets[name] = value;
    else if (file) attempt(() => (secrets[name] = readSecretFile(file)), problems, `${variable}_FILE`);
    else if (name !== 'salesforceClientSecret') {
      problems.push(`${variable} is missing. Set it, or ${variable}_FILE to a file that holds it.`);
    }
  }
  return secrets;
}

/** JWT bearer where a user or key is named, else client credentials. */
function readCredentials(
  { salesforceClientId: clientId, salesforceUsername: username, salesforceJwtKeyFile: keyFile }: PlainSettings,
  clientSecret: string | undefined,
  problems: string[],
): SalesforceCredentials | undefined {
  if (username === undefined && keyFile === undefined) {
    if (clientSecret !== undefined) return { kind: 'clientCredentials', clientId, clientSecret };
    problems.push(
      'Salesforce credentials are missing. Set SALESFORCE_CLIENT_SECRET (or _FILE) for client credentials, or ' +
        'SALESFORCE_USERNAME and SALESFORCE_JWT_KEY_FILE for JWT bearer.',
    );
    return undefined;
  }
  if (username === undefined || keyFile === undefined) {
    const missing = username === undefined ? 'SALESFORCE_USERNAME' : 'SALESFORCE_JWT_KEY_FILE';
    problems.push(`${missing} is missing: JWT bearer needs both SALESFORCE_USERNAME and SALESFORCE_JWT_KEY_FILE.`);
    return undefined;
  }
  let privateKey: string | undefined;
  attempt(() => (privateKey = readSecretFile(keyFile)), problems, 'SALESFORCE_JWT_KEY_FILE');
  return privateKey === undefined ? undefined : { kind: 'jwtBearer', clientId, username, privateKey };
}

function checkUrls({ m3terBaseUrl, salesforceLoginUrl, storeUrl }: PlainSettings, problems: string[]): void {
  const m3ter = URL.parse(m3terBaseUrl);
  if (typeof m3terBaseUrl === 'string' && (m3ter === null || (m3ter.protocol !== 'https:' && !isLocal(m3ter)))) {
    problems.push(`M3TER_BASE_URL ${m3terBaseUrl} is not an https URL (or http://127.0.0.1:PORT for a local m3ter).`);
  }
  if (typeof salesforceLoginUrl === 'string') {
    attempt(() => salesforceOrigin(salesforceLoginUrl, 'SALESFORCE_LOGIN_URL'), problems);
  }
  if (typeof storeUrl === 'string') attempt(() => storeFolder(storeUrl), problems);
}

function attempt(work: () => unknown, problems: string[], what?: string): void {
  try {
    work();
  } catch (error) {
    problems.push(what === undefined ? errorMessage(error) : `${what}: ${errorMessage(error)}`);
  }
}
