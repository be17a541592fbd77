import Big from 'big.js';
import type { FastifyInstance } from 'fastify';
import type { Bill, Decimal, LineItem } from '../../data/model.ts';
import { big, decimal } from '../../data/pricing.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { changedAt, createdAt } from '../audit.ts';
import { documentText } from '../documentText.ts';
import { listQuery, pageSizeOf, documentsText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import type { Store } from '../store.ts';
import { where } from '../table.ts';
import { requireVersion } from '../versions.ts';

/** What tells credits from debits. */
interface Kind {
  path: string;
  title: string;
  lineItemType: 'CREDIT_MEMO' | 'DEBIT_MEMO';
  reason: 'creditReasonId' | 'debitReasonId';
}

const KINDS: Kind[] = [
  { path: 'creditlineitems', title: 'Credit Line Item', lineItemType: 'CREDIT_MEMO', reason: 'creditReasonId' },
  { path: 'debitlineitems', title: 'Debit Line Item', lineItemType: 'DEBIT_MEMO', reason: 'debitReasonId' },
];

interface MemoBody {
  version?: number;
  amount: Decimal;
  amountToApplyOnBill?: Decimal;
  lineItemType?: string;
  accountingProductId: string;
  description: string;
  productId: string;
  referencedBillId: string;
  referencedLineItemId: string;
  servicePeriodStartDate: string;
  servicePeriodEndDate: string;
  reasonId?: string;
  creditReasonId?: string;
  debitReasonId?: string;
}

type Memo = Omit<MemoBody, 'accountingProductId' | 'amountToApplyOnBill'> & { id: string; [field: string]: unknown };

interface OfBill {
  Params: { billId: string };
  Querystring: Paging;
  Body: MemoBody;
}
interface OfMemo {
  Params: { billId: string; id: string };
  Body: MemoBody;
}

const name = { type: 'string', minLength: 1 } as const;
const instant = { type: 'string', format: 'date-time' } as const;

/**
 * Credit and debit line items: what is kept of them, and the lines of type CREDIT_MEMO and DEBIT_MEMO that they put on
 * their Bill, whose total follows. A credit lowers the total by its amount, a debit raises it.
 *
 * Source: m3ter's OpenAPI document, Credits and Debits. Not documented, and therefore an assumption: that the line has
 * the id of the memo, that `amountToApplyOnBill` is what counts on the Bill, and that an APPROVED Bill stays APPROVED.
 */
export function memoRoutes(app: FastifyInstance, api: Api): void {
  for (const kind of KINDS) memoKindRoutes(app, api, kind);
}

function memoKindRoutes(app: FastifyInstance, api: Api, kind: Kind): void {
  const { store, billing } = api;
  const list = `/bills/:billId/${kind.path}`;
  const one = `${list}/:id`;
  const schema = { body: bodyOf(kind) };
  app.get<OfBill>(list, { schema: { querystring: listQuery({}) } }, ({ params: { billId }, query }) => {
    billing.get(billId);
    const filters = [...where('bill_id = ?', billId), ...where('kind = ?', kind.lineItemType)];
    return documentsText(store.memos.page(filters, pageSizeOf(query), query.nextToken, 'document'));
  });
  app.get<OfMemo>(one, ({ params }) => documentText(memoOf(store, kind, params)));
  app.post<OfBill>(list, { schema }, ({ params, body }) =>
    store.transaction(() => addMemo(api, kind, params.billId, body)),
  );
  app.put<OfMemo>(one, { schema }, ({ params, body }) => store.transaction(() => changeMemo(api, kind, params, body)));
  app.delete<OfMemo>(one, ({ params }) =>
    store.transaction(() => {
      const memo = memoOf(store, kind, params);
      store.memos.delete({ sql: 'id = ?', params: [params.id] });
      billing.changeLines(params.billId, (lines) =>
        lines.filter(({ id }) => id !== params.id).map((line, index) => ({ ...line, sequenceNumber: index + 1 })),
      );
      return documentText(memo);
    }),
  );
}

function memoOf(store: Store, kind: Kind, { billId, id }: OfMemo['Params']): Memo {
  const row = store.memos.get(id);
  if (row?.['bill_id'] !== billId || row['kind'] !== kind.lineItemType) throw notFound(kind.title, id);
  return parseExact(String(row['document'])) as Memo;
}

function addMemo({ store, billing, now }: Api, kind: Kind, billId: string, body: MemoBody): string {
  const at = now();
  const id = uuidOf('memo', store.nextTurn(), at.toISOString());
  const document = documentText({ ...kept(body, kind), id, version: 1, ...createdAt(at) });
  store.memos.insert({ id, document, bill_id: billId, kind: kind.lineItemType });
  billing.changeLines(billId, (lines, bill) => [...lines, lineOf(id, body, kind, bill, lines.length + 1)]);
  return document;
}

function changeMemo({ store, billing, now }: Api, kind: Kind, params: OfMemo['Params'], body: MemoBody): string {
  const { billId, id } = params;
  const before = memoOf(store, kind, params);
  const version = requireVersion(body.version, before.version);
  const document = documentText({ ...kept(body, kind), id, version, ...changedAt(before, now()) });
  store.memos.update(id, { document });
  billing.changeLines(billId, (lines, bill) =>
    lines.map((line, index) => (line.id === id ? lineOf(id, body, kind, bill, index + 1) : line)),
  );
  return document;
}

const bodyOf = (kind: Kind) => ({
  type: 'object',
  required: [
    ...['accountingProductId', 'productId', 'amount', 'description', 'referencedBillId', 'referencedLineItemId'],
    ...['servicePeriodStartDate', 'servicePeriodEndDate'],
  ],
  properties: {
    version: { type: 'integer' },
    ...{ accountingProductId: name, productId: name, description: name, referencedBillId: name },
    ...{ referencedLineItemId: name, servicePeriodStartDate: instant, servicePeriodEndDate: instant },
    // Amounts arrive as exact decimals, which to a JSON Schema are objects; `kept` checks them.
    ...{ amount: {}, amountToApplyOnBill: {} },
    ...{ lineItemType: text, reasonId: text, [kind.reason]: text },
  },
  additionalProperties: false,
});

/** What m3ter answers of a memo. */
function kept({ accountingProductId: _, amountToApplyOnBill: __, reasonId: ___, ...memo }: MemoBody, kind: Kind) {
  return { ...memo, amount: amountOf('amount', memo.amount), lineItemType: memo.lineItemType ?? kind.lineItemType };
}

function lineOf(id: string, body: MemoBody, kind: Kind, bill: Bill, place: number): LineItem {
  const amount = big(amountOf('amountToApplyOnBill', body.amountToApplyOnBill ?? body.amount));
  const signed = decimal(kind.lineItemType === 'CREDIT_MEMO' ? amount.times(-1) : amount);
  const product = bill.lineItems?.find(({ productId }) => productId === body.productId);
  return {
    id,
    lineItemType: body.lineItemType ?? kind.lineItemType,
    description: body.description,
    productId: body.productId,
    ...(product ? { productName: product['productName'], productCode: product['productCode'] } : {}),
    accountingProductId: body.accountingProductId,
    ...{ quantity: 1, units: 1, unit: 'unit', subtotal: signed, averageUnitPrice: signed },
    ...{ currency: bill.currency ?? 'USD', conversionRate: 1, convertedSubtotal: signed },
    referencedBillId: body.referencedBillId,
    referencedLineItemId: body.referencedLineItemId,
    ...reasonOf(body, kind),
    servicePeriodStartDate: body.servicePeriodStartDate,
    servicePeriodEndDate: body.servicePeriodEndDate,
    sequenceNumber: place,
  };
}

function reasonOf(body: MemoBody, kind: Kind): { reasonId?: string } {
  const reasonId = body[kind.reason] ?? body.reasonId;
  return reasonId === undefined ? {} : { reasonId };
}

/** @throws {ApiError} 400 unless the amount is a number that is not negative */
function amountOf(field: string, amount: unknown): Decimal {
  if ((typeof amount === 'number' || amount instanceof Big) && big(amount).gte(0)) return amount;
  throw new ApiError(400, `${field} must be a number that is not negative.`);
}
