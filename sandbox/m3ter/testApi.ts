import assert from 'node:assert/strict';
import { generateDataSet } from '../data/generate.ts';
import type { DataSet } from '../data/dataSet.ts';
import { parseExact } from '../shared/exactJson.ts';
import { startCheckedM3ter } from './contract/checked.ts';
import type { LocalM3ter, M3terOptions } from './server.ts';

/** The instant at which the tests' world stands still, until a test moves it. */
export const NOON = new Date('2026-11-22T12:00:00.000Z');

export const smallDataSet = (): DataSet => generateDataSet({ seed: 7, accounts: 9, months: 5, now: NOON });

export interface Answer {
  status: number;
  text: string;
  /** Numbers exact. */
  body: Record<string, unknown>;
}

export interface TestApi {
  m3ter: LocalM3ter;
  /** Lets the time of local m3ter pass. */
  advance(milliseconds: number): void;
  /** Takes a new token, for the time after the first one has expired. */
  renewToken(): Promise<void>;
  get(route: string): Promise<Answer>;
  call(method: string, route: string, body?: unknown): Promise<Answer>;
  /** Calls a control path. */
  sandbox(action: string, body?: unknown): Promise<Answer>;
  /** Every entity of a list call, page by page. */
  list(route: string): Promise<Array<Record<string, unknown>>>;
}

/** Starts local m3ter, every answer of which is held against m3ter's contract, and a client. */
export async function startTestApi(options: Partial<M3terOptions> = {}): Promise<TestApi> {
  let time = NOON.getTime();
  const m3ter = await startCheckedM3ter({
    port: 0,
    dataSet: options.dataSet ?? smallDataSet(),
    now: () => new Date(time),
    rateLimit: false,
    ...options,
  });
  const root = `${m3ter.baseUrl}/organizations/${m3ter.orgId}`;
  let authorization = `Bearer ${await signIn(m3ter)}`;
  const call: TestApi['call'] = async (method, route, body) => {
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return read(await fetch(root + route, init));
  };
  return {
    m3ter,
    advance: (milliseconds) => void (time += milliseconds),
    renewToken: async () => void (authorization = `Bearer ${await signIn(m3ter)}`),
    get: (route) => call('GET', route),
    call,
    sandbox: async (action, body) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      };
      return read(await fetch(`${m3ter.baseUrl}/sandbox/${action}`, init));
    },
    list: async (route) => {
      const all: Array<Record<string, unknown>> = [];
      let next = '';
      do {
        const answer = await call('GET', `${route}${route.includes('?') ? '&' : '?'}nextToken=${next}`);
        assert.equal(answer.status, 200, answer.text);
        all.push(...(answer.body['data'] as typeof all));
        next = (answer.body['nextToken'] as string | undefined) ?? '';
      } while (next !== '');
      return all;
    },
  };
}

export async function signIn({ baseUrl, apiKey, apiSecret }: LocalM3ter): Promise<string> {
  const answer = await requestToken(baseUrl, `${apiKey}:${apiSecret}`, '{"grant_type":"client_credentials"}');
  return answer.body['access_token'] as string;
}

export async function requestToken(
  baseUrl: string,
  credentials: string,
  body: string,
  contentType = 'application/json',
): Promise<Answer> {
  const headers = {
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'content-type': contentType,
  };
  return read(await fetch(`${baseUrl}/oauth/token`, { method: 'POST', headers, body }));
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : (parseExact(text) as Answer['body']) };
}
