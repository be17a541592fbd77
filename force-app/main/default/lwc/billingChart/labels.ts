import CAPTION from '@salesforce/label/c.Billing_Chart_Caption';
import MONTH from '@salesforce/label/c.Billing_Chart_Month';
import BILLED from '@salesforce/label/c.Billing_Chart_Billed';

export const LABELS = { caption: CAPTION, month: MONTH, billed: BILLED };
