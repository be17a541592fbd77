import ERROR_WHAT from '@salesforce/label/c.Error_What';
import ERROR_NEXT from '@salesforce/label/c.Error_Next';
import ERROR_RETRY from '@salesforce/label/c.Error_Retry';
import ERROR_ICON from '@salesforce/label/c.Error_Icon';
import NO_ACCESS_TITLE from '@salesforce/label/c.No_Access_Title';
import NO_ACCESS_TEXT from '@salesforce/label/c.No_Access_Text';

export const LABELS = {
  what: ERROR_WHAT,
  next: ERROR_NEXT,
  retry: ERROR_RETRY,
  icon: ERROR_ICON,
  noAccessTitle: NO_ACCESS_TITLE,
  noAccessText: NO_ACCESS_TEXT,
};
