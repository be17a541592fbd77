/** The command lines of `npm run org:create` and `npm run package:version`. */
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

/** A command line that cannot be understood; the message says what to type. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const ORG_USAGE = `Usage: npm run org:create -- [--definition NAME] [--alias ALIAS] [--days 1-30] [--dev-hub ALIAS]
                             [--no-data] [--no-open] [--dry-run]
Creates a scratch org, deploys the package, assigns its permission sets, loads sample data and opens the org.
Needs a Dev Hub that the Salesforce CLI is signed in to: sf org login web --set-default-dev-hub`;

export interface OrgOptions {
  readonly definition: string;
  readonly alias: string;
  readonly days: number;
  readonly devHub: string | undefined;
  readonly data: boolean;
  readonly open: boolean;
  readonly dryRun: boolean;
}

/**
 * @param definitions the names before `-scratch-def.json` in config
 * @throws {UsageError}
 */
export function readOrgOptions(args: readonly string[], definitions: readonly string[]): OrgOptions {
  const { values } = read(args, ORG_USAGE, {
    definition: { type: 'string', default: 'baseline' },
    alias: { type: 'string' },
    days: { type: 'string', default: '7' },
    'dev-hub': { type: 'string' },
    'no-data': { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  });
  const { definition } = values;
  if (!definitions.includes(definition)) {
    throw new UsageError(`There is no definition "${definition}". Name one of: ${definitions.join(', ')}.`);
  }
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 30) {
    throw new UsageError(`A scratch org lives 1 to 30 days, not "${values.days}". Name a number of days with --days.`);
  }
  return {
    definition,
    alias: values.alias ?? `m3ter-bills-${definition}`,
    days,
    devHub: values['dev-hub'],
    data: !values['no-data'],
    open: !values['no-open'],
    dryRun: values['dry-run'],
  };
}

export const VERSION_USAGE = `Usage: npm run package:version -- create [--dev-hub ALIAS] [--dry-run]
       npm run package:version -- verify VERSION [--dev-hub ALIAS] [--dry-run]
       npm run package:version -- promote VERSION [--dev-hub ALIAS] [--dry-run]
VERSION is the id (04t...) or the alias that "create" told.`;

export type VersionOptions = { readonly devHub: string | undefined; readonly dryRun: boolean } & (
  { readonly action: 'create' } | { readonly action: 'verify' | 'promote'; readonly version: string }
);

/** @throws {UsageError} */
export function readVersionOptions(args: readonly string[]): VersionOptions {
  const { values, positionals } = read(args, VERSION_USAGE, {
    'dev-hub': { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  });
  const common = { devHub: values['dev-hub'], dryRun: values['dry-run'] };
  const [action, version, ...more] = positionals;
  if (more.length > 0) throw new UsageError(VERSION_USAGE);
  if (action === 'create' && version === undefined) return { ...common, action };
  if ((action === 'verify' || action === 'promote') && version !== undefined) return { ...common, action, version };
  throw new UsageError(VERSION_USAGE);
}

function read<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], usage: string, options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: usage === VERSION_USAGE });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
