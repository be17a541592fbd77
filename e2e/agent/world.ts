/** A local m3ter, a local org and the agent as a child process, as an operator would have them. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freshDatabase } from '../../agent/src/testing/postgres.ts';
import { copyEmptyStore } from '../../agent/src/testing/stores.ts';
import type { Bill, DataSet } from '../../sandbox/data/model.ts';
import type { M3terFaultRule } from '../../sandbox/m3ter/faults.ts';
import { startCheckedM3ter } from '../../sandbox/m3ter/contract/checked.ts';
import { startM3ter } from '../../sandbox/m3ter/server.ts';
import type { LocalM3ter } from '../../sandbox/m3ter/server.ts';
import type { FaultRule } from '../../sandbox/org/trouble/faults.ts';
import type { LoggedWrite } from '../../sandbox/org/rest/writeLog.ts';
import { startOrg } from '../../sandbox/org/server.ts';
import type { LocalOrg, LocalOrgUser } from '../../sandbox/org/server.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { SOURCE_DIRS } from '../../sandbox/run/system.ts';
import { SPARED_HEADER } from '../../sandbox/shared/faultRules.ts';
import { parseExact, stringifyExact } from '../../sandbox/shared/exactJson.ts';
import { startAgent } from './agentProcess.ts';
import type { Ended, Environment, RunningAgent } from './agentProcess.ts';

const API = '/services/data/v67.0';

/** What `m3ter-bills sync --once --json` says of one integration. */
export interface IntegrationReport {
  name: string;
  billsRead: number;
  billsSent: number;
  lineItemsSent: number;
  skipped: Record<'restricted' | 'notAllowed' | 'accountFilter' | 'notApproved' | 'unchanged' | 'ownedByOther', number>;
  waiting: { missingAccountMapping: number };
  unmatched: number;
  failed: Record<string, number>;
}

export interface Report {
  integrations: IntegrationReport[];
  apiCalls: { salesforce: number; m3ter: number };
}

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** What the org counted. */
interface Stats {
  readonly apiRequests: number;
  /** Of them, those that only read. */
  readonly reading: number;
  readonly routes: Readonly<Record<string, number>>;
}

export interface WorldOptions {
  /** SFDX source folders that the org loads beside the package. */
  sourceDirs?: string[];
  /**
   * Where the agent remembers. On `postgres`, which is usual here, a process begins in half the time of one that has an
   * embedded store; `pglite` is an empty one; with `none` the agent has to make it.
   */
  store?: 'postgres' | 'pglite' | 'none';
  /** The clock of both servers. */
  now?: () => Date;
  /** Whether the data set holds what m3ter's contract does not allow; else every answer of m3ter has to keep it. */
  breaksContract?: boolean;
}

export class World {
  readonly m3ter: LocalM3ter;
  readonly org: LocalOrg;
  readonly folder: string;
  /** Stores on PostgreSQL by name. */
  private readonly databases = new Map<string, string>();
  private m3terToken = '';

  private constructor(m3ter: LocalM3ter, org: LocalOrg) {
    this.m3ter = m3ter;
    this.org = org;
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-e2e-'));
  }

  /** Starts both servers on free ports, in memory, with the data set. */
  static async start(dataSet: DataSet, options: WorldOptions = {}): Promise<World> {
    const { sourceDirs = [], store = 'postgres', now } = options;
    const clock = now ? { now } : {};
    const start = options.breaksContract === true ? startM3ter : startCheckedM3ter;
    const m3ter = await start({ port: 0, dataSet, rateLimit: false, ...clock });
    const org = await startOrg({ port: 0, sourceDirs: [...SOURCE_DIRS, ...sourceDirs], dataSet, ...clock });
    const world = new World(m3ter, org);
    if (store === 'pglite') await copyEmptyStore(path.join(world.folder, 'agent'));
    if (store === 'postgres') await world.addStore('agent');
    return world;
  }

  async close(): Promise<void> {
    await this.org.close();
    await this.m3ter.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Gives the agent one more empty store, on PostgreSQL. */
  async addStore(name: string): Promise<void> {
    this.databases.set(name, await freshDatabase());
  }

  /** The agent's environment; `store` names one of several stores of this world. */
  environment(more: Environment = {}, store = 'agent'): Environment {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      M3TER_BASE_URL: this.m3ter.baseUrl,
      M3TER_ORG_ID: this.m3ter.orgId,
      M3TER_API_KEY: this.m3ter.apiKey,
      M3TER_API_SECRET: this.m3ter.apiSecret,
      M3TER_REQUESTS_PER_SECOND: '50',
      SALESFORCE_LOGIN_URL: this.org.instanceUrl,
      SALESFORCE_CLIENT_ID: this.org.clientId,
      SALESFORCE_CLIENT_SECRET: this.org.clientSecret,
      STORE_URL: this.databases.get(store) ?? `pglite://${path.join(this.folder, store)}`,
      CONTROL_POLL_SECONDS: '0.2',
      EVENTS_POLL_SECONDS: '0.2',
      HINT_WINDOW_MS: '100',
      HTTP_PORT: '0',
      LOG_LEVEL: 'info',
      ...more,
    };
  }

