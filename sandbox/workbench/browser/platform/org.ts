/** Calls the local org through the workbench's server, which adds the token of the user who is signed in. */
import type { FetchResponse } from 'lightning/uiRecordApi';

const API = '/services/data/v67.0';

/**
 * The parsed body of a 2xx answer. Throws a FetchResponse otherwise, also when the server cannot be reached.
 * `path` follows the version, such as `/graphql`.
 */
export async function callOrg<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(method, path, body);
  if (answer.ok) return answer.body as T;
  // What the platform's modules reject with is no Error either.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw answer;
}

async function ask(method: string, path: string, body: unknown): Promise<FetchResponse> {
  try {
    const response = await fetch(API + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const { ok, status, statusText } = response;
    return { ok, status, statusText, body: parse(await response.text()) };
  } catch {
    return UNREACHABLE;
  }
}

/** The message of a FetchResponse, whichever of the documented body shapes it has. */
export function messageOf(error: unknown): string {
  const body = (error as Partial<FetchResponse>).body;
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const message = (first as { message?: unknown } | undefined)?.message;
  if (typeof message === 'string') return message;
  return error instanceof Error ? error.message : 'The org gave no reason.';
}

const UNREACHABLE: FetchResponse = {
  ok: false,
  status: 503,
  statusText: 'Service Unavailable',
  body: [
    { errorCode: 'SERVER_UNAVAILABLE', message: 'The local org does not answer. Check that "npm start" still runs.' },
  ],
};

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return [{ errorCode: 'UNKNOWN_EXCEPTION', message: text }];
  }
}
