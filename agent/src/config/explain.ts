import { fromEnvironment, readFile, type Environment, type Findings } from './gather.ts';
import { ConfigurationError, loadSettings, NO_ORGANIZATION } from './load.ts';
import { SECRETS, SETTINGS, type SettingName } from './settings.ts';

/** A setting in force. */
export interface ExplainedSetting {
  /** As in the file. */
  readonly name: string;
  readonly variable: string;
  /** Null when it is not set; a secret only says that it is set. */
  readonly value: string | null;
  readonly source: 'environment' | 'file' | 'default' | 'none';
}

export interface Explanation {
  readonly settings: readonly ExplainedSetting[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Every setting in force, where it comes from, and what is wrong with them. Shows no secret and connects nowhere. */
export function explainSettings(env: Environment, file?: string): Explanation {
  const findings: Findings = { problems: [], warnings: [] };
  const [given, filed] = [fromEnvironment(env, findings), file === undefined ? {} : readFile(file, findings)];
  const plain = (Object.keys(SETTINGS) as SettingName[]).map((name): ExplainedSetting => {
    const row = SETTINGS[name];
    const value = given[name] ?? filed[name] ?? ('default' in row ? row.default : undefined);
    const source =
      name in given ? 'environment' : name in filed ? 'file' : value === undefined ? ('none' as const) : 'default';
    return { name, variable: row.variable, value: value === undefined ? null : shown(value), source };
  });
  const secrets = Object.entries(SECRETS).map(([name, { variable }]): ExplainedSetting => {
    const by = [variable, `${variable}_FILE`].find((one) => env[one]?.trim());
    return { name, variable, value: by === undefined ? null : '[secret]', source: by ? 'environment' : 'none' };
  });
  return { settings: [...plain, ...secrets], ...verdict(env, file) };
}

function verdict(env: Environment, file: string | undefined): Pick<Explanation, 'problems' | 'warnings'> {
  try {
    const { m3terOrgId, warnings } = loadSettings(env, file);
    return { problems: m3terOrgId === undefined ? [NO_ORGANIZATION] : [], warnings };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems, warnings: [] };
    throw error;
  }
}

/** A URL, that of a store above all, may hold a password: before its host, or among its parameters. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!text.includes('://')) return text;
  return text.replace(/^(\w+:\/\/[^:/@]*):.*@/, '$1:[secret]@').replace(/\?.*$/, '?[secret]');
}
