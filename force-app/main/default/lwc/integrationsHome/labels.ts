import TITLE from '@salesforce/label/c.Integrations_Home_Title';
import REFRESH from '@salesforce/label/c.Refresh';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import LOADING from '@salesforce/label/c.Loading';
import NEEDS_YOU from '@salesforce/label/c.Integrations_Needs_You';
import UNMATCHED from '@salesforce/label/c.Integrations_Unmatched_Bills';
import INTEGRATIONS from '@salesforce/label/c.Integrations_Table_Caption';
import RUNS from '@salesforce/label/c.Runs_Table_Caption';
import NO_RUNS from '@salesforce/label/c.Runs_Empty';
import CREATE from '@salesforce/label/c.Create_Title';
import NEVER from '@salesforce/label/c.Never';
import ALL_RUNS from '@salesforce/label/c.Runs_View_All';
import DISABLE_TITLE from '@salesforce/label/c.Disable_Title';
import DISABLED_DONE from '@salesforce/label/c.Integration_Disabled_Done';
import CHANGE_FAILED from '@salesforce/label/c.Integration_Change_Failed';
import LAST_DAY from '@salesforce/label/c.Last_Day_Title';
import SETUP_STEPS from '@salesforce/label/c.Setup_Steps';

export const LABELS = {
  title: TITLE,
  refresh: REFRESH,
  noAccess: NO_ACCESS,
  loading: LOADING,
  needsYou: NEEDS_YOU,
  unmatched: UNMATCHED,
  integrations: INTEGRATIONS,
  runs: RUNS,
  noRuns: NO_RUNS,
  create: CREATE,
  never: NEVER,
  allRuns: ALL_RUNS,
  disableTitle: DISABLE_TITLE,
  disabledDone: DISABLED_DONE,
  changeFailed: CHANGE_FAILED,
  lastDay: LAST_DAY,
  setupSteps: SETUP_STEPS,
};
