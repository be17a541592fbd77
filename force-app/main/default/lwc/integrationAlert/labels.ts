import DISABLED from '@salesforce/label/c.Alert_Disabled';
import ERROR from '@salesforce/label/c.Alert_Error';
import LOADING from '@salesforce/label/c.Loading';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import NONE from '@salesforce/label/c.Alert_None';
import TITLE from '@salesforce/label/c.Alert_Title';

export const LABELS = {
  disabled: DISABLED,
  error: ERROR,
  loading: LOADING,
  noAccess: NO_ACCESS,
  none: NONE,
  title: TITLE,
};
