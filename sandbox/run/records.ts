import Big from 'big.js';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { SPARED_HEADER } from '../shared/faultRules.ts';
import type { LocalM3ter } from '../m3ter/server.ts';
import type { LocalOrg } from '../org/server.ts';

/** The name under which Bills without a currency are summed. */
const NO_CURRENCY = 'none';

export type JsonRecord = Record<string, unknown>;

async function sendJson(method: string, url: string, authorization: string, body?: unknown): Promise<JsonRecord> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization,
      [SPARED_HEADER]: '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: stringifyExact(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return parseExact(text) as JsonRecord;
}

const getJson = (url: string, token: string): Promise<JsonRecord> => sendJson('GET', url, `Bearer ${token}`);

/** All records of a SOQL query, over as many pages as there are, as the org's administrator sees them. */
export async function queryAll(org: LocalOrg, soql: string): Promise<JsonRecord[]> {
  const records: JsonRecord[] = [];
  let next: unknown = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`;
  while (typeof next === 'string') {
    const page: JsonRecord = await getJson(org.instanceUrl + next, org.accessToken);
    for (const { attributes, ...fields } of page['records'] as JsonRecord[]) records.push(fields);
    next = page['nextRecordsUrl'];
  }
  return records;
}

/** Calls a path below the Organization of local m3ter. Throws on a refusal. */
export type M3terApi = (method: string, target: string, body?: unknown) => Promise<JsonRecord>;

/** Signs in to local m3ter with its access key. */
export async function m3terApi({ baseUrl, orgId, apiKey, apiSecret }: LocalM3ter): Promise<M3terApi> {
  const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
  const grant = { grant_type: 'client_credentials' };
  const { access_token: token } = await sendJson('POST', `${baseUrl}/oauth/token`, `Basic ${basic}`, grant);
  return (method, target, body) =>
    sendJson(method, `${baseUrl}/organizations/${orgId}${target}`, `Bearer ${String(token)}`, body);
}

/** Every Bill that local m3ter holds, with its total. */
export async function listBills(m3ter: LocalM3ter): Promise<JsonRecord[]> {
  const api = await m3terApi(m3ter);
  const bills: JsonRecord[] = [];
  let nextToken: unknown = '';
  do {
    const query = `includeBillTotal=true&excludeLineItems=true&pageSize=100&nextToken=${String(nextToken)}`;
    const page = await api('GET', `/bills?${query}`);
    bills.push(...(page['data'] as JsonRecord[]));
    nextToken = page['nextToken'];
  } while (nextToken);
  return bills;
}

/** An amount as `parseExact` gives it, or as decimal text; an empty one counts as nothing. */
function decimalOf(amount: unknown): Big {
  if (typeof amount === 'string' && /^[+-]?\d+(\.\d+)?$/.test(amount.trim())) return new Big(amount.trim());
  return amount instanceof Big || typeof amount === 'number' ? new Big(amount) : new Big(0);
}

/**
 * Sums by currency as decimal text; each amount first takes the scale of the field that holds it in Salesforce, by the
 * agent's rounding (half-even), so that equal Bills give equal sums.
 */
export function sumByCurrency(
  rows: Array<{ currency: unknown; amount: unknown }>,
  scale: number,
): Record<string, string> {
  const sums = new Map<string, Big>();
  for (const { currency, amount } of rows) {
    const key = typeof currency === 'string' ? currency : NO_CURRENCY;
    sums.set(key, (sums.get(key) ?? new Big(0)).plus(decimalOf(amount).round(scale, Big.roundHalfEven)));
  }
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, sum.toFixed(scale)]));
}

export interface DescribedField {
  name: string;
  /** Digits after the point, of number fields. */
  scale: number;
}

/** The fields of an object, as the org's administrator sees them. */
export async function describeFields(org: LocalOrg, object: string): Promise<DescribedField[]> {
  const path = `/services/data/v67.0/sobjects/${object}/describe`;
  return (await getJson(org.instanceUrl + path, org.accessToken))['fields'] as DescribedField[];
}
