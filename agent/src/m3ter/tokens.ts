import { errorMessage } from '../errors.ts';
import { parseExact } from '../json/exactJson.ts';
import type { Runtime } from '../runtime.ts';
import { M3terAuthenticationError, M3terResponseError, M3terUnavailableError } from './errors.ts';

/** The access key of a Service User. */
export interface M3terKeys {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface M3terCredentials {
  readonly baseUrl: string;
  /** Asked for each token, so that keys that were replaced are used from the next token on. */
  readonly keys: () => Promise<M3terKeys>;
}

/** m3ter's own client renews this long before the end (its TypeScript SDK). */
const RENEW_EARLY_MS = 5 * 60_000;

interface Token {
  readonly text: string;
  readonly renewAt: number;
}

/** Access tokens by client credentials: kept until shortly before they end, and fetched once however many wait. */
export class TokenSource {
  private readonly credentials: M3terCredentials;
  private readonly runtime: Pick<Runtime, 'now' | 'signal'>;
  private readonly timeout: number;
  private token: Token | undefined;
  private pending: Promise<Token> | undefined;

  constructor(credentials: M3terCredentials, runtime: Pick<Runtime, 'now' | 'signal'>, timeout: number) {
    this.credentials = credentials;
    this.runtime = runtime;
    this.timeout = timeout;
  }

  /**
   * A token to use now; never `refused`, the one that m3ter has just answered 401 to.
   *
   * @throws {M3terAuthenticationError} when m3ter refuses the credentials
   * @throws {M3terUnavailableError} when m3ter cannot be reached
   */
  async get(refused?: string): Promise<string> {
    const { token } = this;
    const isGood = token && token.text !== refused && this.runtime.now().getTime() < token.renewAt;
    if (isGood) return token.text;
    this.pending ??= this.fetch().finally(() => (this.pending = undefined));
    this.token = await this.pending;
    return this.token.text;
  }

  private async fetch(): Promise<Token> {
    const { baseUrl, keys } = this.credentials;
    const { apiKey, apiSecret } = await keys();
    const response = await fetch(`${baseUrl}/oauth/token`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(this.timeout), this.runtime.signal]),
      headers: {
        authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    }).catch((error: unknown) => {
      throw unreachable(baseUrl, error);
    });
    const text = await response.text();
    if (response.status === 429 || response.status === 408 || response.status >= 500) {
      throw new M3terUnavailableError(`m3ter's token endpoint answered ${response.status}. Try again later.`);
    }
    if (!response.ok) {
      throw new M3terAuthenticationError(
        `m3ter refuses the access key (${response.status}). Check M3TER_API_KEY and M3TER_API_SECRET, or rotate the ` +
          'credential (m3ter-bills credential rotate NAME).',
        response.status,
      );
    }
    return this.read(text);
  }

  private read(text: string): Token {
    let answer: unknown;
    try {
      answer = parseExact(text);
    } catch {
      answer = undefined;
    }
    const { access_token: token, expires_in: seconds } = (answer ?? {}) as Record<string, unknown>;
    if (typeof token !== 'string' || typeof seconds !== 'number') {
      throw new M3terResponseError(
        `m3ter's token endpoint did not answer with a token and its lifetime. Check M3TER_BASE_URL.`,
      );
    }
    return { text: token, renewAt: this.runtime.now().getTime() + seconds * 1000 - RENEW_EARLY_MS };
  }
}

/** What a failed fetch becomes: m3ter is not there. */
export function unreachable(baseUrl: string, error: unknown): Error {
  const reason = error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : errorMessage(error);
  return new M3terUnavailableError(
    `m3ter at ${baseUrl} cannot be reached: ${reason}. Check M3TER_BASE_URL and the network.`,
    undefined,
    { cause: error },
  );
}
