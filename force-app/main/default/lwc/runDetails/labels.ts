import LOADING from '@salesforce/label/c.Run_Loading';
import ERROR from '@salesforce/label/c.Run_Error';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import NOT_FOUND_TITLE from '@salesforce/label/c.Run_Not_Found_Title';
import NOT_FOUND_TEXT from '@salesforce/label/c.Run_Not_Found_Text';
import COUNT_READ from '@salesforce/label/c.Run_Count_Read';
import COUNT_SENT from '@salesforce/label/c.Run_Count_Sent';
import COUNT_SKIPPED from '@salesforce/label/c.Run_Count_Skipped';
import COUNT_SKIPPED_BECAUSE from '@salesforce/label/c.Run_Count_Skipped_Because';
import COUNT_WAITING from '@salesforce/label/c.Run_Count_Waiting';
import COUNT_FAILED from '@salesforce/label/c.Run_Count_Failed';
import COUNT_CALLS from '@salesforce/label/c.Run_Count_Calls';
import INTEGRATION from '@salesforce/label/c.Run_Integration';
import TRIGGER from '@salesforce/label/c.Integration_Trigger';
import DURATION from '@salesforce/label/c.Run_Duration';
import STILL_GOING from '@salesforce/label/c.Run_Still_Going';
import PARENT from '@salesforce/label/c.Run_Parent';
import REPLAYED_FROM from '@salesforce/label/c.Run_Replayed_From';
import BILL from '@salesforce/label/c.Bill_Column_Bill';
import VERSION from '@salesforce/label/c.Run_Version';
import LINE_ITEMS from '@salesforce/label/c.Run_Line_Items';
import REPLAY from '@salesforce/label/c.Run_Replay';
import OPEN_BILL from '@salesforce/label/c.Run_Open_Bill';
import FAILURES from '@salesforce/label/c.Run_Failures';
import CHILDREN from '@salesforce/label/c.Run_Children';
import LOG from '@salesforce/label/c.Run_Log';
import LOG_STARTED from '@salesforce/label/c.Run_Log_Started';
import LOG_ENDED from '@salesforce/label/c.Run_Log_Ended';
import STARTED from '@salesforce/label/c.Run_Started';

export const LABELS = {
  loading: LOADING,
  loadError: ERROR,
  noAccess: NO_ACCESS,
  notFoundTitle: NOT_FOUND_TITLE,
  notFoundText: NOT_FOUND_TEXT,
  countRead: COUNT_READ,
  countSent: COUNT_SENT,
  countSkipped: COUNT_SKIPPED,
  countSkippedBecause: COUNT_SKIPPED_BECAUSE,
  countWaiting: COUNT_WAITING,
  countFailed: COUNT_FAILED,
  countCalls: COUNT_CALLS,
  integration: INTEGRATION,
  trigger: TRIGGER,
  duration: DURATION,
  stillGoing: STILL_GOING,
  parent: PARENT,
  replayedFrom: REPLAYED_FROM,
  bill: BILL,
  version: VERSION,
  lineItems: LINE_ITEMS,
  replay: REPLAY,
  openBill: OPEN_BILL,
  failures: FAILURES,
  children: CHILDREN,
  log: LOG,
  logStarted: LOG_STARTED,
  logEnded: LOG_ENDED,
  started: STARTED,
};
