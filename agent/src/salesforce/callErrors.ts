import { codeOf, ERROR_CATALOGUE } from '../errorCatalogue.ts';
import { errorMessage, sentence } from '../errors.ts';
import {
  classify,
  SalesforceAuthenticationError,
  SalesforceError,
  SalesforceLimitError,
  SalesforceSetupError,
} from './errors.ts';

/** An answer that is not 2xx. */
export interface Refused {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

const LONGEST_MESSAGE = 1000;
/** A longer wait than this is not worth holding a call for. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * The typed error for a refused call. Source of the body's shape: REST API Developer Guide, "Status Codes and Error
 * Responses"; gateways answer with a page instead.
 *
 * @param call such as `GET /services/data/v67.0/query`
 */
export function callError(call: string, refused: Refused, now: Date): Error {
  const { code: said, reason } = firstError(refused.text) ?? { code: `ERROR_HTTP_${refused.status}`, reason: '' };
  const message = `Salesforce refused ${call}: ${said}: ${reason.slice(0, LONGEST_MESSAGE)}`;
  const code = knownCode(said, refused.status);
  const errorClass = classify(code, reason);
  const retryAfter = waitOf(refused.retryAfter, now);
  if (errorClass === 'limit') {
    return new SalesforceLimitError(code, `${sentence(message)} Wait until the org's limit recovers.`, { retryAfter });
  }
  if (errorClass === 'setup') {
    return new SalesforceSetupError(`${sentence(message)} Give the agent's user the permission set m3ter Sync Agent.`, {
      code,
    });
  }
  return new SalesforceError(code, message, errorClass, { retryAfter });
}

/**
 * The code, unless nobody knows it and the status says more: an outage is not the fault of a record, whatever a gateway
 * calls it.
 */
function knownCode(code: string, status: number): string {
  if (ERROR_CATALOGUE.has(code)) return code;
  const byStatus = [`ERROR_HTTP_${status}`, ...(status >= 500 ? ['ERROR_HTTP_500'] : [])];
  return byStatus.find((each) => ERROR_CATALOGUE.has(each) && classify(each, '') !== 'badData') ?? code;
}

interface ErrorBody {
  readonly errorCode?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
}

function firstError(text: string): { code: string; reason: string } | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const [first] = (Array.isArray(body) ? body : [body]) as Array<(ErrorBody & { errors?: unknown }) | null>;
  // A refused action lists its errors one level below.
  const [inner] = Array.isArray(first?.errors) ? (first.errors as ErrorBody[]) : [];
  const { errorCode, statusCode, message } = inner ?? first ?? {};
  const code = [errorCode, statusCode].find((value) => typeof value === 'string');
  if (code === undefined) return undefined;
  const reason = typeof message === 'string' ? message : '';
  return { code: codeOf(String(code), reason), reason };
}

/** Milliseconds from a Retry-After header, seconds or date; undefined for none and for a very long one. */
function waitOf(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return wait >= 0 && wait <= LONGEST_RETRY_AFTER_MS ? wait : undefined;
}

/** The error for a call that was not answered, or not to its end. */
export function networkError(thrown: unknown, what: string): SalesforceError {
  const isTimeout = thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError');
  const reason = isTimeout ? 'no answer in time' : errorMessage(thrown);
  return new SalesforceError(
    isTimeout ? 'TIMEOUT' : 'NETWORK',
    `${what}: ${reason}. Check the network and the org.`,
    'transient',
    { cause: thrown },
  );
}

/** jsforce makes the code of an OAuth error (RFC 6749), such as `invalid_client`, its name; some answers have none. */
export function signInError(thrown: unknown, loginUrl: string): Error {
  const { name, message } = thrown as { name?: string; message: string };
  if (name === undefined) {
    return new SalesforceError('BAD_ANSWER', `Salesforce at ${loginUrl} gave no reason. Try again.`, 'transient');
  }
  if (/^ERROR_HTTP_(?:408|420|429|5\d\d)$/.test(name) || name === 'server_error') {
    return new SalesforceError(name, `Salesforce at ${loginUrl} cannot sign in now (${name}). Try again.`, 'transient');
  }
  if (/^[a-z_]+$/.test(name) || name.startsWith('ERROR_HTTP_')) {
    return new SalesforceAuthenticationError(
      `Salesforce at ${loginUrl} refuses the credentials: ${sentence(`${name}: ${message.slice(0, 300)}`)} ` +
        'Check the External Client App and the credential (m3ter-bills credential rotate NAME; of the environment: ' +
        'SALESFORCE_CLIENT_ID and the secret or key).',
    );
  }
  return networkError(thrown, `Salesforce at ${loginUrl} did not answer`);
}
