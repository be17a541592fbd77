import ALL_INTEGRATIONS from '@salesforce/label/c.Events_Integration_All';
import ALL_STATUSES from '@salesforce/label/c.Runs_Status_All';
import ALL_TIMES from '@salesforce/label/c.Runs_Period_All';
import ALL_TRIGGERS from '@salesforce/label/c.Runs_Trigger_All';
import CLEAR from '@salesforce/label/c.Clear_Filters';
import EMPTY_TEXT from '@salesforce/label/c.Runs_Empty';
import EMPTY_TITLE from '@salesforce/label/c.Runs_Empty_Title';
import ERROR from '@salesforce/label/c.Runs_Error';
import FILTERED_TEXT from '@salesforce/label/c.Events_Filtered_Text';
import FILTERED_TITLE from '@salesforce/label/c.Runs_Filtered_Title';
import INTEGRATION from '@salesforce/label/c.Run_Integration';
import LAST_DAY from '@salesforce/label/c.Runs_Period_Day';
import LAST_WEEK from '@salesforce/label/c.Runs_Period_Week';
import LIST_VIEWS from '@salesforce/label/c.List_Views';
import LOADING from '@salesforce/label/c.Loading';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import PERIOD from '@salesforce/label/c.Runs_Period';
import STATUS from '@salesforce/label/c.Run_Status';
import TITLE from '@salesforce/label/c.Runs_Title';
import TRIGGER from '@salesforce/label/c.Integration_Trigger';
import WITH_FAILURES from '@salesforce/label/c.Runs_With_Failures';

export const LABELS = {
  allIntegrations: ALL_INTEGRATIONS,
  allStatuses: ALL_STATUSES,
  allTimes: ALL_TIMES,
  allTriggers: ALL_TRIGGERS,
  clear: CLEAR,
  integration: INTEGRATION,
  lastDay: LAST_DAY,
  lastWeek: LAST_WEEK,
  list: {
    name: TITLE,
    loading: LOADING,
    error: ERROR,
    noAccess: NO_ACCESS,
    empty: { icon: 'utility:sync', heading: EMPTY_TITLE, text: EMPTY_TEXT },
    filtered: { icon: 'utility:filterList', heading: FILTERED_TITLE, text: FILTERED_TEXT },
  },
  listViews: LIST_VIEWS,
  period: PERIOD,
  status: STATUS,
  title: TITLE,
  trigger: TRIGGER,
  withFailures: WITH_FAILURES,
};
