import { classOf } from '../errorCatalogue.ts';
import { AuthenticationError, errorCode, errorMessage, SetupError } from '../errors.ts';
import { M3terNotFoundError, M3terRateLimitError } from '../m3ter/errors.ts';
import type { RunStatus } from '../rules/records.ts';
import { SalesforceError, SalesforceLimitError } from '../salesforce/errors.ts';

/**
 * Why nothing can be sent for a while.
 * - authentication: m3ter or the org refuses the agent
 * - setup: the org lacks the package or a permission
 * - limit: an allowance is used up
 * - unavailable: nobody answers
 */
export type TroubleKind = 'authentication' | 'setup' | 'limit' | 'unavailable';

/** An error that concerns m3ter or an org as a whole, not a Bill. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly side: 'm3ter' | 'salesforce';
  readonly error: Error;
  readonly code: string;
  readonly message: string;
  /** Of the Runs that have to wait. */
  readonly status: RunStatus;
  /** Milliseconds that the other side asked to wait. */
  readonly retryAfter: number | undefined;
}

const STATUS: Readonly<Record<TroubleKind, RunStatus>> = {
  authentication: 'AUTH_FAILED',
  setup: 'AWAITING_RETRY',
  limit: 'RATE_LIMIT_RETRY',
  unavailable: 'AWAITING_RETRY',
};

/** The trouble that an error stands for; undefined for one that only concerns what was worked on. */
export function troubleOf(error: unknown): Trouble | undefined {
  const kind = kindOf(error);
  if (kind === undefined) return undefined;
  const thrown = error as Error;
  const side = isOfM3ter(thrown) ? 'm3ter' : 'salesforce';
  const { retryAfter } = thrown as { retryAfter?: number };
  const [code, message, status] = [errorCode(thrown), errorMessage(thrown), STATUS[kind]];
  return { kind, side, error: thrown, code, message, status, retryAfter };
}

function kindOf(error: unknown): TroubleKind | undefined {
  if (error instanceof AuthenticationError) return 'authentication';
  if (error instanceof SetupError || error instanceof M3terNotFoundError) return 'setup';
  if (error instanceof M3terRateLimitError || error instanceof SalesforceLimitError) return 'limit';
  if (error instanceof Error && isOfM3ter(error)) return 'unavailable';
  if (!(error instanceof SalesforceError)) return undefined;
  const kinds = { auth: 'authentication', limit: 'limit', setup: 'setup', transient: 'unavailable' } as const;
  return error.errorClass in kinds ? kinds[error.errorClass as keyof typeof kinds] : undefined;
}

/** Every error of agent/src/m3ter is about m3ter as a whole: what concerns one Bill is caught where it is read. */
function isOfM3ter(error: Error): boolean {
  return error.name.startsWith('M3ter');
}

/** Codes that only follow from another error, or from lines that vanished meanwhile: the next try may be better. */
const PASSING = new Set(['PROCESSING_HALTED', 'ENTITY_IS_DELETED']);

/** Whether it is worth sending a refused Bill again though nothing changed. */
export function isPassing(code: string): boolean {
  const errorClass = classOf(code);
  return PASSING.has(code) || errorClass === 'transient' || errorClass === 'limit' || errorClass === 'auth';
}

/**
 * The status of the Run of a Bill that Salesforce refused.
 *
 * @param isFinal the Bill is not tried again by itself
 */
export function refusedRunStatus(code: string, isFinal: boolean): RunStatus {
  const errorClass = classOf(code);
  if (errorClass === 'periodClosed') return 'ACCOUNTING_PERIOD_CLOSED';
  if (errorClass === 'alreadyPaid') return 'INVOICE_ALREADY_PAID';
  if (errorClass === 'auth') return 'AUTH_FAILED';
  if (isFinal) return code === 'TIMEOUT' || code === 'NETWORK' ? 'TIMEOUT_LIMIT_EXCEEDED' : 'ERROR';
  return errorClass === 'limit' ? 'RATE_LIMIT_RETRY' : 'AWAITING_RETRY';
}
