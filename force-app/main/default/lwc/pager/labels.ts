import PAGER_NEXT from '@salesforce/label/c.Pager_Next';
import PAGER_PREVIOUS from '@salesforce/label/c.Pager_Previous';
import PAGER_RANGE from '@salesforce/label/c.Pager_Range';
import PAGER_OF from '@salesforce/label/c.Pager_Of';

export const LABELS = { next: PAGER_NEXT, previous: PAGER_PREVIOUS, range: PAGER_RANGE, of: PAGER_OF };
