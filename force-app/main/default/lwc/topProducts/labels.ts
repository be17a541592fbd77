import ERROR from '@salesforce/label/c.Top_Products_Error';
import TITLE from '@salesforce/label/c.Top_Products_Title';

export const LABELS = { error: ERROR, title: TITLE };
