import { SetupError } from '../errors.ts';
import { isLocal, salesforceOrigin } from '../salesforce/hosts.ts';
import { storeLocation } from '../store/url.ts';
import { concealed } from '../vault/concealed.ts';
import type { Credential } from '../vault/credential.ts';
import { vaultKeyProblem, type VaultKeys } from '../vault/key.ts';
import { environmentCredentials } from './environmentCredentials.ts';
import {
  attempt,
  gatherSecrets,
  gatherSettings,
  SETTING_NAMES,
  type Environment,
  type Findings,
  type Secrets,
} from './gather.ts';
import { SECRETS, type PlainSettings, type SecretName } from './settings.ts';
import { webhookSettings, type WebhookSettings } from './webhook.ts';

export type { Environment } from './gather.ts';

/** Needed by everything that asks m3ter, wherever its credential is kept. */
export const NO_ORGANIZATION = 'M3TER_ORG_ID is missing. Set it to the id of the m3ter organization.';

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

/** A mail server for when Salesforce cannot be reached. Concealed, because the URL holds a password. */
export interface MailSettings {
  readonly url: string;
  readonly from: string;
}

export interface Settings extends PlainSettings {
  /** m3ter's and Salesforce's, as far as the environment gives them; the vault may hold others. */
  readonly environmentCredentials: readonly Credential[];
  /** Undefined: no webhook is received. */
  readonly webhook: WebhookSettings | undefined;
  readonly mail: MailSettings | undefined;
  readonly vaultKeys: VaultKeys;
  /** To be told at the start; nothing is wrong. */
  readonly warnings: readonly string[];
}

/** What commands need that look at the store alone. */
export interface StoreSettings extends Pick<PlainSettings, 'storeUrl' | 'logLevel'> {
  readonly vaultKeys: VaultKeys;
}

/**
 * The settings from the environment, over those of the configuration file, over the defaults.
 *
 * @throws {ConfigurationError} listing all problems at once
 */
export function loadSettings(env: Environment, file?: string): Settings {
  const findings: Findings = { problems: [], warnings: [] };
  const { problems, warnings } = findings;
  const settings = gatherSettings(env, file, SETTING_NAMES, findings);
  const secrets = gatherSecrets(env, Object.keys(SECRETS) as SecretName[], findings);
  const credentials = environmentCredentials(settings, secrets, problems);
  checkUrls(settings, problems);
  const vaultKeys = vaultKeysOf(secrets, problems);
  const webhook = webhookSettings(settings, secrets, problems);
  const mail = mailSettings(settings, secrets, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const m3terBaseUrl = settings.m3terBaseUrl.replace(/\/+$/, '');
  return { ...settings, m3terBaseUrl, environmentCredentials: credentials, webhook, mail, vaultKeys, warnings };
}

/**
 * The settings that concern the store and the vault alone.
 *
 * @throws {ConfigurationError} listing all problems at once
 */
export function loadStoreSettings(env: Environment, file?: string): StoreSettings {
  const findings: Findings = { problems: [], warnings: [] };
  const { storeUrl, logLevel } = gatherSettings(env, file, ['storeUrl', 'logLevel'], findings);
  if (storeUrl !== undefined) attempt(() => storeLocation(storeUrl), findings.problems);
  const vaultKeys = vaultKeysOf(gatherSecrets(env, ['vaultKey', 'vaultKeyPrevious'], findings), findings.problems);
  if (findings.problems.length > 0) throw new ConfigurationError(findings.problems);
  return { storeUrl, logLevel, vaultKeys };
}

function vaultKeysOf({ vaultKey: current, vaultKeyPrevious: previous }: Secrets, problems: string[]): VaultKeys {
  for (const [variable, key] of [
    ['VAULT_KEY', current],
    ['VAULT_KEY_PREVIOUS', previous],
  ] as const) {
    const problem = key ? vaultKeyProblem(key) : undefined;
    if (problem !== undefined) problems.push(`${variable} ${problem}`);
  }
  if (previous !== undefined && current === undefined) {
    problems.push('VAULT_KEY_PREVIOUS is set without VAULT_KEY. Set VAULT_KEY to the new key.');
  }
  return concealed({ current, previous });
}

function mailSettings(
  { smtpFrom: from }: PlainSettings,
  { smtpUrl: url }: Secrets,
  problems: string[],
): MailSettings | undefined {
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined || from === undefined) {
    problems.push(`${url === undefined ? 'SMTP_URL' : 'SMTP_FROM'} is missing: SMTP_URL and SMTP_FROM go together.`);
    return undefined;
  }
  const parsed = URL.parse(url);
  if (url === '') return undefined;
  if (parsed === null || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') {
    problems.push('SMTP_URL is not smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST.');
  }
  return concealed({ url, from });
}

function checkUrls({ m3terBaseUrl, salesforceLoginUrl, storeUrl }: PlainSettings, problems: string[]): void {
  const m3ter = URL.parse(m3terBaseUrl);
  if (typeof m3terBaseUrl === 'string' && (m3ter === null || (m3ter.protocol !== 'https:' && !isLocal(m3ter)))) {
    problems.push(`M3TER_BASE_URL ${m3terBaseUrl} is not an https URL (or http://127.0.0.1:PORT for a local m3ter).`);
  }
  if (typeof salesforceLoginUrl === 'string') {
    attempt(() => salesforceOrigin(salesforceLoginUrl, 'SALESFORCE_LOGIN_URL'), problems);
  }
  if (storeUrl !== undefined) attempt(() => storeLocation(storeUrl), problems);
}
