import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bill, DataSet } from '../../sandbox/data/model.ts';
import type { LocalM3ter } from '../../sandbox/m3ter/server.ts';
import type { LocalOrg } from '../../sandbox/org/server.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { SPARED_HEADER } from '../../sandbox/shared/faultRules.ts';
import { stringifyExact } from '../../sandbox/shared/exactJson.ts';
import { addBills, replaceBills } from '../data/m3terState.ts';
import { startChildServer } from './childServer.ts';
import type { ChildServer } from './childServer.ts';
import { faultsOf } from './latency.ts';
import type { LatencyModel } from './latency.ts';

/** How the local org is reached. */
export type Org = Pick<
  LocalOrg,
  'instanceUrl' | 'orgId' | 'username' | 'accessToken' | 'clientId' | 'clientSecret' | 'users'
>;
export type M3ter = Pick<LocalM3ter, 'baseUrl' | 'orgId' | 'apiKey' | 'apiSecret'>;

export interface WorldOptions {
  readonly accounts: DataSet;
  /** Beside the org, an m3ter with these Accounts and no Bills yet. */
  readonly hasM3ter?: boolean;
  readonly latency: LatencyModel;
  /** The org is kept in a file rather than in memory. */
  readonly isOnDisk?: boolean;
}

/** A local org and, where it is asked for, a local m3ter, each in a process of its own as a user would start them. */
export class World {
  readonly folder: string;
  private own = 0;
  private readonly orgServer: ChildServer<Org>;
  private readonly m3terServer: ChildServer<M3ter> | undefined;

  private constructor(folder: string, org: ChildServer<Org>, m3ter: ChildServer<M3ter> | undefined) {
    this.folder = folder;
    this.orgServer = org;
    this.m3terServer = m3ter;
  }

  static async start({ accounts, hasM3ter, latency, isOnDisk }: WorldOptions): Promise<World> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-bench-'));
    const dataDir = path.join(folder, 'data');
    writeDataSet(dataDir, accounts);
    const state = isOnDisk ? ['--state', path.join(folder, 'org.sqlite')] : [];
    const org = await startChildServer<Org>('sandbox/org/main.ts', ['--port', '0', '--data', dataDir, ...state]);
    let m3ter: ChildServer<M3ter> | undefined;
    if (hasM3ter) {
      const args = ['--port', '0', '--data', dataDir, '--state', m3terFile(folder)];
      m3ter = await startChildServer<M3ter>('sandbox/m3ter/main.ts', args);
    }
    const world = new World(folder, org, m3ter);
    await world.play(latency);
    await world.send('POST', '/sandbox/limits', { dailyApiRequests: 10_000_000, used: 0 });
    return world;
  }

  get org(): Org {
    return this.orgServer.described;
  }

  /** @throws when the world was started without one */
  get m3ter(): M3ter {
    if (!this.m3terServer) throw new Error('This world has no m3ter: start it with hasM3ter.');
    return this.m3terServer.described;
  }

  /** From now on the org takes as long as the model says. */
  async play(latency: LatencyModel): Promise<void> {
    await this.send('DELETE', '/sandbox/faults');
    const faults = faultsOf(latency);
    if (faults.length > 0) await this.send('POST', '/sandbox/faults', faults);
  }

  /** Calls that the org counted against its allowance since it was started, by all clients but this one. */
  async apiCalls(): Promise<number> {
    return (await this.calls()).all;
  }

  /** As `apiCalls`, and how many of them wrote. */
  async calls(): Promise<{ readonly all: number; readonly writing: number }> {
    const { apiRequests, reading } = (await this.send('GET', '/sandbox/stats')) as Record<
      'apiRequests' | 'reading',
      number
    >;
    // The bench's own calls read.
    return { all: apiRequests - this.own, writing: apiRequests - reading };
  }

  /** The administrator's view, spared by the latency. At most 2,000 rows: that is one call. */
  query(soql: string): Promise<JsonRecord[]> {
    this.own += 1;
    return queryAll(this.org as LocalOrg, soql);
  }

  async count(object: string, where = ''): Promise<number> {
    this.own += 1;
    const path = `/services/data/v67.0/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object} ${where}`)}`;
    const { totalSize } = (await this.send('GET', path)) as { totalSize: number };
    return totalSize;
  }

  /** The record id of the one integration. */
  async integrationId(): Promise<string> {
    const [row] = await this.query('SELECT Id FROM Integration_Configuration__c');
    return String(row?.['Id']);
  }

  /** Has m3ter hold these Bills too. */
  addBills(bills: Iterable<Bill>): void {
    addBills(m3terFile(this.folder), bills);
  }

  /** Has m3ter hold these Bills in the place of those with their ids. */
  replaceBills(bills: Iterable<Bill>): void {
    replaceBills(m3terFile(this.folder), bills);
  }

  async close(): Promise<void> {
    await this.orgServer.stop();
    await this.m3terServer?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async send(method: string, target: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.org.instanceUrl + target, {
      method,
      headers: {
        [SPARED_HEADER]: '1',
        authorization: `Bearer ${this.org.accessToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The local org answered ${method} ${target} with ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

const m3terFile = (folder: string): string => path.join(folder, 'm3ter.sqlite');

/** The files of a data set, a record a line. */
function writeDataSet(folder: string, dataSet: DataSet): void {
  mkdirSync(folder, { recursive: true });
  const files = {
    'accounts.ndjson': dataSet.accounts,
    'bills.ndjson': dataSet.bills,
    'externalmappings.ndjson': dataSet.externalMappings,
    'salesforce-accounts.ndjson': dataSet.salesforceAccounts,
  };
  for (const [file, rows] of Object.entries(files)) {
    writeFileSync(path.join(folder, file), rows.map((row) => `${stringifyExact(row)}\n`).join(''));
  }
}
