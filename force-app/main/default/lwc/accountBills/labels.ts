import TITLE from '@salesforce/label/c.Account_Bills_Title';
import RECENT from '@salesforce/label/c.Account_Bills_Recent';
import PENDING from '@salesforce/label/c.Account_Bills_Pending';
import NO_PENDING from '@salesforce/label/c.Account_Bills_No_Pending';
import VIEW_ALL from '@salesforce/label/c.Account_Bills_View_All';
import DUE from '@salesforce/label/c.Account_Bills_Due';
import DUE_NOTE from '@salesforce/label/c.Account_Bills_Due_Note';
import DUE_ON from '@salesforce/label/c.Account_Bills_Due_On';
import WAS_DUE from '@salesforce/label/c.Account_Bills_Was_Due';
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
  due: DUE,
  dueNote: DUE_NOTE,
  dueOn: DUE_ON,
  wasDue: WAS_DUE,
  emptyTitle: EMPTY_TITLE,
  emptyText: EMPTY_TEXT,
  error: ERROR,
  loading: LOADING,
  refresh: REFRESH,
};
