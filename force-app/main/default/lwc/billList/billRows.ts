import { billState, notices, statusWords } from 'c/billStatus';
import type { BillStateNode } from 'c/billStatus';
import type { Connection, Field } from 'c/connection';
import { formatDay, formatPeriod } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { formatMoney } from 'c/money';
import { billPage } from 'c/pageReferences';
import type { Row } from 'c/recordTable';
import type { SortKey } from './billFilter';

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

/** Whom a Bill is for: the Account, else what m3ter calls it. */
export const accountName = ({ account, accountCode }: BillNode): string =>
  account?.Name.value ?? accountCode.value ?? '';

/** Turns a Bill into a row of the table. */
export function billRow(node: BillNode): Row<SortKey | 'attention'> {
  const state = billState(node);
  const attention = notices(state).map(({ word }) => word);
  return {
    bill: { text: node.Name.value ?? '', page: billPage(node.Id) },
    account: accountName(node),
    period: formatPeriod(node.periodStart.value, node.periodEnd.value),
    status: statusWords(state),
    due: formatDay(node.dueDate.value),
    total: formatMoney(parseDecimal(node.total.value), node.currency.value ?? ''),
    attention: { text: attention.join(' · '), icon: attention.length > 0 ? 'utility:warning' : undefined },
  };
}
