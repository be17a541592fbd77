import { setImmediate as turn } from 'node:timers/promises';
import PQueue from 'p-queue';
import { AuthenticationError } from '../errors.ts';
import { stringifyExact } from '../json/exactJson.ts';
import { jitter, spread, withRetries } from '../retry.ts';
import type { Runtime } from '../runtime.ts';
import { leftOf, type Wait } from '../wait.ts';
import { Admission, type Usage } from './admission.ts';
import { callError } from './callErrors.ts';
import { callName, CSV_TYPE, JSON_TYPE, makeCall, type Call, type Method } from './httpCall.ts';
import { Pace } from './pace.ts';
import { SalesforceAuthenticationError, SalesforceError, SalesforceLimitError, type ErrorClass } from './errors.ts';
import { checkedSignIn, signIn, type SalesforceSession, type SignIn } from './session.ts';

export interface SalesforceOptions extends SignIn {
  /** Calls that write, and calls that only read, at the same time at the most. */
  readonly concurrency: number;
  /** Bodies of so many characters and more are sent compressed; default 8,192, and none to this machine. */
  readonly compressFrom?: number;
  /** Milliseconds for one call; those that carry the data of bulk jobs have ten minutes. */
  readonly timeout?: number;
  /** Tries after the first one. */
  readonly retries?: number;
  /** Share of the org's daily allocation beyond which the agent makes no calls; default 80. */
  readonly budgetPercent?: number;
  /** Milliseconds between looks at the allocation while no calls may be made; default five minutes. */
  readonly recheckLimitsEvery?: number;
}

const TIMEOUT_MS = 60_000;
const RETRIES = 3;
const BACKOFF = { base: 2000, most: 10_000 };
const CONCURRENCY_BACKOFF_MS = 30_000;
const BUDGET_PERCENT = 80;
const RECHECK_LIMITS_MS = 5 * 60_000;
/** A user whose sign-in is refused again and again is locked out. */
const REFUSAL_PAUSE_MS = 30_000;

/** What the readers and writers of the org need of a connection. */
export type SalesforceCalls = Pick<SalesforceConnection, 'request' | 'retrying'>;

/**
 * Calls to one org. jsforce signs in; the calls themselves are ours, because jsforce hides the headers of answers,
 * renews refused sessions without end, and has neither a limit on calls at the same time nor one for bodies that never
 * come.
 */
export class SalesforceConnection {
  private readonly options: SalesforceOptions;
  private readonly runtime: Runtime;
  private readonly writing: PQueue;
  /** Apart from those that write: what is to be written next is known by the time that there is room for it. */
  private readonly reading: PQueue;
  private readonly admission: Admission;
  /** How many calls at the same time and how large the org takes, from how they went. */
  readonly pace: Pace;
  private session: SalesforceSession | undefined;
  private signingIn: Promise<SalesforceSession> | undefined;
  private refusal: { readonly error: AuthenticationError; readonly pause: Wait } | undefined;
  private calls = 0;
  /** Errors for which everything was tried. */
  private readonly spent = new WeakSet<Error>();
  private readonly errors: Partial<Record<ErrorClass, number>> = {};

  /** @throws {SetupError} when the login URL is none */
  constructor(options: SalesforceOptions, runtime: Runtime) {
    this.options = { ...options, ...checkedSignIn(options) };
    this.runtime = runtime;
    this.pace = new Pace(options.concurrency);
    this.writing = new PQueue({ concurrency: this.pace.lanes });
    this.reading = new PQueue({ concurrency: this.pace.lanes });
    const { budgetPercent = BUDGET_PERCENT, recheckLimitsEvery = RECHECK_LIMITS_MS } = options;
    this.admission = new Admission({ budgetPercent, recheckEvery: recheckLimitsEvery }, runtime);
  }

  /** Calls to the data API so far, retries included. Signing in does not count against the org's allocation. */
  get apiCalls(): number {
    return this.calls;
  }

  /** Calls that failed so far, by the class of the error, retries included. */
  get errorsByClass(): Readonly<Partial<Record<ErrorClass, number>>> {
    return this.errors;
  }

  /** What Salesforce last said about the day's allocation, and where the agent stops; undefined before the first call. */
  get usage(): (Usage & { readonly budget: number }) | undefined {
    return this.admission.usage;
  }

