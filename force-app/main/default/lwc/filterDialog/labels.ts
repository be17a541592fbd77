import CANCEL from '@salesforce/label/c.Cancel';
import CONFIRM from '@salesforce/label/c.Filter_Preview';
import TEXT from '@salesforce/label/c.Filter_Text';
import FILTER from '@salesforce/label/c.Filter_Label';

export const LABELS = { cancel: CANCEL, confirm: CONFIRM, text: TEXT, filter: FILTER };
