import ALL_WELL from '@salesforce/label/c.Bills_Overview_All_Well';
import ATTENTION from '@salesforce/label/c.Bills_Overview_Attention';
import BY_CURRENCY from '@salesforce/label/c.Bills_Overview_By_Currency';
import CHANGE from '@salesforce/label/c.Bills_Overview_Change';
import CHANGED from '@salesforce/label/c.Bills_Overview_Changed';
import CURRENCY from '@salesforce/label/c.Bill_Changes_Currency';
import DELETED from '@salesforce/label/c.Bills_Overview_Deleted';
import DOWN from '@salesforce/label/c.Bills_Overview_Down';
import ERROR from '@salesforce/label/c.Bills_Overview_Error';
import LOADING from '@salesforce/label/c.Bill_List_Loading';
import MANY_TIMES from '@salesforce/label/c.Bills_Overview_Many_Times';
import NO_BILLS from '@salesforce/label/c.Bills_Overview_No_Bills';
import THIS_MONTH from '@salesforce/label/c.Bills_Overview_This_Month';
import TITLE from '@salesforce/label/c.Bills_Overview_Title';
import UNMATCHED from '@salesforce/label/c.Bills_Overview_Unmatched';
import UP from '@salesforce/label/c.Bills_Overview_Up';
import WRITING from '@salesforce/label/c.Bills_Overview_Writing';

export const LABELS = {
  allWell: ALL_WELL,
  attention: ATTENTION,
  byCurrency: BY_CURRENCY,
  change: CHANGE,
  changed: CHANGED,
  currency: CURRENCY,
  deleted: DELETED,
  down: DOWN,
  error: ERROR,
  loading: LOADING,
  manyTimes: MANY_TIMES,
  noBills: NO_BILLS,
  thisMonth: THIS_MONTH,
  title: TITLE,
  unmatched: UNMATCHED,
  up: UP,
  writing: WRITING,
};