  /** Calls that write at the same time, as things are. */
  get lanes(): number {
    return this.admission.isShort ? 1 : this.pace.lanes;
  }

  /**
   * Signs in when there is no session yet, and tells the org's id (18 characters).
   *
   * @throws {SalesforceAuthenticationError} when the org refuses the credentials
   */
  async orgId(): Promise<string> {
    return (await this.retrying(() => this.signedIn())).orgId;
  }

  /** The record id of the user that the agent works as. */
  async userId(): Promise<string> {
    const { userId } = await this.retrying(() => this.signedIn());
    if (userId !== '') return userId;
    // The Salesforce CLI does not always know whom a token is of.
    const { user_id: id } = (await this.request('GET', '/services/oauth2/userinfo')) as { user_id?: unknown };
    return typeof id === 'string' ? id : '';
  }

  /** Where people reach the org: `https://HOST`. */
  async origin(): Promise<string> {
    return (await this.retrying(() => this.signedIn())).origin;
  }

  /** Signs in anew before the next call, also when it was refused a moment ago. */
  forgetSession(): void {
    this.session = undefined;
    this.refusal = undefined;
  }

  /**
   * One call to the data API; the body is written with exact numbers.
   *
   * @param path below the version, such as `/composite`, or absolute, such as a nextRecordsUrl
   * @param isReading the call changes nothing in the org, and does not wait for those that do
   * @throws {SalesforceLimitError} before any call when the budget is used up or the org refuses more
   * @throws {SalesforceError} and the other errors of errors.ts, when retries did not help or cannot
   */
  request(method: Method, path: string, body?: unknown, isReading = method === 'GET'): Promise<unknown> {
    const content = body === undefined ? {} : { body: once(() => stringifyExact(body)) };
    return this.admitted({ method, path, type: JSON_TYPE, isReading, ...content });
  }

  /**
   * Puts the data of a bulk job.
   *
   * @throws the errors of `request`
   */
  async upload(path: string, csv: string): Promise<void> {
    await this.admitted({ method: 'PUT', path, type: CSV_TYPE, body: () => csv, isReading: false });
  }

  /**
   * Reads the results of a bulk job.
   *
   * @throws the errors of `request`
   */
  async download(path: string): Promise<string> {
    return String(await this.admitted({ method: 'GET', path, type: CSV_TYPE, isReading: true }));
  }

  private admitted(call: Call): Promise<unknown> {
    return this.retrying(() =>
      this.queueOf(call).add(async () => {
        await this.admission.enter(() => this.readUsage());
        // Of several calls that begin together the first leaves before the next is written.
        await turn();
        return this.sendSignedIn(call);
      }),
    );
  }

  /** When calls are to be made one at a time, there is one queue for all. */
  private queueOf({ isReading }: Call): PQueue {
    return isReading && !this.admission.isShort ? this.reading : this.writing;
  }

  /**
   * Does `work` again after a while as long as it throws an error that passes; an error that calls within it were
   * retried for already goes on.
   */
  retrying<T>(work: () => Promise<T>): Promise<T> {
    const { random } = this.runtime;
    const delayOf = (error: Error, attempt: number): number | undefined => {
      if (this.spent.has(error)) return undefined;
      if (error instanceof SalesforceLimitError) {
        return error.isConcurrency ? spread(random, error.retryAfter ?? CONCURRENCY_BACKOFF_MS) : undefined;
      }
      if (!(error instanceof SalesforceError) || error.errorClass !== 'transient') return undefined;
      if (error.code === 'TIMEOUT' && attempt > 1) return undefined;
      if (error.retryAfter !== undefined) return spread(random, error.retryAfter);
      return jitter(random, attempt, BACKOFF.base, BACKOFF.most);
    };
    const policy = { retries: this.options.retries ?? RETRIES, delayOf };
    return withRetries(work, policy, this.runtime).catch((error: unknown) => {
      if (error instanceof Error) this.spent.add(error);
      throw error;
    });
  }

