import CAPTION from '@salesforce/label/c.Runs_Table_Caption';
import RUN from '@salesforce/label/c.Run';
import INTEGRATION from '@salesforce/label/c.Run_Integration';
import STATUS from '@salesforce/label/c.Run_Status';
import STARTED from '@salesforce/label/c.Run_Started';
import SENT from '@salesforce/label/c.Run_Sent';
import SKIPPED from '@salesforce/label/c.Run_Skipped';
import WAITING from '@salesforce/label/c.Run_Waiting';
import FAILED from '@salesforce/label/c.Run_Failed';
import API_CALLS from '@salesforce/label/c.Run_Api_Calls';
import TRIGGER from '@salesforce/label/c.Integration_Trigger';

export const LABELS = {
  caption: CAPTION,
  run: RUN,
  integration: INTEGRATION,
  status: STATUS,
  started: STARTED,
  sent: SENT,
  skipped: SKIPPED,
  waiting: WAITING,
  failed: FAILED,
  apiCalls: API_CALLS,
  trigger: TRIGGER,
};
