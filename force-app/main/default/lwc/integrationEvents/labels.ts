import MARK from '@salesforce/label/c.Event_Mark_As_Actioned';
import MARKED from '@salesforce/label/c.Event_Marked_As_Actioned';
import MARK_FAILED from '@salesforce/label/c.Event_Mark_As_Actioned_Failed';
import ERROR from '@salesforce/label/c.Events_Error';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import LOADING from '@salesforce/label/c.Loading';
import LIST_NAME from '@salesforce/label/c.Events_Title';
import NOTHING from '@salesforce/label/c.Integrations_Nothing_Needs_You';
import EMPTY_TITLE from '@salesforce/label/c.Events_Empty_Title';
import EMPTY_TEXT from '@salesforce/label/c.Events_Empty_Text';
import FILTERED_TITLE from '@salesforce/label/c.Events_Filtered_Title';
import FILTERED_TEXT from '@salesforce/label/c.Events_Filtered_Text';
import SELECT_ALL from '@salesforce/label/c.Events_Select_All';
import VIEW_ALL from '@salesforce/label/c.Events_View_All';
import OPEN_RUN from '@salesforce/label/c.Event_Open_Run';
import OPEN_INTEGRATION from '@salesforce/label/c.Event_Open_Integration';
import CREATE_MAPPING from '@salesforce/label/c.Event_Create_Mapping';
import TEST_AND_ENABLE from '@salesforce/label/c.Integration_Test_And_Enable';
import SELECT from '@salesforce/label/c.Event_Select';
import OPEN from '@salesforce/label/c.Event_Open';
import ACTIONED from '@salesforce/label/c.Event_Actioned';
import MAPPING_TITLE from '@salesforce/label/c.Mapping_Title';

export const LABELS = {
  mark: MARK,
  marked: MARKED,
  markFailed: MARK_FAILED,
  list: {
    name: LIST_NAME,
    loading: LOADING,
    error: ERROR,
    noAccess: NO_ACCESS,
    empty: { icon: 'utility:success', heading: EMPTY_TITLE, text: EMPTY_TEXT },
    filtered: { icon: 'utility:filterList', heading: FILTERED_TITLE, text: FILTERED_TEXT },
  },
  nothing: NOTHING,
  selectAll: SELECT_ALL,
  viewAll: VIEW_ALL,
  openRun: OPEN_RUN,
  openIntegration: OPEN_INTEGRATION,
  createMapping: CREATE_MAPPING,
  testAndEnable: TEST_AND_ENABLE,
  select: SELECT,
  open: OPEN,
  actioned: ACTIONED,
  mappingTitle: MAPPING_TITLE,
};
