/**
 * `npm run bench:org`: what the local org takes for the work of a large customer. It must never be what a measurement of
 * the agent measures. Prints, on one line each, what was measured and the figure that its median should stay under;
 * a machine that does other work as well shows longer times.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ACCOUNTS, API, billKey, composite, LINES_PER_BILL, load, range } from './localOrg/data.ts';
import { measure, print } from './localOrg/figure.ts';
import type { Figure } from './localOrg/figure.ts';
import { startChildServer } from './run/childServer.ts';
import type { ChildServer } from './run/childServer.ts';

const USAGE = `Usage: npm run bench:org -- [--bills N] [--state FILE]

  --bills N     how many Bills of ${LINES_PER_BILL} Line Items the org holds; 100000 unless told
  --state FILE  where they are kept, for the next time too; without it, in a folder that is removed again`;

interface Described {
  instanceUrl: string;
  users: Array<{ alias: string; accessToken: string }>;
}

type Server = ChildServer<Described>;

const startServer = (stateFile: string): Promise<Server> =>
  startChildServer<Described>('sandbox/org/main.ts', ['--port', '0', '--state', stateFile]);

/** Sends one request as the agent's user; its answer must be 200. */
async function send({ described }: Server, method: string, target: string, body?: string): Promise<unknown> {
  const token = described.users.find(({ alias }) => alias === 'agent')?.accessToken ?? '';
  const response = await fetch(`${described.instanceUrl}${API}/${target}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const answer: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${method} ${target}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

async function write(server: Server, bills: number[], version: number): Promise<void> {
  const body = composite(bills, version);
  const answer = (await send(server, 'POST', 'composite', body)) as {
    compositeResponse: Array<{ httpStatusCode: number; body: unknown }>;
  };
  const failed = answer.compositeResponse.find(({ body: results }) => {
    const isSuccess = ({ success }: { success?: boolean }): boolean => success === true;
    return !Array.isArray(results) || !results.every(isSuccess);
  });
  if (failed) throw new Error(`a part of the composite failed: ${JSON.stringify(failed.body).slice(0, 500)}`);
}

async function count(server: Server, soql: string): Promise<number> {
  const { totalSize } = (await send(server, 'GET', `query?q=${encodeURIComponent(soql)}`)) as { totalSize: number };
  return totalSize;
}

/** Queries that an index answers, for different Bills each time. */
async function measureQueries(server: Server, bills: number): Promise<void> {
  const query = async (name: string, rows: number, soql: (bill: number) => string): Promise<void> =>
    measure({
      name,
      target: 20,
      rounds: 50,
      pid: server.process.pid,
      async work(round) {
        const found = await count(server, soql((round * 7919) % bills));
        if (found < rows) throw new Error(`${name}: ${found} rows instead of at least ${rows}`);
      },
    });
  const keys = (bill: number, size: number): string =>
    range(0, size)
      .map((n) => `'${billKey((bill + n * 13) % bills)}'`)
      .join(', ');
  await query(
    'a Bill by its external id',
    1,
    (bill) => `SELECT Id, Name FROM Bill__c WHERE M3ter_Bill_Id__c = '${billKey(bill)}'`,
  );
  await query(
    '100 Bills by their external ids',
    100,
    (bill) => `SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c IN (${keys(bill, 100)})`,
  );
  await query(
    'the Line Items of a Bill',
    LINES_PER_BILL,
    (bill) =>
      `SELECT Id, Subtotal__c FROM Bill_Line_Item__c WHERE Bill__r.M3ter_Bill_Id__c = '${billKey(bill)}' ORDER BY Position__c`,
  );
  await query(
    'a Bill with its Line Items',
    1,
    (bill) =>
      `SELECT Id, Account__r.Name, (SELECT Id, Subtotal__c FROM Line_Items__r ORDER BY Position__c) FROM Bill__c WHERE M3ter_Bill_Id__c = '${billKey(bill)}'`,
  );
  await query(
    'the latest Bills of an Account',
    Math.min(20, Math.floor(bills / ACCOUNTS)),
    (bill) =>
      `SELECT Id, Bill_Date__c, Bill_Total__c FROM Bill__c WHERE Account__r.M3ter_Account_Id__c = 'account-${bill % ACCOUNTS}' ORDER BY Bill_Date__c DESC, Name LIMIT 20`,
  );
  await query(
    'totals of an Account by month',
    1,
    (bill) =>
      `SELECT CALENDAR_MONTH(Bill_Date__c) m, SUM(Bill_Total__c) t FROM Bill__c WHERE Account__r.M3ter_Account_Id__c = 'account-${bill % ACCOUNTS}' GROUP BY CALENDAR_MONTH(Bill_Date__c)`,
  );
  await query(
    'a page of Bills from an id on',
    200,
    (bill) => `SELECT Id, Name FROM Bill__c WHERE Id > 'a01000000000001' ORDER BY Id LIMIT 200 OFFSET ${bill % 1000}`,
  );
  await query('Bills by name', 1, (bill) => `SELECT Id FROM Bill__c WHERE Name = 'INV-${bill}'`);
}

async function bench(stateFile: string, bills: number): Promise<void> {
  load(stateFile, bills);
  const starts: Figure = {
    name: `start with ${bills * (LINES_PER_BILL + 1)} records on disk`,
    target: 2000,
    times: [],
  };
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    const started = await startServer(stateFile);
    starts.times.push(performance.now() - start);
    await started.stop();
  }
  print(starts);
  const server = await startServer(stateFile);
  try {
    // Numbers that no earlier run on the same state gave.
    const first = 1_000_000 + Math.floor(Date.now() / 1000) * 1000;
    const known = (round: number): number[] => range(0, 80).map((n) => (round * 80 + n) % bills);
    const writes = { target: 50, rounds: 20, pid: server.process.pid };
    await measure({
      name: 'a composite of 880 new records',
      ...writes,
      work: (round) => write(server, range(first + round * 80, first + round * 80 + 80), 1),
    });
    await measure({
      name: 'a composite of 880 records that are there and change',
      ...writes,
      work: (round) => write(server, known(round), Date.now()),
    });
    await measureQueries(server, bills);
  } finally {
    await server.stop();
  }
}

async function run(args: string[]): Promise<void> {
  const options = { bills: { type: 'string' }, state: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(USAGE);
  const bills = Number(values.bills ?? 100_000);
  if (!Number.isInteger(bills) || bills < 2000)
    throw new Error(`--bills must be a whole number from 2000.\n\n${USAGE}`);
  if (values.state) return bench(values.state, bills);
  const dir = mkdtempSync(path.join(tmpdir(), 'm3ter-bench-org-'));
  try {
    await bench(path.join(dir, 'org.db'), bills);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

await run(process.argv.slice(2));
