import BILLS from '@salesforce/label/c.Preview_Bills';
import CHANGED from '@salesforce/label/c.Preview_Changed';
import COUNT_FAILED from '@salesforce/label/c.Preview_Count_Failed';
import COUNT_NEWLY from '@salesforce/label/c.Preview_Count_Newly';
import COUNT_NO_LONGER from '@salesforce/label/c.Preview_Count_No_Longer';
import COUNT_READ from '@salesforce/label/c.Preview_Count_Read';
import COUNT_SENT from '@salesforce/label/c.Preview_Count_Sent';
import COUNT_UNMATCHED from '@salesforce/label/c.Preview_Count_Unmatched';
import COUNT_WAITING from '@salesforce/label/c.Preview_Count_Waiting';
import EMPTY from '@salesforce/label/c.Preview_Empty';
import FIELDS_CHANGED from '@salesforce/label/c.Preview_Fields_Changed';
import IS_NEW from '@salesforce/label/c.Preview_New';
import LINE_ADDED from '@salesforce/label/c.Preview_Line_Added';
import LINE_CHANGED from '@salesforce/label/c.Preview_Line_Changed';
import LINE_REMOVED from '@salesforce/label/c.Preview_Line_Removed';
import LINES_ADDED from '@salesforce/label/c.Preview_Lines_Added';
import LINES_CHANGED from '@salesforce/label/c.Preview_Lines_Changed';
import LINES_REMOVED from '@salesforce/label/c.Preview_Lines_Removed';
import BY_THESE_SETTINGS from '@salesforce/label/c.Preview_By_These_Settings';
import DRAFT_TITLE from '@salesforce/label/c.Preview_Draft_Title';
import MORE from '@salesforce/label/c.Preview_More';
import MORE_LINES from '@salesforce/label/c.Preview_More_Lines';
import NO_LONGER from '@salesforce/label/c.Preview_No_Longer';
import NO from '@salesforce/label/c.Settings_No';
import NOTHING_WRITTEN from '@salesforce/label/c.Preview_Nothing_Written';
import REFUSED from '@salesforce/label/c.Preview_Refused';
import SKIPPED from '@salesforce/label/c.Preview_Skipped';
import TITLE from '@salesforce/label/c.Preview_Title';
import WAITS from '@salesforce/label/c.Preview_Waits';
import YES from '@salesforce/label/c.Settings_Yes';

export const LABELS = {
  bills: BILLS,
  byTheseSettings: BY_THESE_SETTINGS,
  changed: CHANGED,
  countFailed: COUNT_FAILED,
  countNewly: COUNT_NEWLY,
  countNoLonger: COUNT_NO_LONGER,
  countRead: COUNT_READ,
  countSent: COUNT_SENT,
  countUnmatched: COUNT_UNMATCHED,
  countWaiting: COUNT_WAITING,
  draftTitle: DRAFT_TITLE,
  empty: EMPTY,
  fieldsChanged: FIELDS_CHANGED,
  isNew: IS_NEW,
  lineAdded: LINE_ADDED,
  lineChanged: LINE_CHANGED,
  lineRemoved: LINE_REMOVED,
  linesAdded: LINES_ADDED,
  linesChanged: LINES_CHANGED,
  linesRemoved: LINES_REMOVED,
  more: MORE,
  moreLines: MORE_LINES,
  no: NO,
  noLonger: NO_LONGER,
  nothingWritten: NOTHING_WRITTEN,
  refused: REFUSED,
  skipped: SKIPPED,
  title: TITLE,
  waits: WAITS,
  yes: YES,
};
