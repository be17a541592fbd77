import { billState, notices, statusWords } from 'c/billStatus';
import type { BillStateNode } from 'c/billStatus';
import type { Connection, Field } from 'c/connection';
import { formatDay, formatPeriod } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { formatMoney } from 'c/money';

/** A Bill as the list's query gives it. */
export interface BillNode extends BillStateNode {
  Id: string;
  Name: Field<string>;
  account: { Name: Field<string> } | null;
  periodStart: Field<string>;
  periodEnd: Field<string>;
  dueDate: Field<string>;
  total: Field<number>;
  currency: Field<string>;
}

export interface BillsData {
  uiapi: { query: { bills: Connection<BillNode> } };
}

/** One row of the table; everything in it is text to show. */
export interface BillRow {
  id: string;
  /** The address of the Bill's page; empty until it is known. */
  url: string;
  name: string;
  account: string;
  period: string;
  due: string;
  status: string;
  statusIcon: string;
  total: string;
  attention: string;
  attentionIcon: string | undefined;
}

/** Turns a Bill into a row. */
export function billRow(node: BillNode): BillRow {
  const state = billState(node);
  const status = statusWords(state);
  const attention = notices(state).map(({ word }) => word);
  return {
    id: node.Id,
    url: '',
    name: node.Name.value ?? '',
    account: node.account?.Name.value ?? state.accountCode,
    period: formatPeriod(node.periodStart.value, node.periodEnd.value),
    due: formatDay(node.dueDate.value),
    status: status.text,
    statusIcon: status.icon,
    total: formatMoney(parseDecimal(node.total.value), node.currency.value ?? ''),
    attention: attention.join(' · '),
    attentionIcon: attention.length > 0 ? 'utility:warning' : undefined,
  };
}
