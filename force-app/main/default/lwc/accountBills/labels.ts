import TITLE from '@salesforce/label/c.Account_Bills_Title';
import RECENT from '@salesforce/label/c.Account_Bills_Recent';
import PENDING from '@salesforce/label/c.Account_Bills_Pending';
import NO_PENDING from '@salesforce/label/c.Account_Bills_No_Pending';
import VIEW_ALL from '@salesforce/label/c.Account_Bills_View_All';
import EMPTY_TITLE from '@salesforce/label/c.Account_Bills_Empty_Title';
import EMPTY_TEXT from '@salesforce/label/c.Account_Bills_Empty_Text';
import ERROR from '@salesforce/label/c.Bill_List_Error';
import LOADING from '@salesforce/label/c.Bill_List_Loading';
import REFRESH from '@salesforce/label/c.Refresh';

export const LABELS = {
  title: TITLE,
  recent: RECENT,
  pending: PENDING,
  noPending: NO_PENDING,
  viewAll: VIEW_ALL,
  emptyTitle: EMPTY_TITLE,
  emptyText: EMPTY_TEXT,
  error: ERROR,
  loading: LOADING,
  refresh: REFRESH,
};
