import ADDED from '@salesforce/label/c.Bill_Changes_Added';
import AFTER from '@salesforce/label/c.Bill_Changes_After';
import AFTER_APPROVAL from '@salesforce/label/c.Bill_Changes_After_Approval';
import APPROVED from '@salesforce/label/c.Bill_Status_Approved';
import BEFORE from '@salesforce/label/c.Bill_Changes_Before';
import CHANGED from '@salesforce/label/c.Bill_Changes_Changed';
import CURRENCY from '@salesforce/label/c.Bill_Changes_Currency';
import DESCRIPTION from '@salesforce/label/c.Line_Item_Column_Description';
import DUE from '@salesforce/label/c.Bill_Column_Due';
import FIELD from '@salesforce/label/c.Bill_Changes_Field';
import INVOICE_DATE from '@salesforce/label/c.Bill_Invoice_Date';
import LINES from '@salesforce/label/c.Bill_Changes_Lines';
import LOCK from '@salesforce/label/c.Bill_Changes_Lock';
import LOCKED from '@salesforce/label/c.Bill_Locked';
import NEVER from '@salesforce/label/c.Bill_Changes_Never';
import NONE from '@salesforce/label/c.Fact_None';
import NOT_LOCKED from '@salesforce/label/c.Bill_Changes_Not_Locked';
import PENDING from '@salesforce/label/c.Bill_Status_Pending';
import PERIOD_END from '@salesforce/label/c.Bill_Changes_Period_End';
import PERIOD_START from '@salesforce/label/c.Bill_Changes_Period_Start';
import POSITION from '@salesforce/label/c.Line_Item_Column_Position';
import PURCHASE_ORDER from '@salesforce/label/c.Bill_Purchase_Order';
import REMOVED from '@salesforce/label/c.Bill_Changes_Removed';
import SINCE from '@salesforce/label/c.Bill_Changes_Since';
import STATUS from '@salesforce/label/c.Bill_Column_Status';
import TITLE from '@salesforce/label/c.Bill_Changes_Title';
import TOTAL from '@salesforce/label/c.Bill_Total';

export const LABELS = {
  added: ADDED,
  after: AFTER,
  afterApproval: AFTER_APPROVAL,
  approved: APPROVED,
  before: BEFORE,
  changed: CHANGED,
  currency: CURRENCY,
  description: DESCRIPTION,
  due: DUE,
  field: FIELD,
  invoiceDate: INVOICE_DATE,
  lines: LINES,
  lock: LOCK,
  locked: LOCKED,
  never: NEVER,
  none: NONE,
  notLocked: NOT_LOCKED,
  pending: PENDING,
  periodEnd: PERIOD_END,
  periodStart: PERIOD_START,
  position: POSITION,
  purchaseOrder: PURCHASE_ORDER,
  removed: REMOVED,
  since: SINCE,
  status: STATUS,
  title: TITLE,
  total: TOTAL,
};
