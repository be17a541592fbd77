import TITLE from '@salesforce/label/c.Bill_List_Title';
import SEARCH from '@salesforce/label/c.Bill_List_Search';
import SEARCH_HINT from '@salesforce/label/c.Bill_List_Search_Hint';
import SHOW from '@salesforce/label/c.Bill_List_Show';
import SHOW_ALL from '@salesforce/label/c.Bill_List_Show_All';
import SHOW_CHANGED from '@salesforce/label/c.Bill_List_Show_Changed';
import SHOW_WRITING from '@salesforce/label/c.Bill_List_Show_Writing';
import CURRENCY from '@salesforce/label/c.Bill_Changes_Currency';
import EXPORT from '@salesforce/label/c.Export_CSV';
import PERIOD_END from '@salesforce/label/c.Bill_Changes_Period_End';
import PERIOD_START from '@salesforce/label/c.Bill_Changes_Period_Start';
import SHOW_UNMATCHED from '@salesforce/label/c.Bill_List_Show_Unmatched';
import SHOW_DELETED from '@salesforce/label/c.Bill_List_Show_Deleted';
import ONE_ACCOUNT from '@salesforce/label/c.Bill_List_One_Account';
import ONE_ACCOUNT_UNNAMED from '@salesforce/label/c.Bill_List_One_Account_Unnamed';
import ALL_ACCOUNTS from '@salesforce/label/c.Bill_List_All_Accounts';
import EMPTY_TITLE from '@salesforce/label/c.Bill_List_Empty_Title';
import EMPTY_TEXT from '@salesforce/label/c.Bill_List_Empty_Text';
import FILTERED_TITLE from '@salesforce/label/c.Bill_List_Filtered_Title';
import FILTERED_TEXT from '@salesforce/label/c.Bill_List_Filtered_Text';
import CLEAR_FILTERS from '@salesforce/label/c.Clear_Filters';
import ERROR from '@salesforce/label/c.Bill_List_Error';
import NO_ACCESS from '@salesforce/label/c.No_Access_Text';
import REFRESH from '@salesforce/label/c.Refresh';
import LOADING from '@salesforce/label/c.Bill_List_Loading';
import STATUS_PENDING from '@salesforce/label/c.Bill_Status_Pending';
import STATUS_APPROVED from '@salesforce/label/c.Bill_Status_Approved';
import BILL from '@salesforce/label/c.Bill_Column_Bill';
import ACCOUNT from '@salesforce/label/c.Bill_Column_Account';
import PERIOD from '@salesforce/label/c.Bill_Column_Period';
import STATUS from '@salesforce/label/c.Bill_Column_Status';
import TOTAL from '@salesforce/label/c.Bill_Column_Total';
import DUE from '@salesforce/label/c.Bill_Column_Due';
import ATTENTION from '@salesforce/label/c.Bill_Column_Attention';

export const LABELS = {
  title: TITLE,
  list: {
    name: TITLE,
    loading: LOADING,
    error: ERROR,
    noAccess: NO_ACCESS,
    empty: { icon: 'utility:moneybag', heading: EMPTY_TITLE, text: EMPTY_TEXT },
    filtered: { icon: 'utility:filterList', heading: FILTERED_TITLE, text: FILTERED_TEXT },
  },
  search: SEARCH,
  searchHint: SEARCH_HINT,
  show: SHOW,
  showAll: SHOW_ALL,
  showChanged: SHOW_CHANGED,
  showWriting: SHOW_WRITING,
  showUnmatched: SHOW_UNMATCHED,
  showDeleted: SHOW_DELETED,
  oneAccount: ONE_ACCOUNT,
  oneAccountUnnamed: ONE_ACCOUNT_UNNAMED,
  allAccounts: ALL_ACCOUNTS,
  clearFilters: CLEAR_FILTERS,
  refresh: REFRESH,
  pending: STATUS_PENDING,
  approved: STATUS_APPROVED,
  bill: BILL,
  account: ACCOUNT,
  period: PERIOD,
  status: STATUS,
  total: TOTAL,
  due: DUE,
  attention: ATTENTION,
  exportCsv: EXPORT,
  csv: {
    bill: BILL,
    account: ACCOUNT,
    periodStart: PERIOD_START,
    periodEnd: PERIOD_END,
    status: STATUS,
    due: DUE,
    currency: CURRENCY,
    total: TOTAL,
    attention: ATTENTION,
  },
};
