import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import PQueue from 'p-queue';
import { errorMessage } from '../errors.ts';
import { stringifyExact } from '../json/exactJson.ts';
import { jitter, withRetries } from '../retry.ts';
import type { Runtime } from '../runtime.ts';
import { tokenParameters, type SalesforceCredentials } from './credentials.ts';
import {
  classify,
  SalesforceAuthenticationError,
  SalesforceError,
  SalesforceLimitError,
  SalesforceSetupError,
} from './errors.ts';
import { isLocal, salesforceOrigin } from './hosts.ts';

export interface SalesforceOptions {
  readonly loginUrl: string;
  readonly credentials: SalesforceCredentials;
  /** Calls at the same time. */
  readonly concurrency: number;
  /** Milliseconds for one call. */
  readonly timeout?: number;
  /** Tries after the first one. */
  readonly retries?: number;
}

interface Session {
  readonly connection: Connection;
  /** 18 characters. */
  readonly orgId: string;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const API_VERSION = '67.0';
const TIMEOUT_MS = 60_000;
const RETRIES = 3;
const BACKOFF = { base: 2000, most: 10_000 };
const CONCURRENCY_BACKOFF_MS = 30_000;

/** What the readers and writers of the org need of a connection. */
export type SalesforceCalls = Pick<SalesforceConnection, 'request' | 'retrying'>;

/** The org and the API version below which `path` of `request` lies. */
export const API_ROOT = `/services/data/v${API_VERSION}`;

/**
 * Calls to one org. jsforce signs in and carries the requests; time-outs, concurrency, retries and signing in again
 * are ours, because jsforce's own never end or never begin.
 */
export class SalesforceConnection {
  private readonly options: SalesforceOptions;
  private readonly runtime: Runtime;
  private readonly queue: PQueue;
  private session: Session | undefined;
  private signingIn: Promise<Session> | undefined;
  private calls = 0;

  constructor(options: SalesforceOptions, runtime: Runtime) {
    this.options = { ...options, loginUrl: salesforceOrigin(options.loginUrl, 'SALESFORCE_LOGIN_URL') };
    this.runtime = runtime;
    this.queue = new PQueue({ concurrency: options.concurrency });
  }

  /** Calls to the data API so far, retries included. Signing in does not count against the org's allowance. */
  get apiCalls(): number {
    return this.calls;
  }

  /** What Salesforce last said about the day's allowance. */
  get usage(): { readonly used: number; readonly limit: number } | undefined {
    return this.session?.connection.limitInfo.apiUsage;
  }

  /**
   * Signs in when there is no session yet, and tells the org's id (18 characters).
   *
   * @throws {SalesforceAuthenticationError} when the org refuses the credentials
   */
  async orgId(): Promise<string> {
    return (await this.retrying(() => this.signedIn())).orgId;
  }

  /**
   * One call to the data API; the body is written with exact numbers.
   *
   * @param path below the version, such as `/composite`, or absolute, such as a nextRecordsUrl
   * @throws {SalesforceError} and the other errors of errors.ts, when retries did not help or cannot
   */
  request(method: Method, path: string, body?: unknown): Promise<unknown> {
    const text = body === undefined ? undefined : stringifyExact(body);
    return this.retrying(() => this.queue.add(() => this.sendSignedIn(method, path, text)));
  }

  /** Does `work` again after a while as long as it throws an error that passes. */
  retrying<T>(work: () => Promise<T>): Promise<T> {
    const delayOf = (error: Error, attempt: number): number | undefined => {
      if (error instanceof SalesforceLimitError) return error.isConcurrency ? CONCURRENCY_BACKOFF_MS : undefined;
      const isTransient = error instanceof SalesforceError && error.errorClass === 'transient';
      if (isTransient && error.code === 'TIMEOUT' && attempt > 1) return undefined;
      return isTransient ? jitter(this.runtime.random, attempt, BACKOFF.base, BACKOFF.most) : undefined;
    };
    return withRetries(work, { retries: this.options.retries ?? RETRIES, delayOf }, this.runtime);
  }

  /** Signs in again once when the session is over; a fresh session that is refused too is an error. */
  private async sendSignedIn(method: Method, path: string, body: string | undefined): Promise<unknown> {
    const session = await this.signedIn();
    try {
      return await this.send(session, method, path, body);
    } catch (error) {
      if (!(error instanceof SalesforceError) || error.errorClass !== 'auth') throw error;
      if (this.session === session) this.session = undefined;
    }
    try {
      return await this.send(await this.signedIn(), method, path, body);
    } catch (error) {
      if (!(error instanceof SalesforceError) || error.errorClass !== 'auth') throw error;
      throw new SalesforceAuthenticationError(
        `Salesforce refuses a session that has just begun (${error.code}). Check the External Client App and its user.`,
      );
    }
  }

  private signedIn(): Promise<Session> {
    if (this.session) return Promise.resolve(this.session);
    this.signingIn ??= this.signIn().finally(() => (this.signingIn = undefined));
    return this.signingIn;
  }

