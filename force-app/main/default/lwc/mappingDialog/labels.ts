import CANCEL from '@salesforce/label/c.Cancel';
import CONFIRM from '@salesforce/label/c.Mapping_Create';
import TEXT from '@salesforce/label/c.Mapping_Text';
import ACCOUNT from '@salesforce/label/c.Mapping_Account';
import CHOOSE_FIRST from '@salesforce/label/c.Mapping_Choose_First';
import SUGGESTED from '@salesforce/label/c.Mapping_Suggested';

export const LABELS = {
  cancel: CANCEL,
  confirm: CONFIRM,
  text: TEXT,
  account: ACCOUNT,
  chooseFirst: CHOOSE_FIRST,
  suggested: SUGGESTED,
};
