import UNCHANGED from '@salesforce/label/c.Skip_Unchanged';
import RESTRICTED from '@salesforce/label/c.Skip_Restricted';
import NOT_ALLOWED from '@salesforce/label/c.Skip_Not_Allowed';
import ACCOUNT_FILTER from '@salesforce/label/c.Skip_Account_Filter';
import NOT_APPROVED from '@salesforce/label/c.Skip_Not_Approved';
import OWNED_BY_OTHER from '@salesforce/label/c.Skip_Owned_By_Other';
import OTHER from '@salesforce/label/c.Skip_Other';
import { format } from 'c/format';
import { formatCount } from 'c/money';

const WORDS: Record<string, string> = {
  unchanged: UNCHANGED,
  restricted: RESTRICTED,
  notAllowed: NOT_ALLOWED,
  accountFilter: ACCOUNT_FILTER,
  notApproved: NOT_APPROVED,
  ownedByOther: OWNED_BY_OTHER,
};

/** `260 unchanged`, `9 by the account filter` ... out of the JSON text that a Run keeps; empty when it is no such text. */
export function skipReasons(json: string | null): string[] {
  return Object.entries(parse(json))
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => format(WORDS[reason] ?? OTHER, formatCount(count), reason));
}

/** Why one Bill was not sent, such as `by the account filter`. */
export const skipReason = (reason: string): string => format(WORDS[reason] ?? OTHER, '', reason).trim();

function parse(json: string | null): object {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
