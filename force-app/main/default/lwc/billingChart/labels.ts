import CAPTION from '@salesforce/label/c.Billing_Chart_Caption';
import HIGHEST from '@salesforce/label/c.Billing_Chart_Highest';
import MONTH from '@salesforce/label/c.Billing_Chart_Month';
import BILLED from '@salesforce/label/c.Billing_Chart_Billed';

export const LABELS = { caption: CAPTION, highest: HIGHEST, month: MONTH, billed: BILLED };
