import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { errorMessage } from '../errors.ts';
import { readSecretFile } from './secrets.ts';
import { GONE, SECRETS, SETTINGS, type PlainSettings, type SecretName, type SettingName } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Secrets = Readonly<Partial<Record<SecretName, string>>>;

/** What was found wrong, and what is only to be said. */
export interface Findings {
  readonly problems: string[];
  readonly warnings: string[];
}

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];
const NUMBER = /^\d+(?:\.\d+)?$/;

type Values = Partial<Record<string, unknown>>;

/** The wanted settings, from the environment, over those of the file, over the defaults; what is wrong is noted. */
export function gatherSettings(
  env: Environment,
  file: string | undefined,
  wanted: readonly SettingName[],
  findings: Findings,
): PlainSettings {
  const values: Values = { ...(file === undefined ? {} : readFile(file, findings)), ...fromEnvironment(env, findings) };
  for (const { variable, instead } of Object.values(GONE)) {
    if (env[variable]) findings.warnings.push(`${variable} is no longer used. ${instead}`);
  }
  for (const name of wanted) {
    const row = SETTINGS[name];
    const value = (values[name] ??= 'default' in row ? row.default : undefined);
    if (value !== undefined && !Value.Check(row.schema, value)) {
      findings.problems.push(`${row.variable} is ${JSON.stringify(value)}. It takes ${row.takes}.`);
      values[name] = undefined;
    }
  }
  return values as PlainSettings;
}

/** The plain settings of the environment, unchecked. STORE_URL may hold a password, so that it may lie in a file too. */
export function fromEnvironment(env: Environment, findings: Findings): Values {
  const values: Values = {};
  for (const name of SETTING_NAMES) {
    const { variable, schema } = SETTINGS[name];
    const text = name === 'storeUrl' ? textOrFile(env, variable, findings) : env[variable]?.trim();
    if (!text) continue;
    const isNumber = 'type' in schema && (schema.type === 'integer' || schema.type === 'number');
    values[name] = isNumber && NUMBER.test(text) ? Number(text) : text;
  }
  return values;
}

/** The text of a variable, or of the file that the variable with _FILE names; empty when it was noted as unusable. */
function textOrFile(env: Environment, variable: string, { problems }: Findings): string | undefined {
  const [value, file] = [env[variable]?.trim(), env[`${variable}_FILE`]?.trim()];
  let text = '';
  if (value && file) problems.push(`${variable} and ${variable}_FILE are both set. Keep one of them.`);
  else if (value) return value;
  else if (file) attempt(() => (text = readSecretFile(file)), problems, `${variable}_FILE`);
  else return undefined;
  return text;
}

/** The plain settings of a file, unchecked; what is no setting is noted. */
export function readFile(file: string, { problems, warnings }: Findings): Values {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push(`${file} cannot be read: ${errorMessage(error)}. Name a JSON file with --config.`);
    return {};
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    problems.push(`${file} does not hold a JSON object. Write settings such as {"m3terOrgId": "..."}.`);
    return {};
  }
  const known: Values = {};
  for (const [name, value] of Object.entries(found as Values)) {
    if (name === 'storeUrl' && typeof value === 'string' && URL.parse(value)?.password) {
      problems.push(`storeUrl in ${file} holds a password. Take it out and set STORE_URL_FILE to a file with the URL.`);
    } else if (Object.hasOwn(SETTINGS, name)) known[name] = value;
    else if (Object.hasOwn(SECRETS, name)) {
      const { variable } = SECRETS[name as SecretName];
      problems.push(`${name} stands in ${file}. Take it out and set ${variable} instead.`);
    } else if (Object.hasOwn(GONE, name)) {
      warnings.push(`${name} in ${file} is no longer used. ${GONE[name as keyof typeof GONE].instead}`);
    } else problems.push(`${name} is not a setting. Take it out of the configuration file.`);
  }
  return known;
}

/**
 * The wanted secrets that are given, each by its variable or by the file that its variable with _FILE names. One that
 * cannot be used is noted and empty, so that nobody calls it missing too.
 */
export function gatherSecrets(env: Environment, wanted: readonly SecretName[], findings: Findings): Secrets {
  const secrets: Partial<Record<SecretName, string>> = {};
  for (const name of wanted) {
    const text = textOrFile(env, SECRETS[name].variable, findings);
    if (text !== undefined) secrets[name] = text;
  }
  return secrets;
}

/** Notes the message of what `work` throws. */
export function attempt(work: () => unknown, problems: string[], what?: string): void {
  try {
    work();
  } catch (error) {
    problems.push(what === undefined ? errorMessage(error) : `${what}: ${errorMessage(error)}`);
  }
}
