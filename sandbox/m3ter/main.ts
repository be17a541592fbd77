/** Local m3ter alone: `npm run local:m3ter -- --port PORT [--data DIR] [--state FILE]`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDataSet } from '../data/dataSet.ts';
import { DEMO_SEED, generateDataSet } from '../data/generate.ts';
import { startM3ter } from './server.ts';

const USAGE = `Usage: npm run local:m3ter -- --port PORT [--data DIR] [--state FILE]

  --port PORT   Port on 127.0.0.1; 0 takes a free one (default 4681)
  --data DIR    A data set: accounts, bills, externalmappings and salesforce-accounts as .ndjson (default: generated)
  --state FILE  Keep the state in this file; when it holds data already, the data set is ignored (default: in memory)
  --help        Show this text`;

class UsageError extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4681' },
        data: { type: 'string' },
        state: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65535) {
      throw new UsageError(`--port ${values.port} is not a port. Give a number from 0 to 65535.`);
    }
    return { ...values, port };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { port, data, state, help } = readArguments();
  if (help) return console.log(USAGE);
  const m3ter = await startM3ter({
    port,
    dataSet: data ? readDataSet(path.resolve(data)) : generateDataSet({ seed: DEMO_SEED, now: new Date() }),
    ...(state ? { stateFile: path.resolve(state) } : {}),
  });
  const { baseUrl, orgId, apiKey, apiSecret } = m3ter;
  console.log(JSON.stringify({ baseUrl, orgId, apiKey, apiSecret }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void m3ter.close());
}

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\n\n${USAGE}` : message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
