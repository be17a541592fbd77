import CANCEL from '@salesforce/label/c.Cancel';
import CONFIRM from '@salesforce/label/c.Disable';
import TEXT from '@salesforce/label/c.Disable_Text';
import REASON from '@salesforce/label/c.Disable_Reason';
import DEFAULT_REASON from '@salesforce/label/c.Disable_Reason_Default';

export const LABELS = {
  cancel: CANCEL,
  confirm: CONFIRM,
  text: TEXT,
  reason: REASON,
  defaultReason: DEFAULT_REASON,
};
