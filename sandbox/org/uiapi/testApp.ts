import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { registerGraphql } from '../graphql/register.ts';
import type { Org, OrgUser } from '../model.ts';
import { openOrg } from '../org.ts';
import { registerUiApi } from './register.ts';

/** How many Bills the test org holds. */
export const BILL_COUNT = 1050;

type Alias = 'admin' | 'finance' | 'viewer';

export interface Answer<Body> {
  status: number;
  body: Body;
}

/** A GraphQL answer; the query text decides the shape of its data, see `part`. */
export interface TestAnswer {
  data: unknown;
  errors: Array<{ message: string; path: unknown[]; extensions: { ErrorType: string; errorCode?: string } }>;
}

/** A connection of a GraphQL answer. */
export interface TestConnection<Node = Record<string, unknown>> {
  edges: Array<{ cursor: string; node: Node }>;
  totalCount: number;
  pageResultCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
}

/** What an answer holds at a path such as `uiapi.query.Bill__c.edges.0`; undefined where it ends before. */
export function part<Value>(source: unknown, path: string): Value {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], source) as Value;
}

/** An org with this project's objects and Bills in it, behind the GraphQL and UI API routes. */
export interface TestApp {
  org: Org;
  accountId: string;
  /** The Bill with three Line Items. */
  billId: string;
  call<Body>(
    alias: Alias,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  /** Runs a GraphQL request; numbers in the answer are exact (`Big` where they have a fraction). */
  graphql(alias: Alias, query: string, variables?: Record<string, unknown>): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** Starts the app in memory; the clock stands at 2026-11-22T18:00Z. */
export async function makeTestApp(): Promise<TestApp> {
  const org = openOrg({ sourceDirs: ['force-app'], now: () => new Date('2026-11-22T18:00:00Z') });
  const admin = userOf(org, 'admin');
  const { accountId, billId } = org.transaction(() => fill(org, admin));
  const app: FastifyInstance = Fastify();
  app.decorateRequest('user', null as unknown as OrgUser);
  app.addHook('onRequest', (request, _reply, done) => {
    request.user = userOf(org, request.headers['x-alias'] as Alias);
    done();
  });
  registerGraphql(app, org);
  registerUiApi(app, org);
  await app.ready();

  const call = async <Body>(
    alias: Alias,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await app.inject({
      method,
      url: `/services/data/v67.0${path}`,
      headers: { ...headers, 'x-alias': alias, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : stringifyExact(body) }),
    });
    const text = response.payload;
    return { status: response.statusCode, body: (text === '' ? undefined : parseExact(text)) as Body };
  };
  return {
    org,
    accountId,
    billId,
    call,
    graphql: async (alias, query, variables) =>
      (await call<TestAnswer>(alias, 'POST', '/graphql', { query, ...(variables ? { variables } : {}) })).body,
    close: async () => {
      await app.close();
      org.close();
    },
  };
}

const userOf = (org: Org, alias: Alias): OrgUser => org.users.find((user) => user.alias === alias)!;

function fill(org: Org, admin: OrgUser): { accountId: string; billId: string } {
  const insert = (object: string, fields: Record<string, unknown>): string => {
    const { id, errors } = org.save(admin, { operation: 'insert', object, fields });
    if (id === null) throw new Error(JSON.stringify(errors));
    return id;
  };
  const accountId = insert('Account', { Name: 'Acme' });
  const bills = Array.from({ length: BILL_COUNT }, (_, index) => insert('Bill__c', billFields(index, accountId)));
  const billId = bills[0]!;
  [3, 1, 2].forEach((position) =>
    insert('Bill_Line_Item__c', {
      Name: `Line ${position}`,
      Bill__c: billId,
      Line_Item_Key__c: `line-${position}`,
      Position__c: position,
      Subtotal__c: `${position}.000001`,
    }),
  );
  return { accountId, billId };
}

/** Every third Bill is approved; only the first 100 belong to an Account. */
const billFields = (index: number, accountId: string): Record<string, unknown> => ({
  Name: `BILL-${String(index).padStart(4, '0')}`,
  M3ter_Bill_Id__c: `bill-${index}`,
  Source_Version__c: 1,
  Sync_State__c: 'Complete',
  Status__c: index % 3 === 0 ? 'APPROVED' : 'PENDING',
  Bill_Total__c: `${index}.0001`,
  Bill_Date__c: index % 2 === 0 ? '2026-10-31' : '2026-11-01',
  Account__c: index < 100 ? accountId : null,
});
