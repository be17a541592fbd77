import BACK from '@salesforce/label/c.Create_Back';
import CANCEL from '@salesforce/label/c.Cancel';
import CHANGES from '@salesforce/label/c.Edit_Changes';
import CHANGES_TEXT from '@salesforce/label/c.Edit_Changes_Text';
import NO_CHANGES from '@salesforce/label/c.Edit_No_Changes';
import PREVIEW from '@salesforce/label/c.Integration_Preview';
import PROBLEMS from '@salesforce/label/c.Edit_Problems';
import REVIEW from '@salesforce/label/c.Edit_Review';
import SAVE from '@salesforce/label/c.Edit_Save';

export const LABELS = {
  back: BACK,
  cancel: CANCEL,
  changes: CHANGES,
  changesText: CHANGES_TEXT,
  noChanges: NO_CHANGES,
  preview: PREVIEW,
  problems: PROBLEMS,
  review: REVIEW,
  save: SAVE,
};
