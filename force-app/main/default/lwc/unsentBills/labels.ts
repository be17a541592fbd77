import MORE from '@salesforce/label/c.Unsent_Bills_More';
import TITLE from '@salesforce/label/c.Unsent_Bills_Title';

export const LABELS = { more: MORE, title: TITLE };
