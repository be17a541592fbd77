import type { FastifyInstance } from 'fastify';
import type { LineItem } from '../../data/model.ts';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { readLines } from '../billRows.ts';
import { listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { readToken, where, writeToken } from '../table.ts';

/** Line Items of one Bill, or of all, in the shape that m3ter gives them outside of a Bill. */
export function lineItemRoutes(app: FastifyInstance, { store }: Api): void {
  app.get<{ Querystring: LineItemQuery }>('/lineitems', { schema: { querystring: lineItemQuery } }, ({ query }) =>
    listOfAll(store, query),
  );
  const linesOf = (billId: string): LineItem[] => {
    const row = store.bills.get(billId);
    if (!row) throw notFound('Bill', billId);
    return readLines(row);
  };
  app.get<{ Querystring: Paging; Params: { billId: string } }>(
    '/bills/:billId/lineitems',
    { schema: { querystring: listQuery({ additional: text }) } },
    ({ query, params }) => {
      const lines = linesOf(params.billId);
      const from = query.nextToken === undefined ? 0 : readToken(query.nextToken);
      const until = from + pageSizeOf(query);
      const page = lines.slice(from, until).map((line) => stringifyExact(standalone(params.billId, line)));
      return pageText(page, until < lines.length ? writeToken(until) : undefined);
    },
  );
  app.get<{ Params: { billId: string; id: string } }>('/bills/:billId/lineitems/:id', ({ params }) => {
    const line = linesOf(params.billId).find(({ id }) => id === params.id);
    if (!line) throw notFound('Line Item', params.id);
    return stringifyExact(standalone(params.billId, line));
  });
}

interface LineItemQuery extends Paging {
  billId?: string;
  lineItemType?: string;
  commitmentId?: string;
}

const lineItemQuery = listQuery({ billId: text, lineItemType: text, commitmentId: text, additional: text });

/** The Line Items of all Bills, those of the newest Bill first. */
function listOfAll(store: Api['store'], query: LineItemQuery): string {
  const { billId, lineItemType, commitmentId } = query;
  const from = query.nextToken === undefined ? 0 : readToken(query.nextToken);
  const wanted = [
    ...where("line.value ->> '$.lineItemType' = ?", lineItemType),
    ...where("line.value ->> '$.commitmentId' = ?", commitmentId),
    ...where('bills.id = ?', billId),
  ];
  const size = pageSizeOf(query);
  const rows = store.lineItems(wanted, size + 1, from);
  const page = rows.slice(0, size).map((row) => {
    const line = parseExact(String(row['line'])) as LineItem;
    return stringifyExact(standalone(String(row['id']), line));
  });
  return pageText(page, rows.length > size ? writeToken(from + size) : undefined);
}

/** Outside of a Bill a Line Item names its Bill, calls its bands `bandUsage` and lacks the child Account. */
function standalone(billId: string, line: LineItem): LineItem {
  const bands = line.usagePerPricingBand;
  const copy: LineItem = { ...line, billId, ...(bands ? { bandUsage: bands } : {}) };
  for (const field of ['usagePerPricingBand', 'childAccountId', 'childAccountCode']) delete copy[field];
  return copy;
}
