import ALL_ACCOUNTS from '@salesforce/label/c.Settings_All_Accounts';
import CHANGE from '@salesforce/label/c.Settings_Change';
import MORE from '@salesforce/label/c.Settings_More';
import NO from '@salesforce/label/c.Settings_No';
import NONE from '@salesforce/label/c.Settings_None';
import YES from '@salesforce/label/c.Settings_Yes';

export const LABELS = { allAccounts: ALL_ACCOUNTS, change: CHANGE, more: MORE, no: NO, none: NONE, yes: YES };
