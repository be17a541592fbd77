import PQueue from 'p-queue';
import { sentence } from '../errors.ts';
import { parseExact, stringifyExact } from '../json/exactJson.ts';
import { jitter, withRetries } from '../retry.ts';
import type { Runtime } from '../runtime.ts';
import {
  M3terAuthenticationError,
  M3terNotFoundError,
  M3terRateLimitError,
  M3terRequestError,
  M3terResponseError,
  M3terUnavailableError,
} from './errors.ts';
import { TokenSource, unreachable, type M3terCredentials } from './tokens.ts';

export interface M3terHttpOptions extends M3terCredentials {
  readonly requestsPerSecond: number;
  /** Milliseconds for one request. */
  readonly timeout?: number;
  /** Tries after the first one. */
  readonly retries?: number;
}

/** Values of a query; a list is sent joined by commas, undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

const TIMEOUT_MS = 60_000;
const RETRIES = 4;
const BACKOFF = { base: 500, most: 8000 };
/** A longer wait than this is not worth holding a sweep for. */
const LONGEST_RETRY_AFTER_MS = 60_000;
const CONCURRENCY = 4;
/** What a Permission Policy calls the right to do it (m3ter's OpenAPI document, PermissionAction). */
const PERMISSIONS: Readonly<Record<string, string>> = {
  GET: 'config:retrieve',
  POST: 'config:create',
  PUT: 'config:update',
  DELETE: 'config:delete',
};

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Sent {
  readonly method: string;
  readonly url: string;
  /** JSON text. */
  readonly body: string | undefined;
}

function queueWithin(requestsPerSecond: number): PQueue {
  return new PQueue({ concurrency: CONCURRENCY, interval: 1000, intervalCap: requestsPerSecond, strict: true });
}

/** Requests to m3ter with a token, within the rate budget, retried where a retry can help and cannot harm. */
export class M3terHttp {
  private readonly options: M3terHttpOptions;
  private readonly runtime: Runtime;
  private readonly tokens: TokenSource;
  private queue: PQueue;
  private budget: number;
  private calls = 0;

  constructor(options: M3terHttpOptions, runtime: Runtime) {
    this.options = options;
    this.runtime = runtime;
    this.tokens = new TokenSource(options, runtime, options.timeout ?? TIMEOUT_MS);
    this.budget = options.requestsPerSecond;
    this.queue = queueWithin(this.budget);
  }

  get requestsPerSecond(): number {
    return this.budget;
  }

  /** Keeps to an equal part of the budget from the next request on. */
  shareWith(workers: number): void {
    const budget = Math.max(1, Math.floor(this.options.requestsPerSecond / workers));
    if (budget === this.budget) return;
    this.budget = budget;
    this.queue = queueWithin(budget);
  }

  /** Requests sent so far, retries included, tokens not. */
  get apiCalls(): number {
    return this.calls;
  }

  /**
   * The parsed answer to a GET.
   *
   * @param path such as `/organizations/ID/bills`
   * @throws {M3terAuthenticationError | M3terNotFoundError | M3terRequestError | M3terResponseError} at once
   * @throws {M3terUnavailableError} when retries did not help
   */
  get(path: string, query: Query = {}): Promise<unknown> {
    return this.parsed('GET', path, undefined, queryText(query), true);
  }

  /**
   * The parsed answer to a POST. It is sent again only where m3ter says that it did nothing (429): of an answer that
   * got lost nobody knows.
   *
   * @throws the errors of `get`
   */
  post(path: string, body: object): Promise<unknown> {
    return this.parsed('POST', path, stringifyExact(body), '', false);
  }

  /**
   * m3ter's answer as it came, whatever its status; only the token is seen to.
   *
   * @param pathAndQuery such as `/organizations/ID/externalmappings?pageSize=10`
   * @param body JSON text
   * @throws {M3terAuthenticationError} when m3ter refuses the access key
   * @throws {M3terUnavailableError} when there is no answer
   */
  raw(method: string, pathAndQuery: string, body?: string): Promise<RawAnswer> {
    return this.queue.add(async () => {
      const { response, text } = await this.send({ method, url: this.options.baseUrl + pathAndQuery, body });
      const contentType = response.headers.get('content-type') ?? 'application/json';
      return { status: response.status, contentType, body: text };
    });
  }

