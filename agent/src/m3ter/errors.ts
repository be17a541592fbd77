import { AuthenticationError } from '../errors.ts';

/** m3ter cannot be reached, is busy or answered 408 or 5xx, and all retries are spent. */
export class M3terUnavailableError extends Error {
  override readonly name: string = 'M3terUnavailableError';
  /** Milliseconds that m3ter asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

/** m3ter answered 429. */
export class M3terRateLimitError extends M3terUnavailableError {
  override readonly name = 'M3terRateLimitError';
}

/** m3ter refuses the access key or its permissions. */
export class M3terAuthenticationError extends AuthenticationError {
  override readonly name = 'M3terAuthenticationError';
  /** 401: the key or its token; 403: a permission. */
  readonly status: number;

  constructor(message: string, status = 401) {
    super(message);
    this.status = status;
  }
}

export class M3terNotFoundError extends Error {
  override readonly name = 'M3terNotFoundError';
}

/** m3ter refuses a request for another reason. */
export class M3terRequestError extends Error {
  override readonly name = 'M3terRequestError';
}

/** m3ter's answer is not what its API documents. */
export class M3terResponseError extends Error {
  override readonly name = 'M3terResponseError';
}