  /** Signs in again once when the session is over; a fresh session that is refused too is an error. */
  private async sendSignedIn(call: Call): Promise<unknown> {
    const session = await this.signedIn();
    try {
      return await this.send(session, call);
    } catch (error) {
      if (!(error instanceof SalesforceError) || error.errorClass !== 'auth') throw error;
      if (this.session === session) this.session = undefined;
    }
    const fresh = await this.signedIn();
    try {
      return await this.send(fresh, call);
    } catch (error) {
      if (!(error instanceof SalesforceError) || error.errorClass !== 'auth') throw error;
      if (this.session === fresh) this.session = undefined;
      throw this.refused(
        new SalesforceAuthenticationError(
          `Salesforce refuses a session that has just begun (${error.code}). Check the External Client App, its user ` +
            'and its permitted IP addresses.',
        ),
      );
    }
  }

  private signedIn(): Promise<SalesforceSession> {
    if (this.session) return Promise.resolve(this.session);
    const { refusal } = this;
    if (refusal && leftOf(refusal.pause, this.runtime.now()) > 0) return Promise.reject(refusal.error);
    this.signingIn ??= this.signIn().finally(() => (this.signingIn = undefined));
    return this.signingIn;
  }

  private async signIn(): Promise<SalesforceSession> {
    try {
      this.session = await signIn(this.options, this.runtime, this.timeout);
      return this.session;
    } catch (error) {
      throw error instanceof AuthenticationError ? this.refused(error) : error;
    }
  }

  private refused(error: AuthenticationError): AuthenticationError {
    this.refusal = { error, pause: { since: this.runtime.now().getTime(), milliseconds: REFUSAL_PAUSE_MS } };
    return error;
  }

  private async readUsage(): Promise<Usage | undefined> {
    try {
      const call = { method: 'GET', path: '/limits', type: JSON_TYPE, isReading: true } as const;
      const limits = (await this.sendSignedIn(call)) as {
        DailyApiRequests?: { Max?: unknown; Remaining?: unknown };
      } | null;
      const { Max: limit, Remaining: remaining } = limits?.DailyApiRequests ?? {};
      return typeof limit === 'number' && typeof remaining === 'number'
        ? { used: limit - remaining, limit }
        : undefined;
    } catch (error) {
      if (error instanceof SalesforceError) return undefined;
      throw error;
    }
  }

  private async send(session: SalesforceSession, sent: Call): Promise<unknown> {
    const body = sent.body?.();
    const call = callName(sent);
    const startedAt = this.runtime.now();
    const { timeout, options } = this;
    this.calls += 1;
    try {
      const { response, text } = await makeCall(
        session,
        { ...sent, body },
        { timeout, compressFrom: options.compressFrom },
      );
      this.noteUsage(response.headers);
      if (!response.ok) {
        const retryAfter = response.headers.get('retry-after');
        throw callError(call, { status: response.status, text, retryAfter }, this.runtime.now());
      }
      if (sent.type === CSV_TYPE) return text;
      if (sent.body !== undefined) this.pace.noteAnswer(startedAt, this.runtime.now());
      return text === '' ? undefined : readJson(text, call);
    } catch (error) {
      if (error instanceof SalesforceLimitError) this.admission.noteRefusal(error);
      if (isCongestion(error)) this.pace.noteTrouble(startedAt, this.runtime.now());
      const errorClass = error instanceof SalesforceError ? error.errorClass : 'setup';
      this.errors[errorClass] = (this.errors[errorClass] ?? 0) + 1;
      throw error;
    } finally {
      this.writing.concurrency = this.lanes;
      this.reading.concurrency = this.lanes;
    }
  }

  private noteUsage(headers: Headers): void {
    const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
    if (used === undefined || limit === undefined) return;
    this.admission.note({ used: Number(used), limit: Number(limit) });
  }

  private get timeout(): number {
    return this.options.timeout ?? TIMEOUT_MS;
  }
}

function once(write: () => string): () => string {
  let text: string | undefined;
  return () => (text ??= write());
}

/** Errors that less at the same time may avoid. */
function isCongestion(error: unknown): boolean {
  if (error instanceof SalesforceLimitError) return error.isConcurrency;
  return error instanceof SalesforceError && error.errorClass === 'transient';
}

function readJson(text: string, call: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SalesforceError(
      'BAD_ANSWER',
      `Salesforce answered ${call} with text that is not JSON. Try again.`,
      'transient',
    );
  }
}
