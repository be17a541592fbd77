import HINT from '@salesforce/label/c.Bill_Statement_Hint';
import LINK from '@salesforce/label/c.Bill_Statement_Link';
import OPEN from '@salesforce/label/c.Bill_Statement_Open';

export const LABELS = { hint: HINT, link: LINK, open: OPEN };
