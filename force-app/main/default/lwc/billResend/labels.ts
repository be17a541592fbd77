import RESEND from '@salesforce/label/c.Bill_Resend';

export const LABELS = { resend: RESEND };
