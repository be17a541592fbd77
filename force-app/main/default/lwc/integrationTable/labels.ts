import CAPTION from '@salesforce/label/c.Integrations_Table_Caption';
import NAME from '@salesforce/label/c.Integration_Name';
import STATUS from '@salesforce/label/c.Integration_Status';
import TRIGGER from '@salesforce/label/c.Integration_Trigger';
import LAST_CHECK from '@salesforce/label/c.Integration_Last_Check';
import ERRORS from '@salesforce/label/c.Integration_Successive_Errors';
import FILTER from '@salesforce/label/c.Integration_Account_Filter';
import DISABLED from '@salesforce/label/c.Integration_Disabled';
import NEVER from '@salesforce/label/c.Never';
import OF_TEN from '@salesforce/label/c.Integration_Errors_Of_Ten';
import ALL_ACCOUNTS from '@salesforce/label/c.Integration_All_Accounts';
import SYNC_NOW from '@salesforce/label/c.Integration_Sync_Now';
import TEST_AND_ENABLE from '@salesforce/label/c.Integration_Test_And_Enable';
import DISABLE from '@salesforce/label/c.Integration_Disable';
import ACTIONS from '@salesforce/label/c.Integration_Actions';

export const LABELS = {
  caption: CAPTION,
  name: NAME,
  status: STATUS,
  trigger: TRIGGER,
  lastCheck: LAST_CHECK,
  errors: ERRORS,
  filter: FILTER,
  disabled: DISABLED,
  never: NEVER,
  ofTen: OF_TEN,
  allAccounts: ALL_ACCOUNTS,
  syncNow: SYNC_NOW,
  testAndEnable: TEST_AND_ENABLE,
  disable: DISABLE,
  actions: ACTIONS,
};
