import DESTINATION from '@salesforce/label/c.Draft_Destination';
import ENTITY from '@salesforce/label/c.Draft_Entity';
import EXCLUDE_TYPE from '@salesforce/label/c.Draft_Exclude_Type';
import GLOBAL from '@salesforce/label/c.Draft_Global';
import ALL_ACCOUNTS from '@salesforce/label/c.Draft_All_Accounts';
import LOADING from '@salesforce/label/c.Loading';
import LOAD_ERROR from '@salesforce/label/c.Draft_Load_Error';
import NAME from '@salesforce/label/c.Draft_Name';
import NAME_HELP from '@salesforce/label/c.Draft_Name_Help';
import NAME_MISSING from '@salesforce/label/c.Draft_Name_Missing';
import NO_EXCLUDED from '@salesforce/label/c.Draft_No_Excluded';
import NO_RESTRICTED from '@salesforce/label/c.Draft_No_Restricted';
import NO_USERS from '@salesforce/label/c.Draft_No_Users';
import REMOVE from '@salesforce/label/c.Draft_Remove';
import TRIGGER_EVENT from '@salesforce/label/c.Draft_Trigger_Event';
import TRIGGER_SCHEDULE from '@salesforce/label/c.Draft_Trigger_Schedule';

export const LABELS = {
  allAccounts: ALL_ACCOUNTS,
  destination: DESTINATION,
  entity: ENTITY,
  excludeType: EXCLUDE_TYPE,
  global: GLOBAL,
  loadError: LOAD_ERROR,
  loading: LOADING,
  name: NAME,
  nameHelp: NAME_HELP,
  nameMissing: NAME_MISSING,
  noExcluded: NO_EXCLUDED,
  noRestricted: NO_RESTRICTED,
  noUsers: NO_USERS,
  remove: REMOVE,
  triggerEvent: TRIGGER_EVENT,
  triggerSchedule: TRIGGER_SCHEDULE,
};
