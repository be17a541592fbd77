import SENDING from '@salesforce/label/c.Request_Sending';
import WAITING from '@salesforce/label/c.Request_Waiting';
import RUNNING from '@salesforce/label/c.Request_Running';
import DONE from '@salesforce/label/c.Request_Done';
import FAILED from '@salesforce/label/c.Request_Failed';
import UNANSWERED from '@salesforce/label/c.Request_Unanswered';
import UNANSWERED_NEVER from '@salesforce/label/c.Request_Unanswered_Never';
import NOT_SENT from '@salesforce/label/c.Request_Not_Sent';
import CLOSE from '@salesforce/label/c.Request_Close';
import ACCOUNTS_MORE from '@salesforce/label/c.Request_Accounts_More';

export const LABELS = {
  sending: SENDING,
  waiting: WAITING,
  running: RUNNING,
  done: DONE,
  failed: FAILED,
  unanswered: UNANSWERED,
  unansweredNever: UNANSWERED_NEVER,
  notSent: NOT_SENT,
  close: CLOSE,
  accountsMore: ACCOUNTS_MORE,
};
