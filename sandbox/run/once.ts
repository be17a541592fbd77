import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringifyExact } from '../shared/exactJson.ts';
import { inNamespace } from '../shared/namespace.ts';
import { ended, spawnAgent } from './agentProcess.ts';
import { describeFields, listBills, queryAll, sumByCurrency } from './records.ts';
import { startSystem } from './system.ts';
import type { LocalSystem } from './system.ts';
import type { SandboxSettings } from './settings.ts';

/**
 * Starts local m3ter and the local org with fresh state on free ports, runs one sync, reports and stops.
 * With `json` one document goes to stdout: what the agent reports, and the totals of the sent Bills on both sides.
 *
 * @returns the exit code of the sync
 */
export async function runOnce(settings: SandboxSettings): Promise<number> {
  const stateDir = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-'));
  try {
    const system = await startSystem({
      stateDir,
      m3terPort: 0,
      orgPort: 0,
      ...(settings.dataDir ? { dataDir: settings.dataDir } : {}),
      ...(settings.namespace ? { namespace: settings.namespace } : {}),
    });
    try {
      return await syncAndReport(system, settings);
    } finally {
      await system.close();
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function syncAndReport(system: LocalSystem, settings: SandboxSettings): Promise<number> {
  const agent = spawnAgent(system, ['sync', '--once', ...(settings.json ? ['--json'] : [])], 'pipe');
  const chunks: Buffer[] = [];
  agent.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exitCode = await ended(agent);
  const output = Buffer.concat(chunks).toString('utf8');
  const report = settings.json && output.trim() !== '' ? (JSON.parse(output) as object) : undefined;
  const totals = await totalsOfSentBills(system, settings.namespace);
  if (settings.json) console.log(stringifyExact({ ...report, totals }, 2));
  else
    console.log(
      `${output}Totals of the sent Bills\n  m3ter       ${line(totals.m3ter)}\n  Salesforce  ${line(totals.salesforce)}`,
    );
  if (settings.dumpDir) await dump(system, settings.dumpDir, settings.namespace);
  return exitCode;
}

const line = (sums: Record<string, string>): string =>
  Object.entries(sums)
    .map(([currency, sum]) => `${currency} ${sum}`)
    .join(', ') || 'none';

async function totalsOfSentBills({ m3ter, org }: LocalSystem, namespace: string | undefined) {
  const named = (text: string): string => inNamespace(text, namespace);
  const sent = await queryAll(
    org,
    named('SELECT M3ter_Bill_Id__c, Currency_Code__c, Bill_Total__c FROM Bill__c WHERE Is_Complete__c = true'),
  );
  const scale =
    (await describeFields(org, named('Bill__c'))).find(({ name }) => name === named('Bill_Total__c'))?.scale ?? 0;
  const ids = new Set(sent.map((record) => record[named('M3ter_Bill_Id__c')]));
  const bills = (await listBills(m3ter)).filter((bill) => ids.has(bill['id']));
  return {
    m3ter: sumByCurrency(
      bills.map((bill) => ({ currency: bill['currency'], amount: bill['billTotal'] })),
      scale,
    ),
    salesforce: sumByCurrency(
      sent.map((record) => ({
        currency: record[named('Currency_Code__c')],
        amount: record[named('Bill_Total__c')],
      })),
      scale,
    ),
  };
}

/** Writes what the org holds, a record a line, with API field names and numbers as the org returns them. */
async function dump({ org }: LocalSystem, folder: string, namespace: string | undefined): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = async (file: string, source: string, order: string): Promise<void> => {
    const object = inNamespace(source, namespace);
    const fields = (await describeFields(org, object)).map(({ name }) => name).join(', ');
    const records = await queryAll(org, `SELECT ${fields} FROM ${object} ORDER BY ${inNamespace(order, namespace)}`);
    writeFileSync(path.join(folder, file), records.map((record) => `${stringifyExact(record)}\n`).join(''));
  };
  await write('bills.ndjson', 'Bill__c', 'M3ter_Bill_Id__c');
  await write('line-items.ndjson', 'Bill_Line_Item__c', 'Bill__c, Position__c');
}
