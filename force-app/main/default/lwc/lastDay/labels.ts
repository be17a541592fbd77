import ERROR from '@salesforce/label/c.Last_Day_Error';
import HOUR from '@salesforce/label/c.Last_Day_Hour';
import LOADING from '@salesforce/label/c.Loading';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import OUTCOMES from '@salesforce/label/c.Last_Day_Outcomes';

export const LABELS = {
  error: ERROR,
  hour: HOUR,
  loading: LOADING,
  noAccess: NO_ACCESS,
  outcomes: OUTCOMES,
};
