/** Calls the local org through the workbench's server, which adds the token of the user who is signed in. */
import type { FetchResponse } from 'lightning/uiRecordApi';

const API = '/services/data/v67.0';

/**
 * Answers the parsed body of a 2xx answer. Throws a FetchResponse otherwise, also when the server cannot be reached.
 * `path` follows the version, such as `/graphql`.
 */
export async function callOrg<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(API + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
  const parsed = parse(await response.text());
  if (response.ok) return parsed as T;
  throw failure(response.status, response.statusText, parsed);
}

/** The message of a FetchResponse, whichever of the documented body shapes it has. */
export function messageOf(error: unknown): string {
  const body = (error as Partial<FetchResponse>).body;
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const message = (first as { message?: unknown } | undefined)?.message;
  if (typeof message === 'string') return message;
  return error instanceof Error ? error.message : 'The org gave no reason.';
}

const failure = (status: number, statusText: string, body: unknown): FetchResponse => ({
  ok: false,
  status,
  statusText,
  body,
});

const unreachable = (): FetchResponse =>
  failure(503, 'Service Unavailable', [
    { errorCode: 'SERVER_UNAVAILABLE', message: 'The local org does not answer. Check that "npm start" still runs.' },
  ]);

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return [{ errorCode: 'UNKNOWN_EXCEPTION', message: text }];
  }
}
