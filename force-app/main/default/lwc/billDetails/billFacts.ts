import { billState, notices, statusWords } from 'c/billStatus';
import type { BillStateNode, Notice, StatusWords } from 'c/billStatus';
import type { Connection, Field } from 'c/connection';
import { formatDay, formatPeriod } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { formatMoney } from 'c/money';
import { agreementOf } from './agreement';
import type { Agreement } from './agreement';

/** The Bill as its query gives it. */
export interface BillNode extends BillStateNode {
  Id: string;
  Name: Field<string>;
  account: { Name: Field<string> } | null;
  periodStart: Field<string>;
  periodEnd: Field<string>;
  dueDate: Field<string>;
  purchaseOrder: Field<string>;
  invoiceDate: Field<string>;
  invoiceReference: Field<string>;
  total: Field<number>;
  sentTotal: Field<number>;
  currency: Field<string>;
  excludedCount: Field<number>;
  expectedLines: Field<number>;
  writtenLines: Field<number>;
  lastSync: Field<string>;
}

export interface BillData {
  uiapi: { query: { bills: Connection<BillNode> } };
}

/** What the Bill's page shows; texts are empty where the Bill has none. */
export interface BillFacts {
  name: string;
  accountId: string | undefined;
  account: string;
  status: StatusWords;
  notices: Notice[];
  period: string;
  due: string;
  purchaseOrder: string;
  invoiceDate: string;
  invoiceReference: string;
  currency: string;
  total: string;
  sentTotal: string;
  agreement: Agreement | undefined;
  /** ISO instant. */
  lastSync: string | null;
}

/** Turns a Bill into what its page shows. */
export function billFacts(node: BillNode): BillFacts {
  const state = billState(node);
  const currency = node.currency.value ?? '';
  const total = parseDecimal(node.total.value);
  const sentTotal = parseDecimal(node.sentTotal.value);
  const agreement = agreementOf({
    total,
    sentTotal,
    currency,
    excludedCount: node.excludedCount.value ?? 0,
    complete: state.complete,
    writtenLines: node.writtenLines.value ?? 0,
    expectedLines: node.expectedLines.value ?? 0,
  });
  return {
    name: node.Name.value ?? '',
    accountId: state.accountId,
    account: node.account?.Name.value ?? state.accountCode,
    status: statusWords(state),
    notices: notices(state),
    period: formatPeriod(node.periodStart.value, node.periodEnd.value),
    due: formatDay(node.dueDate.value),
    purchaseOrder: node.purchaseOrder.value ?? '',
    invoiceDate: formatDay(node.invoiceDate.value),
    invoiceReference: node.invoiceReference.value ?? '',
    currency,
    total: formatMoney(total, currency),
    sentTotal: formatMoney(sentTotal, currency),
    agreement,
    lastSync: node.lastSync.value,
  };
}
