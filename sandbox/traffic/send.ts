import type { Send } from './replay.ts';

/** Sends requests to an org as whoever the access token is of. */
export const sendTo =
  (instanceUrl: string, accessToken: string): Send =>
  async ({ method, path, body, type }) => {
    const response = await fetch(new URL(path, instanceUrl), {
      method,
      headers: { authorization: `Bearer ${accessToken}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text || null };
  };
