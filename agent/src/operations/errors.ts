import { AuthenticationError, errorCode, errorMessage, SetupError } from '../errors.ts';
import { resultBefore } from '../sync/report.ts';

/**
 * What kind of failure it is; the command line ends with the exit code in brackets.
 * - usage: the question is wrong (2)
 * - setup: nothing works until a person changes configuration, package or permissions (2)
 * - authentication: m3ter or Salesforce refuses the credentials (3)
 * - failed: everything else (1)
 */
export type ErrorKind = 'usage' | 'setup' | 'authentication' | 'failed';

/** An operation cannot do what is asked. */
export class OperationError extends Error {
  override readonly name: string = 'OperationError';
  readonly code: string;
  readonly kind: ErrorKind;
  /** What to do or type next. */
  readonly next: string;
  /** What was done before, by the names of the result. */
  partial: object | undefined;

  constructor(code: string, message: string, next: string, kind: ErrorKind = 'failed', options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.kind = kind;
    this.next = next;
  }
}

/** An error as JSON: what `--json` prints and what the operations endpoint answers. */
export interface ErrorDocument {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** What to do or type next. */
    readonly next: string;
    readonly kind: ErrorKind;
  };
}

/** The document of an error; of a sync that broke off with what was done by then beside it. */
export function errorDocument(error: unknown): ErrorDocument {
  const own = error instanceof OperationError ? error : undefined;
  const kind = kindOf(error);
  const partial = own ? own.partial : resultBefore(error);
  return {
    ...partial,
    error: { code: errorCode(error), message: errorMessage(error), next: own?.next ?? nextOf(error), kind },
  };
}

export function kindOf(error: unknown): ErrorKind {
  if (error instanceof OperationError) return error.kind;
  if (error instanceof AuthenticationError) return 'authentication';
  return error instanceof SetupError ? 'setup' : 'failed';
}

/** The HTTP status of the operations endpoint for an error. */
export function httpStatusOf(error: unknown): number {
  return { usage: 400, setup: 409, authentication: 403, failed: 500 }[kindOf(error)];
}

/** By code where that tells more than the kind. */
const NEXT_OF_CODE: Readonly<Record<string, string>> = {
  CONFIGURATION: 'm3ter-bills config check',
  CREDENTIAL: 'm3ter-bills credential list',
  STORE_LOCKED: 'm3ter-bills status',
};

const NEXT: Readonly<Record<ErrorKind, string>> = {
  usage: 'm3ter-bills help',
  setup: 'm3ter-bills doctor',
  authentication: 'm3ter-bills doctor',
  failed: 'm3ter-bills status',
};

function nextOf(error: unknown): string {
  return NEXT_OF_CODE[errorCode(error)] ?? NEXT[kindOf(error)];
}
