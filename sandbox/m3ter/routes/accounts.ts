import type { FastifyInstance } from 'fastify';
import type { Account } from '../../data/model.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { SERVICE_USER } from '../serviceUser.ts';
import { documentText } from '../documentText.ts';
import { recordEvent } from '../eventLog.ts';
import { listOf, listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { search, searchSchema } from '../search.ts';
import type { SearchQuery } from '../search.ts';
import { accountValues, insertAccount } from '../store.ts';
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

/** What a search for Accounts may name (OpenAPI, Search Accounts). */
const SEARCHED = [
  ...['name', 'code', 'currency', 'purchaseOrderNumber', 'parentAccountId', 'codes', 'id', 'ids'],
  ...['createdBy', 'dtCreated', 'lastModifiedBy'],
];

/** Accounts: list by ids or codes, children, search, get, create, update as a whole, delete. */
export function accountRoutes(app: FastifyInstance, { store, now }: Api): void {
  const get = (id: string): string => {
    const row = store.accounts.get(id);
    if (!row) throw notFound('Account', id);
    return String(row['document']);
  };
  app.get<{ Querystring: Paging & { ids?: string; codes?: string } }>(
    '/accounts',
    { schema: { querystring: listQuery({ ids: text, codes: text }) } },
    ({ query }) => {
      const filters = [...isIn('id', listOf(query.ids)), ...isIn('code', listOf(query.codes))];
      const page = store.accounts.page(filters, pageSizeOf(query), query.nextToken, 'document');
      return pageText(
        page.rows.map((row) => String(row['document'])),
        page.nextToken,
      );
    },
  );
  app.get<{ Querystring: SearchQuery }>('/accounts/search', { schema: { querystring: searchSchema } }, ({ query }) => {
    const { rows, nextDocument } = search(store.accounts, SEARCHED, query);
    return pageText(
      rows.map((row) => String(row['document'])),
      nextDocument,
    );
  });
  app.get<{ Querystring: Paging; Params: { id: string } }>(
    '/accounts/:id/children',
    { schema: { querystring: listQuery({}, 200) } },
    ({ query, params: { id } }) => {
      get(id);
      const page = store.accounts.page(where('parent_id = ?', id), pageSizeOf(query), query.nextToken, 'document');
      return pageText(
        page.rows.map((row) => String(row['document'])),
        page.nextToken,
      );
    },
  );
  app.get<{ Params: { id: string } }>('/accounts/:id', ({ params }) => get(params.id));
  app.delete<{ Params: { id: string } }>('/accounts/:id', ({ params: { id } }) => {
    const oldDto = get(id);
    store.transaction(() => {
      store.accounts.delete({ sql: 'id = ?', params: [id] });
      recordEvent(store, 'configuration.account.deleted', { oldDto }, id, id, now());
    });
    return oldDto;
  });
  app.post<{ Body: Body }>('/accounts', { schema: { body: accountBody } }, ({ body }) => {
    const at = now();
    const id = uuidOf('account', store.nextTurn(), at.toISOString());
    const account = {
      ...body,
      id,
      version: 1,
      ...authorship(at),
      dtCreated: at.toISOString(),
      createdBy: SERVICE_USER,
    };
    store.transaction(() => {
      requireFreeCode(body.code ?? '', id);
      insertAccount(store, account);
      recordEvent(store, 'configuration.account.created', { newDto: documentText(account) }, id, id, at);
    });
    return documentText(account);
  });
  app.put<{ Params: { id: string }; Body: Body }>(
    '/accounts/:id',
    { schema: { body: accountBody } },
    ({ params: { id }, body }) => {
      const oldDto = get(id);
      const before = parseExact(oldDto) as Account;
      const at = now();
      const version = requireVersion(body.version, before.version);
      const { dtCreated, createdBy } = before;
      const account = { ...body, id, version, dtCreated, createdBy, ...authorship(at) };
      store.transaction(() => {
        requireFreeCode(body.code ?? '', id);
        store.accounts.update(id, accountValues(account));
        recordEvent(store, 'configuration.account.updated', { newDto: documentText(account), oldDto }, id, id, at);
      });
      return documentText(account);
    },
  );

  function requireFreeCode(code: string, id: string): void {
    const others = store.accounts.select([...where('code = ?', code), ...where('id <> ?', id)], 'LIMIT 1', 'id');
    if (others.length > 0) throw new ApiError(409, `Another Account has the code ${code}. Choose another code.`);
  }
}

const authorship = (at: Date) => ({ dtLastModified: at.toISOString(), lastModifiedBy: SERVICE_USER });