  agent(args: string[], environment: Environment = this.environment()): RunningAgent {
    return startAgent(args, environment);
  }

  /** One sweep. Throws when it broke off. */
  async sync(more: Environment = {}, store?: string): Promise<Ended & { report: Report }> {
    const ended = await this.agent(['sync', '--once', '--json'], this.environment(more, store)).ended;
    const report = JSON.parse(ended.stdout || '{"error":"no report"}') as Report & { error?: unknown };
    if (report.error !== undefined) {
      throw new Error(`The sweep broke off and the agent ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
    }
    return { ...ended, report };
  }

  /** All records of a query as the administrator sees them. */
  query(soql: string): Promise<JsonRecord[]> {
    return queryAll(this.org, soql);
  }

  /** A request to the org's data API as one of its users. */
  async salesforce(method: string, target: string, body?: unknown, alias: LocalOrgUser['alias'] = 'admin') {
    const token = this.org.users.find((user) => user.alias === alias)?.accessToken ?? '';
    return send(method, this.org.instanceUrl + API + target, token, body);
  }

  /** A request to m3ter's API, below the Organization. Throws on a refusal. */
  async callM3ter(method: string, target: string, body?: unknown): Promise<unknown> {
    if (this.m3terToken === '') this.m3terToken = await signInToM3ter(this.m3ter);
    const url = `${this.m3ter.baseUrl}/organizations/${this.m3ter.orgId}${target}`;
    return accepted(await send(method, url, this.m3terToken, body), `${method} ${target}`);
  }

  /** Every resource of a list, over all pages. */
  async listM3ter<T>(target: string): Promise<T[]> {
    const found: T[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const joint = target.includes('?') ? '&' : '?';
      const page = (await this.callM3ter('GET', `${target}${joint}pageSize=100&nextToken=${next}`)) as {
        data: T[];
        nextToken?: string;
      };
      found.push(...page.data);
      next = page.nextToken;
    }
    return found;
  }

  /** What a person at m3ter's Console, or late usage, would make happen to a Bill. */
  async play(action: 'recalculate' | 'approve' | 'delete' | 'late-usage', billId: string): Promise<void> {
    const url = `${this.m3ter.baseUrl}/sandbox/${action}`;
    accepted(await send('POST', url, '', { billId }), action);
  }

  /** Puts a Bill into m3ter as it is. */
  async addBill(bill: Bill): Promise<void> {
    accepted(await send('POST', `${this.m3ter.baseUrl}/sandbox/bills`, '', bill), 'bills');
  }

  async faults(...rules: FaultRule[]): Promise<void> {
    accepted(await send('POST', `${this.org.instanceUrl}/sandbox/faults`, '', rules), 'faults');
  }

  async m3terFaults(...rules: M3terFaultRule[]): Promise<void> {
    accepted(await send('POST', `${this.m3ter.baseUrl}/sandbox/faults`, '', rules), 'faults of m3ter');
  }

  /** Of both servers. */
  async clearFaults(): Promise<void> {
    for (const url of [this.org.instanceUrl, this.m3ter.baseUrl]) await send('DELETE', `${url}/sandbox/faults`, '');
  }

  /** Has m3ter forget the events that nobody has asked for yet. */
  async forgetEvents(): Promise<void> {
    accepted(await send('POST', `${this.m3ter.baseUrl}/sandbox/forget-events`, '', {}), 'forget-events');
  }

  /** What the org would have sent by mail. */
  async emails(): Promise<Array<{ to: string[]; subject: string; body: string }>> {
    const { body } = await send('GET', `${this.org.instanceUrl}/sandbox/emails`, '');
    return body as Array<{ to: string[]; subject: string; body: string }>;
  }

  /** Every write by external ids that the org has met, oldest first. */
  async writes(): Promise<LoggedWrite[]> {
    const { body } = await send('GET', `${this.org.instanceUrl}/sandbox/writes`, '');
    return (body as LoggedWrite[]).map(({ from, until, keys }) => ({
      from: Number(from),
      until: until === null ? null : Number(until),
      keys,
    }));
  }

  /** Gives the org a day's allowance of calls. */
  async allowCalls(dailyApiRequests: number, used: number): Promise<void> {
    const url = `${this.org.instanceUrl}/sandbox/limits`;
    accepted(await send('POST', url, '', { dailyApiRequests, used }), 'limits');
  }

  /** What the org counted since it was started. */
  async stats(): Promise<Stats> {
    const { body } = await send('GET', `${this.org.instanceUrl}/sandbox/stats`, '');
    return body as Stats;
  }
}

async function send(method: string, url: string, token: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      [SPARED_HEADER]: '1',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: stringifyExact(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : parseExact(text), headers: response.headers };
}

function accepted({ status, body }: Answer, what: string): unknown {
  if (status >= 300) throw new Error(`${what} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

async function signInToM3ter(m3ter: LocalM3ter): Promise<string> {
  const basic = Buffer.from(`${m3ter.apiKey}:${m3ter.apiSecret}`).toString('base64');
  const response = await fetch(`${m3ter.baseUrl}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json', [SPARED_HEADER]: '1' },
    body: JSON.stringify({ grant_type: 'client_credentials' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
