import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkNamespace } from '../shared/namespace.ts';

/** What a person asked of `npm start` or `npm run sandbox`. */
export interface SandboxSettings {
  once: boolean;
  json: boolean;
  reset: boolean;
  help: boolean;
  /** Port of the workbench; local m3ter, local org and agent listen on the three ports after it. */
  port: number;
  dataDir?: string;
  /** The local org has the package as installed with this namespace. */
  namespace?: string;
  /** Where state is kept between runs; by default a folder per data set below `.sandbox`. */
  stateDir?: string;
  dumpDir?: string;
}

export class UsageError extends Error {}

export const USAGE = `Usage: npm start -- [options]
       npm run sandbox -- --once [--json] [options]

  --port PORT   Port of the workbench; the three after it serve local m3ter, local org and agent (default 4680)
  --data DIR    A data set: accounts, bills, externalmappings and salesforce-accounts as .ndjson (default: generated)
  --namespace NS  Have the package in the local org as installed with this namespace (default: as deployed sources)
  --state DIR   Keep the state there (default: a folder per data set below .sandbox)
  --reset       Forget the state of earlier runs with this data set first
  --once        Start with fresh state on free ports, sync once, stop
  --json        With --once: print one JSON document on stdout
  --dump DIR    With --once: also write what the org holds as bills.ndjson and line-items.ndjson
  --help        Show this text`;

/** Reads the command line. Throws UsageError naming the option and the reason. */
export function readSettings(argv: string[]): SandboxSettings {
  const values = parse(argv);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65532) {
    throw new UsageError(`--port ${values.port} is not a port. Give a number from 1 to 65532.`);
  }
  if (!values.once && (values.json || values.dump)) {
    throw new UsageError('--json and --dump go with --once. Add --once.');
  }
  if (values.namespace !== undefined) checkNamespace(values.namespace);
  if (values.data && !existsSync(fromHere(values.data))) {
    throw new UsageError(`--data ${values.data}: there is no such folder. See docs/sandbox.md for what a data set is.`);
  }
  return {
    once: values.once,
    json: values.json,
    reset: values.reset,
    help: values.help,
    port,
    ...(values.data ? { dataDir: fromHere(values.data) } : {}),
    ...(values.namespace ? { namespace: values.namespace } : {}),
    ...(values.state ? { stateDir: fromHere(values.state) } : {}),
    ...(values.dump ? { dumpDir: fromHere(values.dump) } : {}),
  };
}

/** npm runs scripts in the project's folder and says in INIT_CWD where the person was. */
function fromHere(folder: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? '.', folder);
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        port: { type: 'string', default: '4680' },
        data: { type: 'string' },
        namespace: { type: 'string' },
        state: { type: 'string' },
        dump: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The folder that keeps the state of one data set and namespace between runs, so that two of them never mix. */
export function stateFolder(root: string, dataDir: string | undefined, namespace?: string): string {
  const suffix = namespace === undefined ? '' : `-${namespace}`;
  if (dataDir === undefined) return path.join(root, '.sandbox', `demo${suffix}`);
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
  return path.join(root, '.sandbox', `${path.basename(dataDir)}-${digest}${suffix}`);
}
