import { networkError } from './callErrors.ts';
import { compress, paysToCompress } from './compression.ts';
import type { SalesforceSession } from './session.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';

/** One call to the data API, but for its body. */
interface CallHead {
  readonly method: Method;
  /** Below the version, or absolute. */
  readonly path: string;
  /** Of what is sent and of what is answered. */
  readonly type: typeof JSON_TYPE | typeof CSV_TYPE;
  /** It changes nothing in the org. */
  readonly isReading: boolean;
}

/** A call that is to be made; its body is put together when its turn comes. */
export interface Call extends CallHead {
  readonly body?: () => string;
}

export interface CallOptions {
  /** Milliseconds until the last byte of the answer; of data of bulk jobs ten minutes. */
  readonly timeout: number;
  /** Bodies of so many characters and more are sent compressed. */
  readonly compressFrom: number | undefined;
}

export interface Answer {
  readonly response: Response;
  readonly text: string;
}

const API_VERSION = '67.0';
/** The API version below which the paths of calls lie. */
export const API_ROOT = `/services/data/v${API_VERSION}`;
/** Salesforce's own limit for a call: data of bulk jobs is up to 100 MB, and lines to the org may be slow. */
const BULK_TIMEOUT_MS = 10 * 60_000;

/** How messages name the call: method and path, without a query. */
export function callName({ method, path }: CallHead): string {
  return `${method} ${pathOf(path).split('?')[0]}`;
}

/**
 * Makes the call and reads its answer, whatever its status.
 *
 * @throws {SalesforceError} when there is no answer in time
 */
export async function makeCall(
  session: SalesforceSession,
  call: CallHead & { readonly body: string | undefined },
  options: CallOptions,
): Promise<Answer> {
  try {
    return await fetchText(session, call, options);
  } catch (error) {
    throw networkError(error, `Salesforce did not answer ${callName(call)}`);
  }
}

async function fetchText(
  { origin, accessToken }: SalesforceSession,
  { method, path, type, body }: CallHead & { readonly body: string | undefined },
  { timeout, compressFrom }: CallOptions,
): Promise<Answer> {
  const url = origin + pathOf(path);
  const isCompressed = body !== undefined && type === JSON_TYPE && paysToCompress(url, body, compressFrom);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(type === CSV_TYPE ? BULK_TIMEOUT_MS : timeout),
    headers: {
      authorization: `Bearer ${accessToken}`,
      // An upload is answered without a body, and its refusal with JSON.
      accept: type === JSON_TYPE ? type : `${type}, ${JSON_TYPE};q=0.9`,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    },
    ...(body === undefined ? {} : { body: isCompressed ? await compress(body) : body }),
  });
  return { response, text: await response.text() };
}

function pathOf(path: string): string {
  return path.startsWith('/services/') ? path : API_ROOT + path;
}
