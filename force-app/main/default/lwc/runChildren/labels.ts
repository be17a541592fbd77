import CAPTION from '@salesforce/label/c.Run_Children';
import EMPTY from '@salesforce/label/c.Run_Children_Empty';
import ERROR from '@salesforce/label/c.Run_Children_Error';
import RUN from '@salesforce/label/c.Run';
import BILL from '@salesforce/label/c.Bill_Column_Bill';
import STATUS from '@salesforce/label/c.Run_Status';
import LINE_ITEMS from '@salesforce/label/c.Run_Line_Items';
import VERSION from '@salesforce/label/c.Run_Version';
import DURATION from '@salesforce/label/c.Run_Duration';
import ERROR_CODE from '@salesforce/label/c.Error_Icon';
import LOADING from '@salesforce/label/c.Loading';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';

export const LABELS = {
  list: { name: CAPTION, loading: LOADING, error: ERROR, noAccess: NO_ACCESS, empty: { text: EMPTY } },
  run: RUN,
  bill: BILL,
  status: STATUS,
  lineItems: LINE_ITEMS,
  version: VERSION,
  duration: DURATION,
  errorCode: ERROR_CODE,
};
