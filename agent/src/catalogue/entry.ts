/**
 * What an error means for the agent.
 * - transient: the same may work in seconds; it is tried again
 * - auth: the session is over or the credentials are refused
 * - limit: the allowance of the org or of m3ter is used up
 * - superseded: Salesforce holds a newer version; nothing is wrong
 * - badData: this record cannot be written until data, mapping or metadata change
 * - periodClosed, alreadyPaid: a rule of the org's own refuses the Bill for good, by the convention of docs/errors.md
 * - setup: nothing works until an administrator changes something
 * - derived: a consequence of another error in the same answer, never the cause
 * - usage: the question was wrong
 */
export type ErrorClass =
  | 'transient'
  | 'auth'
  | 'limit'
  | 'superseded'
  | 'badData'
  | 'periodClosed'
  | 'alreadyPaid'
  | 'setup'
  | 'derived'
  | 'usage';

export interface ErrorEntry {
  readonly code: string;
  readonly errorClass: ErrorClass;
  readonly meaning: string;
  readonly cause: string;
  readonly remedy: string;
  /** The code is the word that the message of a validation rule begins with. */
  readonly isMessage?: true;
  /** Says of a delete that the record was not there any more. */
  readonly isGone?: true;
}

type Row = readonly [code: string, meaning: string, cause: string, remedy: string];

/** The entries of one class. */
export function ofClass(errorClass: ErrorClass, ...rows: readonly Row[]): ErrorEntry[] {
  return rows.map(([code, meaning, cause, remedy]) => ({ code, errorClass, meaning, cause, remedy }));
}
