import { classOf, codeOf, ERROR_CATALOGUE, type ErrorClass } from '../errorCatalogue.ts';
import { AuthenticationError, SetupError } from '../errors.ts';

export type { ErrorClass } from '../errorCatalogue.ts';

/** The class of an error of Salesforce. */
export function classify(code: string, message: string): ErrorClass {
  return classOf(codeOf(code, message));
}

/** Whether the code of a refused delete says that the record was not there any more. */
export function isGone(code: string): boolean {
  return ERROR_CATALOGUE.get(code)?.isGone === true;
}

/** The code of an error that the agent's own share of the allocation made. */
export const API_BUDGET = 'API_BUDGET';
const REQUEST_LIMIT = 'REQUEST_LIMIT_EXCEEDED';

interface SalesforceErrorOptions extends ErrorOptions {
  /** Milliseconds that Salesforce asked to wait, or after which the agent looks again. */
  readonly retryAfter?: number | undefined;
}

/** Salesforce refused a whole call, or could not be reached. */
export class SalesforceError extends Error {
  override readonly name: string = 'SalesforceError';
  readonly code: string;
  readonly errorClass: ErrorClass;
  /** Milliseconds that Salesforce asked to wait, or after which the agent looks again by itself. */
  readonly retryAfter: number | undefined;

  constructor(code: string, message: string, errorClass: ErrorClass, options: SalesforceErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.errorClass = errorClass;
    this.retryAfter = options.retryAfter;
  }
}

/** The org's API allowance, or the agent's share of it, is used up: nothing more is sent until it recovers. */
export class SalesforceLimitError extends SalesforceError {
  override readonly name = 'SalesforceLimitError';

  constructor(code: string, message: string, options: SalesforceErrorOptions = {}) {
    super(code, message, 'limit', options);
  }

  /** Too many calls at once, which passes soon. */
  get isConcurrency(): boolean {
    if (this.code === REQUEST_LIMIT) return /concurrent/i.test(this.message);
    return this.code === 'ERROR_HTTP_420' || this.code === 'ERROR_HTTP_429';
  }

  /** The day's calls are used up. Other limits, such as that of e-mails, concern only what was asked for. */
  get isOfDay(): boolean {
    return this.code === REQUEST_LIMIT && !this.isConcurrency;
  }
}

/** Salesforce refuses the agent's credentials, or its session again and again. */
export class SalesforceAuthenticationError extends AuthenticationError {
  override readonly name = 'SalesforceAuthenticationError';
}

/** The org lacks the package or the agent's user lacks permissions. */
export class SalesforceSetupError extends SetupError {
  override readonly name = 'SalesforceSetupError';
  readonly code: string;

  constructor(message: string, options: ErrorOptions & { readonly code?: string } = {}) {
    super(message, options);
    this.code = options.code ?? 'SALESFORCE_SETUP';
  }
}
