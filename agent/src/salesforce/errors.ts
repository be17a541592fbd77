import { AuthenticationError, SetupError } from '../errors.ts';

/**
 * What an error of Salesforce means for the agent (REST API Developer Guide, "Status Codes and Error Responses").
 * - transient: the same call may work in seconds
 * - auth: the session is over or the credentials are refused
 * - limit: the org's allowance is used up
 * - superseded: Salesforce holds a newer version; nothing is wrong
 * - badData: this record cannot be written until data, mapping or metadata change
 * - setup: nothing works until an administrator changes something
 * - derived: a consequence of another error in the same answer, never the cause
 */
export type ErrorClass = 'transient' | 'auth' | 'limit' | 'superseded' | 'badData' | 'setup' | 'derived';

const CLASS_OF_CODE: Readonly<Record<string, ErrorClass>> = {
  UNABLE_TO_LOCK_ROW: 'transient',
  DUPLICATE_VALUE: 'transient',
  SERVER_UNAVAILABLE: 'transient',
  UNKNOWN_EXCEPTION: 'transient',
  QUERY_TIMEOUT: 'transient',
  ERROR_HTTP_408: 'transient',
  ERROR_HTTP_420: 'limit',
  ERROR_HTTP_429: 'limit',
  ERROR_HTTP_500: 'transient',
  ERROR_HTTP_502: 'transient',
  ERROR_HTTP_503: 'transient',
  ERROR_HTTP_504: 'transient',
  INVALID_SESSION_ID: 'auth',
  INVALID_AUTH_HEADER: 'auth',
  ERROR_HTTP_401: 'auth',
  REQUEST_LIMIT_EXCEEDED: 'limit',
  INSUFFICIENT_ACCESS: 'setup',
  INSUFFICIENT_ACCESS_OR_READONLY: 'setup',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'setup',
  INVALID_TYPE: 'setup',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'setup',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'setup',
  API_DISABLED_FOR_ORG: 'setup',
  API_CURRENTLY_DISABLED: 'setup',
  FUNCTIONALITY_NOT_ENABLED: 'setup',
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 'derived',
  PROCESSING_HALTED: 'derived',
};

/** The class of an error code; a code that is not in the table is bad data, so that it is never retried blindly. */
export function classify(code: string, message: string): ErrorClass {
  if (code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION' && message.startsWith('STALE_VERSION')) return 'superseded';
  return CLASS_OF_CODE[code] ?? 'badData';
}

/** Codes of a delete whose record is not there any more. */
const GONE_CODES = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND']);

export function isGone(code: string): boolean {
  return GONE_CODES.has(code);
}

/** Salesforce refused a whole call, or could not be reached. */
export class SalesforceError extends Error {
  override readonly name: string = 'SalesforceError';
  readonly code: string;
  readonly errorClass: ErrorClass;

  constructor(code: string, message: string, errorClass: ErrorClass, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.errorClass = errorClass;
  }
}

/** The org's API allowance is used up: nothing more is sent until it recovers. */
export class SalesforceLimitError extends SalesforceError {
  override readonly name = 'SalesforceLimitError';

  constructor(code: string, message: string) {
    super(code, message, 'limit');
  }

  /** Too many long calls at once, which passes soon; else the day's allowance is used up. */
  get isConcurrency(): boolean {
    return this.code !== 'REQUEST_LIMIT_EXCEEDED' || /concurrent/i.test(this.message);
  }
}

/** Salesforce refuses the agent's credentials, or its session again and again. */
export class SalesforceAuthenticationError extends AuthenticationError {
  override readonly name = 'SalesforceAuthenticationError';
}

/** The org lacks the package or the agent's user lacks permissions. */
export class SalesforceSetupError extends SetupError {
  override readonly name = 'SalesforceSetupError';
}
