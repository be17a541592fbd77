import BY_CODE from '@salesforce/label/c.Unmatched_By_Code';
import BY_ID from '@salesforce/label/c.Unmatched_By_Id';
import BY_NAME from '@salesforce/label/c.Unmatched_By_Name';
import BY_NUMBER from '@salesforce/label/c.Unmatched_By_Number';

export const LABELS = {
  byCode: BY_CODE,
  byId: BY_ID,
  byName: BY_NAME,
  byNumber: BY_NUMBER,
};
