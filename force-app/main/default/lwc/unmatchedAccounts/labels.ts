import BILLS from '@salesforce/label/c.Unmatched_Bills';
import ERROR from '@salesforce/label/c.Unmatched_Error';
import LINK from '@salesforce/label/c.Unmatched_Link';
import LINK_FAILED from '@salesforce/label/c.Unmatched_Link_Failed';
import LINKED from '@salesforce/label/c.Unmatched_Linked';
import LOADING from '@salesforce/label/c.Loading';
import MORE from '@salesforce/label/c.Unmatched_More';
import NO_ACCESS from '@salesforce/label/c.Integrations_No_Access_Text';
import NO_SUGGESTION from '@salesforce/label/c.Unmatched_No_Suggestion';
import NONE from '@salesforce/label/c.Unmatched_None';
import OTHER from '@salesforce/label/c.Unmatched_Other';
import SUGGEST from '@salesforce/label/c.Unmatched_Suggest';
import TAKEN from '@salesforce/label/c.Unmatched_Taken';
import TEXT from '@salesforce/label/c.Unmatched_Text';
import TITLE from '@salesforce/label/c.Unmatched_Title';

export const LABELS = {
  bills: BILLS,
  error: ERROR,
  link: LINK,
  linkFailed: LINK_FAILED,
  linked: LINKED,
  loading: LOADING,
  more: MORE,
  noAccess: NO_ACCESS,
  noSuggestion: NO_SUGGESTION,
  none: NONE,
  other: OTHER,
  suggest: SUGGEST,
  taken: TAKEN,
  text: TEXT,
  title: TITLE,
};
