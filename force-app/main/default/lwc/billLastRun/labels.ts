import LAST_RUN from '@salesforce/label/c.Bill_Last_Run';

export const LABELS = { lastRun: LAST_RUN };
