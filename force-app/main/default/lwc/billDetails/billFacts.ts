import { billState, notices, statusWords } from 'c/billStatus';
import type { BillStateNode, Notice, StatusWords } from 'c/billStatus';
import type { Connection, Field } from 'c/connection';
import { formatDay, formatPeriod } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { format } from 'c/format';
import { formatMoney } from 'c/money';
import { agreementOf } from './agreement';
import type { Agreement } from './agreement';
import { LABELS } from './labels';

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
  m3terChanged: Field<string>;
  /** JSON, as the agent wrote it. */
  changes: Field<string>;
  changedAfterApproval: Field<string>;
  jsonStatement: Field<boolean>;
  csvStatement: Field<boolean>;
  statementStale: Field<boolean>;
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
  statement: string;
  /** One that can be asked for: m3ter has the Bill and its statement. */
  hasStatement: boolean;
  currency: string;
  total: string;
  sentTotal: string;
  agreement: Agreement | undefined;
  /** The Bill is whole and still in m3ter. */
  inStep: boolean;
  /** ISO instant. */
  lastSync: string | null;
  /** ISO instant. */
  m3terChanged: string | null;
  /** JSON, as the agent wrote it. */
  changes: string | null;
  /** ISO instant. */
  changedAfterApproval: string | null;
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
  const statement = statementText(node);
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
    statement,
    hasStatement: statement !== '' && !state.deleted,
    currency,
    total: formatMoney(total, currency),
    sentTotal: formatMoney(sentTotal, currency),
    agreement,
    inStep: state.complete && !state.deleted,
    lastSync: node.lastSync.value,
    m3terChanged: node.m3terChanged.value,
    changes: node.changes.value,
    changedAfterApproval: node.changedAfterApproval.value,
  };
}

/** The statement files that m3ter has of the Bill. */
function statementText({ jsonStatement, csvStatement, statementStale }: BillNode): string {
  const [json, csv] = [jsonStatement.value === true, csvStatement.value === true];
  if (!json && !csv) return '';
  const files = json && csv ? LABELS.statementBoth : json ? LABELS.statementJson : LABELS.statementCsv;
  return statementStale.value === true ? format(LABELS.statementStale, files) : files;
}