  private async signIn(): Promise<Session> {
    const { loginUrl, credentials } = this.options;
    const { clientId } = credentials;
    const clientSecret = credentials.kind === 'clientCredentials' ? credentials.clientSecret : undefined;
    const signIn = new jsforce.Connection({
      version: API_VERSION,
      loginUrl,
      oauth2: { loginUrl, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) },
    });
    const parameters = tokenParameters(credentials, loginUrl, this.runtime.now());
    try {
      await this.inTime(signIn.authorize(parameters));
    } catch (error) {
      throw signInError(error, loginUrl);
    }
    const origin = salesforceOrigin(signIn.instanceUrl, 'The instance URL of the org,');
    if (isLocal(new URL(origin)) && !isLocal(new URL(loginUrl))) {
      throw new SalesforceSetupError(`Salesforce named ${origin} as the org's address. Check SALESFORCE_LOGIN_URL.`);
    }
    // A connection that knows no OAuth client does not try to renew its session by itself.
    const accessToken = signIn.accessToken ?? '';
    const connection = new jsforce.Connection({ version: API_VERSION, instanceUrl: origin, accessToken });
    this.session = { connection, orgId: signIn.userInfo?.organizationId ?? '' };
    return this.session;
  }

  /** jsforce cannot time a sign-in out. */
  private inTime<T>(work: Promise<T>): Promise<T> {
    const timeout = AbortSignal.timeout(this.options.timeout ?? TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      timeout.addEventListener('abort', () => reject(new DOMException('no answer in time', 'AbortError')));
      work.then(resolve, reject);
    });
  }

  private async send(
    { connection }: Session,
    method: Method,
    path: string,
    body: string | undefined,
  ): Promise<unknown> {
    this.calls += 1;
    const url = path.startsWith('/services/') ? path : API_ROOT + path;
    try {
      return await connection.request(
        { method, url, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }) },
        { retry: { maxRetries: 0 }, timeout: this.options.timeout ?? TIMEOUT_MS, followRedirect: false },
      );
    } catch (error) {
      throw callError(error, `${method} ${url.split('?')[0]}`);
    }
  }
}

type JsforceError = Error & { errorCode?: unknown; data?: unknown };

/** The typed error for what jsforce throws. Errors without a code come from the network. */
function callError(thrown: unknown, call: string): Error {
  const error = thrown as JsforceError;
  if (typeof error.errorCode !== 'string') return networkError(thrown, `Salesforce did not answer ${call}`);
  const first = error.errorCode === 'MULTIPLE_API_ERRORS' ? firstError(error.data) : undefined;
  const code = first?.errorCode ?? error.errorCode;
  const message = `Salesforce refused ${call}: ${code}: ${(first?.message ?? error.message).slice(0, 1000)}`;
  const errorClass = classify(code, first?.message ?? error.message);
  if (errorClass === 'limit') return new SalesforceLimitError(code, `${message}. Wait until the org's limit recovers.`);
  if (errorClass === 'setup') {
    return new SalesforceSetupError(`${message}. Give the agent's user the permission set m3ter Sync Agent.`);
  }
  return new SalesforceError(code, message, errorClass, { cause: thrown });
}

function firstError(data: unknown): { errorCode: string; message: string } | undefined {
  const [first] = Array.isArray(data) ? (data as Array<{ errorCode?: unknown; message?: unknown }>) : [];
  return typeof first?.errorCode === 'string'
    ? { errorCode: first.errorCode, message: typeof first.message === 'string' ? first.message : '' }
    : undefined;
}

function networkError(thrown: unknown, what: string): SalesforceError {
  const isTimeout = thrown instanceof Error && thrown.name === 'AbortError';
  const reason = isTimeout ? 'no answer in time' : errorMessage(thrown);
  return new SalesforceError(
    isTimeout ? 'TIMEOUT' : 'NETWORK',
    `${what}: ${reason}. Check the network and the org.`,
    'transient',
    {
      cause: thrown,
    },
  );
}

/** jsforce makes the code of an OAuth error (RFC 6749), such as `invalid_client`, its name; some answers have none. */
function signInError(thrown: unknown, loginUrl: string): Error {
  const { name, message } = thrown as { name?: string; message: string };
  if (name === undefined) {
    return new SalesforceError('BAD_ANSWER', `Salesforce at ${loginUrl} gave no reason. Try again.`, 'transient');
  }
  if (/^ERROR_HTTP_(?:408|420|429|5\d\d)$/.test(name) || name === 'server_error') {
    return new SalesforceError(name, `Salesforce at ${loginUrl} cannot sign in now (${name}). Try again.`, 'transient');
  }
  if (/^[a-z_]+$/.test(name) || name.startsWith('ERROR_HTTP_')) {
    return new SalesforceAuthenticationError(
      `Salesforce at ${loginUrl} refuses the credentials: ${name}: ${message.slice(0, 300)}. ` +
        'Check SALESFORCE_CLIENT_ID, the secret or key, and the External Client App.',
    );
  }
  return networkError(thrown, `Salesforce at ${loginUrl} did not answer`);
}
