import { choiceLabel } from 'c/connection';
import type { Choice, Field } from 'c/connection';
import { format } from 'c/format';
import { LABELS } from './labels';

/** The facts of a Bill that decide how its state is shown. */
export interface BillState {
  /** What is stored, `PENDING` or `APPROVED`; m3ter may add more. */
  status: string;
  /** What the org calls the status; used for those without a label here. */
  statusLabel: string;
  locked: boolean;
  /** The Salesforce Account; undefined while none matches. */
  accountId: string | undefined;
  /** What m3ter calls the Account, to say who an unmatched Bill is for. */
  accountCode: string;
  deleted: boolean;
  /** All Line Items are written. */
  complete: boolean;
}

/** The same facts as a query gives them. */
export interface BillStateNode {
  status: Choice;
  locked: Field<boolean>;
  accountId: Field<string>;
  accountCode: Field<string>;
  deleted: Field<boolean>;
  complete: Field<boolean>;
}

/** Something about a Bill that a person should know, in a word and in a sentence. */
export interface Notice {
  key: 'deleted' | 'unmatched' | 'writing';
  word: string;
  text: string;
}

/** A state in words, with the icon that goes with them. */
export interface StatusWords {
  text: string;
  icon: string;
}

/** Reads the state of a Bill. */
export function billState(node: BillStateNode): BillState {
  return {
    status: node.status.value ?? '',
    statusLabel: choiceLabel(node.status),
    locked: node.locked.value === true,
    accountId: node.accountId.value ?? undefined,
    accountCode: node.accountCode.value ?? '',
    deleted: node.deleted.value === true,
    complete: node.complete.value === true,
  };
}

/** The status of a Bill, and whether it is locked, in words. */
export function statusWords(bill: BillState): StatusWords {
  const known: Record<string, string> = { PENDING: LABELS.pending, APPROVED: LABELS.approved };
  const words = [known[bill.status] ?? bill.statusLabel, bill.locked ? LABELS.locked : ''];
  const icon = bill.locked ? 'utility:lock' : bill.status === 'APPROVED' ? 'utility:success' : 'utility:clock';
  return { text: words.filter(Boolean).join(' · '), icon };
}

/** What a person should know about a Bill, the weightiest first. */
export function notices(bill: BillState): Notice[] {
  const found: Notice[] = [];
  if (bill.deleted) found.push({ key: 'deleted', word: LABELS.deleted, text: LABELS.deletedText });
  if (!bill.accountId) {
    found.push({ key: 'unmatched', word: LABELS.unmatched, text: format(LABELS.unmatchedText, bill.accountCode) });
  }
  if (!bill.complete) found.push({ key: 'writing', word: LABELS.writing, text: LABELS.writingText });
  return found;
}
