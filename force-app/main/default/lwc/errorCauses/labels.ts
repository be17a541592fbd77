import CAUSE from '@salesforce/label/c.Integration_Cause';
import COUNT from '@salesforce/label/c.Integration_Cause_Count';
import LAST_RUN from '@salesforce/label/c.Integration_Cause_Last';
import MESSAGE from '@salesforce/label/c.Integration_Cause_Message';
import NONE from '@salesforce/label/c.Integration_No_Errors';
import TITLE from '@salesforce/label/c.Integration_Errors_By_Cause';

export const LABELS = {
  cause: CAUSE,
  count: COUNT,
  lastRun: LAST_RUN,
  message: MESSAGE,
  none: NONE,
  title: TITLE,
};
