import MARK from '@salesforce/label/c.Event_Mark_As_Actioned';
import MARKED from '@salesforce/label/c.Event_Marked_As_Actioned';
import MARK_FAILED from '@salesforce/label/c.Event_Mark_As_Actioned_Failed';
import ERROR_ICON from '@salesforce/label/c.Error_Icon';

export const LABELS = {
  mark: MARK,
  marked: MARKED,
  markFailed: MARK_FAILED,
  errorIcon: ERROR_ICON,
};
