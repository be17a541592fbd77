import CANCEL from '@salesforce/label/c.Cancel';
import CONFIRM from '@salesforce/label/c.Credential_Use';
import TEXT from '@salesforce/label/c.Credential_Text';
import CREDENTIAL from '@salesforce/label/c.Credential_Label';
import NONE from '@salesforce/label/c.Credential_None';

export const LABELS = { cancel: CANCEL, confirm: CONFIRM, text: TEXT, credential: CREDENTIAL, none: NONE };
