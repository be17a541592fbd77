import type { FastifyInstance } from 'fastify';
import type { Account } from '../../data/model.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { changedAt, createdAt } from '../audit.ts';
import { documentText } from '../documentText.ts';
import { recordEvent } from '../eventLog.ts';
import { listOf, listQuery, pageSizeOf, documentsText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { search, searchSchema } from '../search.ts';
import type { SearchQuery } from '../search.ts';
import { accountValues, insertAccount } from '../store.ts';
import type { Store } from '../store.ts';
import { isIn, where } from '../table.ts';
import { requireVersion } from '../versions.ts';

type Body = Partial<Account>;

const accountBody = {
  type: 'object',
  required: ['name', 'code', 'emailAddress'],
  properties: {
    version: { type: 'integer' },
    name: { type: 'string', minLength: 1, maxLength: 200 },
    code: { type: 'string', minLength: 1, maxLength: 80, pattern: '^\\S(?:.*\\S)?$' },
    emailAddress: { type: 'string', format: 'email' },
    address: { type: 'object' },
    parentAccountId: text,
    billEpoch: { type: 'string', format: 'date' },
    purchaseOrderNumber: { type: 'string', maxLength: 100 },
    currency: text,
    statementDefinitionId: text,
    autoGenerateStatementMode: { type: 'string', enum: ['NONE', 'JSON', 'JSON_AND_CSV'] },
    creditApplicationOrder: { type: 'array', items: { type: 'string', enum: ['PREPAYMENT', 'BALANCE'] } },
    daysBeforeBillDue: { type: 'integer', minimum: 1 },
    customFields: { type: 'object' },
  },
  additionalProperties: false,
};

const LARGEST_PAGE_OF_CHILDREN = 200;

/** What a search for Accounts may name (OpenAPI, Search Accounts). */
const SEARCHED = [
  ...['name', 'code', 'currency', 'purchaseOrderNumber', 'parentAccountId', 'codes', 'id', 'ids'],
  ...['createdBy', 'dtCreated', 'lastModifiedBy'],
];

type Id = { Params: { id: string } };

/** Accounts: list by ids or codes, children, search, get, create, update as a whole, delete. */
export function accountRoutes(app: FastifyInstance, api: Api): void {
  readRoutes(app, api.store);
  writeRoutes(app, api);
}

function readRoutes(app: FastifyInstance, store: Store): void {
  app.get<{ Querystring: Paging & { ids?: string; codes?: string } }>(
    '/accounts',
    { schema: { querystring: listQuery({ ids: text, codes: text }) } },
    ({ query }) => {
      const filters = [...isIn('id', listOf(query.ids)), ...isIn('code', listOf(query.codes))];
      return documentsText(store.accounts.page(filters, pageSizeOf(query), query.nextToken, 'document'));
    },
  );
  app.get<{ Querystring: SearchQuery }>('/accounts/search', { schema: { querystring: searchSchema } }, ({ query }) =>
    documentsText(search(store.accounts, SEARCHED, query)),
  );
  app.get<Id & { Querystring: Paging }>(
    '/accounts/:id/children',
    { schema: { querystring: listQuery({}, LARGEST_PAGE_OF_CHILDREN) } },
    ({ query, params: { id } }) => {
      accountText(store, id);
      const ofParent = where('parent_id = ?', id);
      return documentsText(store.accounts.page(ofParent, pageSizeOf(query), query.nextToken, 'document'));
    },
  );
  app.get<Id>('/accounts/:id', ({ params }) => accountText(store, params.id));
}

function writeRoutes(app: FastifyInstance, { store, now }: Api): void {
  const schema = { body: accountBody };
  app.post<{ Body: Body }>('/accounts', { schema }, ({ body }) => {
    const at = now();
    const id = uuidOf('account', store.nextTurn(), at.toISOString());
    const account = { ...body, id, version: 1, ...createdAt(at) };
    store.transaction(() => {
      requireFreeCode(store, body.code ?? '', id);
      insertAccount(store, account);
      recordEvent(store, 'configuration.account.created', { newDto: documentText(account) }, id, id, at);
    });
    return documentText(account);
  });
  app.put<Id & { Body: Body }>('/accounts/:id', { schema }, ({ params: { id }, body }) => {
    const oldDto = accountText(store, id);
    const before = parseExact(oldDto) as Account;
    const at = now();
    const account = { ...body, id, version: requireVersion(body.version, before.version), ...changedAt(before, at) };
    store.transaction(() => {
      requireFreeCode(store, body.code ?? '', id);
      store.accounts.update(id, accountValues(account));
      recordEvent(store, 'configuration.account.updated', { newDto: documentText(account), oldDto }, id, id, at);
    });
    return documentText(account);
  });
  app.delete<Id>('/accounts/:id', ({ params: { id } }) => {
    const oldDto = accountText(store, id);
    store.transaction(() => {
      store.accounts.delete({ sql: 'id = ?', params: [id] });
      recordEvent(store, 'configuration.account.deleted', { oldDto }, id, id, now());
    });
    return oldDto;
  });
}

function accountText(store: Store, id: string): string {
  const row = store.accounts.get(id);
  if (!row) throw notFound('Account', id);
  return String(row['document']);
}

function requireFreeCode(store: Store, code: string, id: string): void {
  const others = store.accounts.select([...where('code = ?', code), ...where('id <> ?', id)], 'LIMIT 1', 'id');
  if (others.length > 0) throw new ApiError(409, `Another Account has the code ${code}. Choose another code.`);
}