  private parsed(
    method: string,
    path: string,
    body: string | undefined,
    query: string,
    isRepeatable: boolean,
  ): Promise<unknown> {
    const sent = { method, url: this.options.baseUrl + path + query, body };
    return withRetries(
      () => this.queue.add(() => this.read(path, sent)),
      {
        retries: this.options.retries ?? RETRIES,
        delayOf: (error, attempt) => {
          if (!(error instanceof M3terUnavailableError)) return undefined;
          if (!isRepeatable && !(error instanceof M3terRateLimitError)) return undefined;
          return error.retryAfter ?? jitter(this.runtime.random, attempt, BACKOFF.base, BACKOFF.most);
        },
      },
      this.runtime,
    );
  }

  private async read(path: string, sent: Sent): Promise<unknown> {
    const { response, text } = await this.send(sent);
    const call = `${sent.method} ${path}`;
    if (!response.ok) throw refusal(call, response, text, this.runtime.now());
    try {
      return parseExact(text);
    } catch {
      throw new M3terResponseError(`m3ter answered ${call} with text that is not JSON. Check M3TER_BASE_URL.`);
    }
  }

  /** Sends with a token, and once more with a fresh one when m3ter does not take it. */
  private async send(sent: Sent): Promise<{ response: Response; text: string }> {
    let token = await this.tokens.get();
    let response = await this.fetch(sent, token);
    if (response.status === 401) {
      await response.body?.cancel();
      token = await this.tokens.get(token);
      response = await this.fetch(sent, token);
    }
    const text = await response.text().catch((error: unknown) => {
      throw unreachable(this.options.baseUrl, error);
    });
    return { response, text };
  }

  private fetch({ method, url, body }: Sent, token: string): Promise<Response> {
    this.calls += 1;
    return fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(this.options.timeout ?? TIMEOUT_MS), this.runtime.signal]),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      throw unreachable(this.options.baseUrl, error);
    });
  }
}

function queryText(query: Query): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const texts = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
      return `${name}=${texts.map(encodeURIComponent).join(',')}`;
    });
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** The error for an answer that is not 2xx. Source of the body's shape: m3ter's OpenAPI document, schema Error. */
function refusal(call: string, response: Response, text: string, now: Date): Error {
  const { status } = response;
  const what = sentence(`${call} answered ${status}${reasonIn(text)}`);
  if (status === 401) return new M3terAuthenticationError(`${what} m3ter does not take the token it gave out.`, status);
  if (status === 403) {
    const permission = PERMISSIONS[call.split(' ')[0] ?? ''] ?? 'to do it';
    return new M3terAuthenticationError(`${what} Give the Service User the permission ${permission} for it.`, status);
  }
  if (status === 404) return new M3terNotFoundError(`${what} m3ter has no such thing; check M3TER_ORG_ID.`);
  const wait = retryAfter(response, now);
  if (status === 429) {
    return new M3terRateLimitError(`${what} Lower M3TER_REQUESTS_PER_SECOND if this goes on.`, wait);
  }
  if (status === 408 || status >= 500) return new M3terUnavailableError(`${what} Try again later.`, wait);
  return new M3terRequestError(`${what} Report it: the agent sends what m3ter documents.`);
}

function reasonIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? `: ${message.slice(0, 300)}` : '';
  } catch {
    return '';
  }
}

/** Milliseconds from a Retry-After header, seconds or date; undefined for none and for a very long one. */
function retryAfter(response: Response, now: Date): number | undefined {
  const header = response.headers.get('retry-after') ?? '';
  const wait = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return wait >= 0 && wait <= LONGEST_RETRY_AFTER_MS ? wait : undefined;
}
