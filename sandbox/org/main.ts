/** `npm run local:org`: one local Salesforce org, until Ctrl-C. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDataSet } from '../data/dataSet.ts';
import { startOrg } from './server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const USAGE = `Usage: npm run local:org -- --port P [--source DIR ...] [--namespace NS] [--data DIR] [--state FILE]

  --port P      where it listens on 127.0.0.1; 0 takes a free port
  --source DIR  a further SFDX source folder beside force-app and unpackaged; may be repeated
  --namespace NS  has the package as installed with this namespace: NS__Bill__c instead of Bill__c
  --data DIR    a data set whose Accounts and integrations a new org starts with
  --state FILE  keeps the org in a file; without it, it is gone when the process ends

The first line on stdout is a JSON object: instanceUrl, username, accessToken, clientId, clientSecret, jwt, users.`;

class UsageError extends Error {}

interface Settings {
  port: number;
  sourceDirs: string[];
  namespace?: string;
  dataDir?: string;
  stateFile?: string;
}

function readSettings(args: string[]): Settings | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  if (!/^\d{1,5}$/.test(values.port ?? '') || Number(values.port) > 65_535) {
    throw new UsageError('--port must be a number from 0 to 65535.');
  }
  return {
    port: Number(values.port),
    sourceDirs: [path.join(ROOT, 'force-app'), path.join(ROOT, 'unpackaged'), ...(values.source ?? [])],
    ...(values.namespace ? { namespace: values.namespace } : {}),
    ...(values.data ? { dataDir: values.data } : {}),
    ...(values.state ? { stateFile: values.state } : {}),
  };
}

function parse(args: string[]) {
  const options = {
    port: { type: 'string' },
    source: { type: 'string', multiple: true },
    namespace: { type: 'string' },
    data: { type: 'string' },
    state: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function serve({ port, sourceDirs, namespace, dataDir, stateFile }: Settings): Promise<void> {
  const org = await startOrg({
    port,
    sourceDirs,
    ...(namespace ? { namespace } : {}),
    ...(dataDir ? { dataSet: readDataSet(dataDir) } : {}),
    ...(stateFile ? { stateFile } : {}),
  });
  const { instanceUrl, orgId, username, accessToken, clientId, clientSecret, jwt, users } = org;
  console.log(JSON.stringify({ instanceUrl, orgId, username, accessToken, clientId, clientSecret, jwt, users }));
  const stop = (): void => void org.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'help') console.log(USAGE);
  else await serve(settings);
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : error instanceof Error ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
}
