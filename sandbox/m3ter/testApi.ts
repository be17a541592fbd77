import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { generateDataSet } from '../data/generate.ts';
import type { DataSet } from '../data/dataSet.ts';
import { parseExact } from '../shared/exactJson.ts';
import * as schemas from './schemas.ts';
import { startM3ter } from './server.ts';
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

/** Starts local m3ter and a client that holds every answer against m3ter's contract. */
export async function startTestApi(options: Partial<M3terOptions> = {}): Promise<TestApi> {
  let time = NOON.getTime();
  const m3ter = await startM3ter({
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
    const answer = await read(await fetch(root + route, init));
    assertConforms(method, `/organizations/{orgId}${route.split('?')[0]}`, answer);
    return answer;
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
  assertConforms('POST', '/oauth/token', answer);
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

const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/);
for (const format of ['int32', 'int64', 'double']) ajv.addFormat(format, true);

const page = schemas.pageOf;
/** What answers with what: method, path below the organization, schema; the first that fits counts. */
const OWN: Array<[method: string, route: RegExp, schema: object]> = [
  ['POST', /^\/oauth\/token$/, schemas.token],
  ['POST', /\/bills\/approve$/, schemas.message],
  ['GET', /\/bills(?:\/accountid\/[^/]+)?$/, page(schemas.bill)],
  ['GET', /\/lineitems$/, page(schemas.standaloneLineItem)],
  ['GET', /\/lineitems\/[^/]+$/, schemas.standaloneLineItem],
  ['*', /\/bills\//, schemas.bill],
  ['GET', /\/accounts$/, page(schemas.account)],
  ['*', /\/accounts/, schemas.account],
  ['GET', /\/externalmappingconfiguration$/, schemas.mappingConfiguration],
  [
    'GET',
    /\/externalmappings(?:\/external\/[^/]+\/[^/]+|\/externalid\/[^/]+\/[^/]+\/[^/]+)?$/,
    page(schemas.externalMapping),
  ],
  ['*', /\/externalmappings/, schemas.externalMapping],
  ['GET', /\/events\/types$/, schemas.eventTypes],
  ['GET', /\/events$/, page(schemas.event)],
  ['GET', /\/events\/[^/]+$/, schemas.event],
  ['GET', /\/billjobs$/, page(schemas.billJob)],
  ['*', /\/billjobs/, schemas.billJob],
  ['GET', /\/notifications\/configurations$/, page(schemas.notificationRule)],
  ['*', /\/notifications\/configurations/, schemas.notificationRule],
  ['GET', /\/webhooks$/, page(schemas.webhook)],
  ['*', /\/webhooks/, schemas.webhook],
  ['GET', /\/integrationconfigs$/, page(schemas.integrationConfig)],
  ['*', /\/integrationconfigs/, schemas.integrationConfig],
];
const own = OWN.map(([method, route, schema]) => ({ method, route, validate: ajv.compile(schema) }));
const ownError = ajv.compile(schemas.message);

function assertConforms(method: string, route: string, answer: Answer): void {
  const plain: unknown = JSON.parse(answer.text);
  if (answer.status >= 400) return assertValid(ownError, plain, `${method} ${route}`);
  const match = own.find((entry) => (entry.method === method || entry.method === '*') && entry.route.test(route));
  assert.ok(match, `no schema for ${method} ${route}`);
  assertValid(match.validate, plain, `${method} ${route}`);
  const published = publishedSchema(method, route);
  if (published) assertValid(published, plain, `${method} ${route} in m3ter's OpenAPI document`);
}

function assertValid(validate: ValidateFunction, value: unknown, what: string): void {
  assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors?.slice(0, 5))}`);
}

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

/** The excerpt of m3ter's OpenAPI document, where this machine has it: the project does not depend on it. */
const openApi = readOpenApi();

function readOpenApi(): OpenApi | undefined {
  const root = path.resolve(import.meta.dirname, '../..');
  const file = path.resolve(root, process.env['M3TER_OPENAPI'] ?? '../shared/data/m3ter-openapi.json');
  if (!existsSync(file)) return undefined;
  // OpenAPI 3.0 writes an exclusive minimum as a flag, which JSON Schema does not know.
  const document = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    key === 'exclusiveMinimum' ? undefined : value,
  ) as OpenApi;
  ajv.addSchema(document, 'openapi');
  return document;
}

/** Among the paths that fit, the one with the fewest parameters describes the call. */
function publishedSchema(method: string, route: string): ValidateFunction | undefined {
  if (!openApi) return undefined;
  const templates = Object.keys(openApi.paths).filter(
    (template) => fits(template, route) && openApi.paths[template]?.[method.toLowerCase()] !== undefined,
  );
  const [template] = templates.toSorted((a, b) => a.split('{').length - b.split('{').length);
  assert.ok(template, `m3ter's OpenAPI document has no ${method} ${route}`);
  const pointer = [template, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'];
  const reference = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent);
  return ajv.compile({ $ref: `openapi#/paths/${reference.join('/')}` });
}

function fits(template: string, route: string): boolean {
  const [parts, names] = [route.split('/'), template.split('/')];
  return parts.length === names.length && names.every((name, index) => name.startsWith('{') || name === parts[index]);
}
