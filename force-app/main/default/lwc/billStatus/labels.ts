import STATUS_PENDING from '@salesforce/label/c.Bill_Status_Pending';
import STATUS_APPROVED from '@salesforce/label/c.Bill_Status_Approved';
import LOCKED from '@salesforce/label/c.Bill_Locked';
import UNMATCHED from '@salesforce/label/c.Bill_Unmatched';
import UNMATCHED_TEXT from '@salesforce/label/c.Bill_Unmatched_Text';
import DELETED from '@salesforce/label/c.Bill_Deleted';
import DELETED_TEXT from '@salesforce/label/c.Bill_Deleted_Text';
import WRITING from '@salesforce/label/c.Bill_Writing';
import WRITING_TEXT from '@salesforce/label/c.Bill_Writing_Text';

export const LABELS = {
  pending: STATUS_PENDING,
  approved: STATUS_APPROVED,
  locked: LOCKED,
  unmatched: UNMATCHED,
  unmatchedText: UNMATCHED_TEXT,
  deleted: DELETED,
  deletedText: DELETED_TEXT,
  writing: WRITING,
  writingText: WRITING_TEXT,
};
