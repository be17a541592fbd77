import LOADING from '@salesforce/label/c.Bill_Loading';
import ERROR from '@salesforce/label/c.Bill_Error';
import NOT_FOUND_TITLE from '@salesforce/label/c.Bill_Not_Found_Title';
import NOT_FOUND_TEXT from '@salesforce/label/c.Bill_Not_Found_Text';
import REFRESH from '@salesforce/label/c.Refresh';
import NOTICES from '@salesforce/label/c.Bill_Notices';
import FACTS from '@salesforce/label/c.Bill_Facts';
import ACCOUNT from '@salesforce/label/c.Bill_Column_Account';
import PERIOD from '@salesforce/label/c.Bill_Column_Period';
import STATUS from '@salesforce/label/c.Bill_Column_Status';
import TOTAL from '@salesforce/label/c.Bill_Column_Total';
import DUE from '@salesforce/label/c.Bill_Column_Due';
import PURCHASE_ORDER from '@salesforce/label/c.Bill_Purchase_Order';
import INVOICE_DATE from '@salesforce/label/c.Bill_Invoice_Date';
import INVOICE_REFERENCE from '@salesforce/label/c.Bill_Invoice_Reference';
import IN_STEP from '@salesforce/label/c.Bill_In_Step';
import LAST_SYNC from '@salesforce/label/c.Bill_Last_Sync';
import M3TER_CHANGED from '@salesforce/label/c.Bill_M3ter_Changed';
import NEVER from '@salesforce/label/c.Bill_Never_Synced';
import NOT_IN_STEP from '@salesforce/label/c.Bill_Not_In_Step';
import NONE from '@salesforce/label/c.Fact_None';
import STATEMENT from '@salesforce/label/c.Bill_Statement';
import STATEMENT_BOTH from '@salesforce/label/c.Bill_Statement_Both';
import STATEMENT_CSV from '@salesforce/label/c.Bill_Statement_CSV';
import STATEMENT_JSON from '@salesforce/label/c.Bill_Statement_JSON';
import STATEMENT_NONE from '@salesforce/label/c.Bill_Statement_None';
import STATEMENT_STALE from '@salesforce/label/c.Bill_Statement_Stale';
import SYNC_TITLE from '@salesforce/label/c.Bill_Sync_Title';
import SENT_TOTAL from '@salesforce/label/c.Bill_Sent_Total';
import BILL_TOTAL from '@salesforce/label/c.Bill_Total';
import LINE_ITEMS from '@salesforce/label/c.Line_Items_Title';
import COMPARISON from '@salesforce/label/c.Bill_Totals_Comparison';
import AGREE from '@salesforce/label/c.Bill_Totals_Agree';
import AGREE_EXCLUDED from '@salesforce/label/c.Bill_Totals_Agree_Excluded';
import DIFFER_WRITING from '@salesforce/label/c.Bill_Totals_Writing';
import DIFFER_EXCLUDED from '@salesforce/label/c.Bill_Totals_Excluded';
import DIFFER from '@salesforce/label/c.Bill_Totals_Differ';

export const LABELS = {
  loading: LOADING,
  error: ERROR,
  notFoundTitle: NOT_FOUND_TITLE,
  notFoundText: NOT_FOUND_TEXT,
  refresh: REFRESH,
  notices: NOTICES,
  facts: FACTS,
  account: ACCOUNT,
  period: PERIOD,
  status: STATUS,
  total: TOTAL,
  due: DUE,
  purchaseOrder: PURCHASE_ORDER,
  invoiceDate: INVOICE_DATE,
  invoiceReference: INVOICE_REFERENCE,
  inStep: IN_STEP,
  notInStep: NOT_IN_STEP,
  m3terChanged: M3TER_CHANGED,
  statement: STATEMENT,
  statementBoth: STATEMENT_BOTH,
  statementCsv: STATEMENT_CSV,
  statementJson: STATEMENT_JSON,
  statementNone: STATEMENT_NONE,
  statementStale: STATEMENT_STALE,
  syncTitle: SYNC_TITLE,
  lastSync: LAST_SYNC,
  never: NEVER,
  none: NONE,
  sentTotal: SENT_TOTAL,
  billTotal: BILL_TOTAL,
  lineItems: LINE_ITEMS,
  comparison: COMPARISON,
  agree: AGREE,
  agreeExcluded: AGREE_EXCLUDED,
  differWriting: DIFFER_WRITING,
  differExcluded: DIFFER_EXCLUDED,
  differ: DIFFER,
};
