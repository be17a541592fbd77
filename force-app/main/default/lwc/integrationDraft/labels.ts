import BOTH_LISTS from '@salesforce/label/c.Draft_Both_Lists';
import FILTER_WRONG from '@salesforce/label/c.Draft_Filter_Wrong';
import NAME_MISSING from '@salesforce/label/c.Draft_Name_Missing';

export const LABELS = { bothLists: BOTH_LISTS, filterWrong: FILTER_WRONG, nameMissing: NAME_MISSING };
