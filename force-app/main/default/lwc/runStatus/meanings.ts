import WAITING from '@salesforce/label/c.Run_Means_Waiting';
import STARTED from '@salesforce/label/c.Run_Means_Started';
import COMPLETE from '@salesforce/label/c.Run_Means_Complete';
import ERROR from '@salesforce/label/c.Run_Means_Error';
import AWAITING_RETRY from '@salesforce/label/c.Run_Means_Awaiting_Retry';
import AUTH_FAILED from '@salesforce/label/c.Run_Means_Auth_Failed';
import ACCOUNTING_PERIOD_CLOSED from '@salesforce/label/c.Run_Means_Accounting_Period_Closed';
import INVOICE_ALREADY_PAID from '@salesforce/label/c.Run_Means_Invoice_Already_Paid';
import DISABLED from '@salesforce/label/c.Run_Means_Disabled';
import TIMEOUT_LIMIT_EXCEEDED from '@salesforce/label/c.Run_Means_Timeout_Limit_Exceeded';
import RATE_LIMIT_RETRY from '@salesforce/label/c.Run_Means_Rate_Limit_Retry';

/** What each status of a Run means, in one sentence. */
export const MEANINGS: Record<string, string> = {
  WAITING,
  STARTED,
  COMPLETE,
  ERROR,
  AWAITING_RETRY,
  AUTH_FAILED,
  ACCOUNTING_PERIOD_CLOSED,
  INVOICE_ALREADY_PAID,
  DISABLED,
  TIMEOUT_LIMIT_EXCEEDED,
  RATE_LIMIT_RETRY,
};
