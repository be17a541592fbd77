import { errorMessage } from '../errors.ts';

/** An answer that is not 2xx. Its body is m3ter's: `{ "message": ... }` (OpenAPI document, schema Error). */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** What fastify says of a request that it does not take, in our words; by fastify's error code. */
const REFUSALS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'The body is too large. Send less at once.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'This content type is not taken here. Send application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'The body is not as long as Content-Length says. Send it again.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'The body is not JSON. Check its quotes and brackets.'],
};

/** The answer for whatever was thrown. What nobody foresaw becomes a 500 that tells nothing of the inside. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const refusal = typeof code === 'string' ? REFUSALS[code] : undefined;
  if (refusal) return new HttpError(...refusal);
  const isRefusal = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  if (isRefusal) return new HttpError(statusCode, errorMessage(error));
  return new HttpError(500, "The agent failed to answer. Look into the agent's log for the reason.");
}
