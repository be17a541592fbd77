import type { FastifyInstance } from 'fastify';
import type { LineItem } from '../../data/model.ts';
import { stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { readLines } from '../billRows.ts';
import { listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { readToken, writeToken } from '../table.ts';

/** Line Items of one Bill, in the shape that m3ter gives them outside of a Bill. */
export function lineItemRoutes(app: FastifyInstance, { store }: Api): void {
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

/** Outside of a Bill a Line Item names its Bill, calls its bands `bandUsage` and lacks the child Account. */
function standalone(billId: string, line: LineItem): LineItem {
  const bands = line.usagePerPricingBand;
  const copy: LineItem = { ...line, billId, ...(bands ? { bandUsage: bands } : {}) };
  for (const field of ['usagePerPricingBand', 'childAccountId', 'childAccountCode']) delete copy[field];
  return copy;
}
