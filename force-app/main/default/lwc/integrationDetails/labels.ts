import EDIT from '@salesforce/label/c.Edit_Button';
import EDIT_TITLE from '@salesforce/label/c.Edit_Title';
import SAVED from '@salesforce/label/c.Edit_Saved';
import SETTINGS from '@salesforce/label/c.Settings_Title';
import CONFIGURATION_ID from '@salesforce/label/c.Integration_Id';
import COPY from '@salesforce/label/c.Integration_Copy';
import COPIED from '@salesforce/label/c.Integration_Copied';
import COPY_FAILED from '@salesforce/label/c.Integration_Copy_Failed';
import ORG from '@salesforce/label/c.Integration_Org';
import NOT_PINNED from '@salesforce/label/c.Integration_Not_Pinned';
import CREDENTIAL from '@salesforce/label/c.Integration_Credential';
import NO_CREDENTIAL from '@salesforce/label/c.Integration_No_Credential';
import WARNING_NO_CREDENTIAL from '@salesforce/label/c.Integration_Warning_No_Credential';
import WARNING_CONNECTING from '@salesforce/label/c.Integration_Warning_Connecting';
import WARNING_REJECTED from '@salesforce/label/c.Integration_Warning_Rejected';
import WARNING_DISABLED from '@salesforce/label/c.Integration_Warning_Disabled';
import ADD_CREDENTIAL from '@salesforce/label/c.Integration_Add_Credential';
import UPDATE_CREDENTIAL from '@salesforce/label/c.Integration_Update_Credential';
import CREDENTIAL_TITLE from '@salesforce/label/c.Credential_Title';
import DISCONNECT from '@salesforce/label/c.Integration_Disconnect';
import DISCONNECT_TEXT from '@salesforce/label/c.Integration_Disconnect_Text';
import DISCONNECTED from '@salesforce/label/c.Integration_Disconnected';
import CONNECTED from '@salesforce/label/c.Integration_Connected';
import TEST_CREDENTIAL from '@salesforce/label/c.Integration_Test_Credential';
import SYNC_NOW from '@salesforce/label/c.Integration_Sync_Now';
import TEST_AND_ENABLE from '@salesforce/label/c.Integration_Test_And_Enable';
import DISABLE from '@salesforce/label/c.Integration_Disable';
import DISABLE_TITLE from '@salesforce/label/c.Disable_Title';
import DISABLED from '@salesforce/label/c.Integration_Disabled';
import DISABLED_DONE from '@salesforce/label/c.Integration_Disabled_Done';
import CHANGE_FAILED from '@salesforce/label/c.Integration_Change_Failed';
import LAST_RUNS from '@salesforce/label/c.Integration_Last_Runs';
import NO_RUNS from '@salesforce/label/c.Runs_Empty';
import CAUSES_CUT from '@salesforce/label/c.Integration_Causes_Cut';
import LOAD_ERROR from '@salesforce/label/c.Integration_Error';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import NOT_FOUND_TITLE from '@salesforce/label/c.Integration_Not_Found_Title';
import NOT_FOUND_TEXT from '@salesforce/label/c.Integration_Not_Found_Text';
import LOADING from '@salesforce/label/c.Loading';
import EVENTS from '@salesforce/label/c.Integration_Events';
import OF_TEN from '@salesforce/label/c.Integration_Errors_Of_Ten';
import SUCCESSIVE_ERRORS from '@salesforce/label/c.Integration_Successive_Errors';
import PREVIEW from '@salesforce/label/c.Integration_Preview';
import MORE_ACTIONS from '@salesforce/label/c.Integration_More_Actions';

export const LABELS = {
  edit: EDIT,
  editTitle: EDIT_TITLE,
  saved: SAVED,
  settings: SETTINGS,
  configurationId: CONFIGURATION_ID,
  copy: COPY,
  copied: COPIED,
  copyFailed: COPY_FAILED,
  org: ORG,
  notPinned: NOT_PINNED,
  credential: CREDENTIAL,
  noCredential: NO_CREDENTIAL,
  warningNoCredential: WARNING_NO_CREDENTIAL,
  warningConnecting: WARNING_CONNECTING,
  warningRejected: WARNING_REJECTED,
  warningDisabled: WARNING_DISABLED,
  addCredential: ADD_CREDENTIAL,
  updateCredential: UPDATE_CREDENTIAL,
  credentialTitle: CREDENTIAL_TITLE,
  disconnect: DISCONNECT,
  disconnectText: DISCONNECT_TEXT,
  disconnected: DISCONNECTED,
  connected: CONNECTED,
  testCredential: TEST_CREDENTIAL,
  syncNow: SYNC_NOW,
  testAndEnable: TEST_AND_ENABLE,
  disable: DISABLE,
  disableTitle: DISABLE_TITLE,
  disabled: DISABLED,
  disabledDone: DISABLED_DONE,
  changeFailed: CHANGE_FAILED,
  lastRuns: LAST_RUNS,
  noRuns: NO_RUNS,
  causesCut: CAUSES_CUT,
  loadError: LOAD_ERROR,
  noAccess: NO_ACCESS,
  notFoundTitle: NOT_FOUND_TITLE,
  notFoundText: NOT_FOUND_TEXT,
  loading: LOADING,
  events: EVENTS,
  ofTen: OF_TEN,
  successiveErrors: SUCCESSIVE_ERRORS,
  preview: PREVIEW,
  moreActions: MORE_ACTIONS,
};
