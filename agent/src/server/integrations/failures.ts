import { AuthenticationError, errorMessage, SetupError } from '../../errors.ts';
import { M3terUnavailableError } from '../../m3ter/errors.ts';
import { OperationError } from '../../operations/errors.ts';
import { VersionConflictError } from '../../salesforce/control/integrations.ts';
import { SalesforceError, SalesforceLimitError } from '../../salesforce/errors.ts';
import { HttpError } from '../errors.ts';

const RETRY_AFTER_SECONDS = '30';
/** m3ter's clients try a 409 again unless they are told that it does not help. */
const DO_NOT_RETRY = { 'x-should-retry': 'false' };

/** The answer for what went wrong behind the Integrations API; undefined for what nobody foresaw. */
export function toFailure(error: unknown): HttpError | undefined {
  const message = errorMessage(error);
  if (error instanceof VersionConflictError) return new HttpError(409, message, DO_NOT_RETRY);
  if (error instanceof OperationError) return operationFailure(error);
  if (error instanceof SalesforceLimitError || error instanceof M3terUnavailableError) return later(message);
  if (error instanceof SalesforceError) {
    if (error.errorClass === 'transient' || error.errorClass === 'limit') return later(message);
    return new HttpError(400, message);
  }
  if (error instanceof AuthenticationError || error instanceof SetupError) return new HttpError(502, message);
  return undefined;
}

function operationFailure({ kind, message, next }: OperationError): HttpError {
  const status = { usage: 400, setup: 422, authentication: 422, failed: 422 }[kind];
  return new HttpError(status, next === '' ? message : `${message} Next: ${next}`);
}

function later(message: string): HttpError {
  return new HttpError(503, message, { 'retry-after': RETRY_AFTER_SECONDS });
}
