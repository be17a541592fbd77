import COUNT from '@salesforce/label/c.Line_Items_Count';

export const LABELS = { count: COUNT };
