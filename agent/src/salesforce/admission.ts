import type { Runtime } from '../runtime.ts';
import { leftOf, type Wait } from '../wait.ts';
import { API_BUDGET, SalesforceLimitError } from './errors.ts';

export interface AdmissionOptions {
  /** Of the org's daily allocation, whoever uses it: beyond this share the agent makes no calls. */
  readonly budgetPercent: number;
  /** Milliseconds between looks at the allocation while no calls are made. */
  readonly recheckEvery: number;
}

/** The calls of the last 24 hours that count against the org's allocation, those of others included. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
}

/** Reads the allocation, which is itself a call; undefined when Salesforce refuses even that. */
export type ReadUsage = () => Promise<Usage | undefined>;

/** From this share of the budget on, calls are made one at a time. */
const SLOW_FROM = 0.9;
const CONCURRENCY_PAUSE_MS = 30_000;

/**
 * Decides whether a call to the org may be made now. It keeps the agent within its share of the org's allocation, and
 * makes it leave an org alone that says it has had enough.
 */
export class Admission {
  private readonly options: AdmissionOptions;
  private readonly runtime: Pick<Runtime, 'now' | 'sleep'>;
  private known: Usage | undefined;
  private isRefused = false;
  private checkedAt = 0;
  private checking: Promise<void> | undefined;
  private pause: Wait = { since: 0, milliseconds: 0 };

  constructor(options: AdmissionOptions, runtime: Pick<Runtime, 'now' | 'sleep'>) {
    this.options = options;
    this.runtime = runtime;
  }

  /** What Salesforce last said; `budget` is the number of calls from which on the agent makes none. */
  get usage(): (Usage & { readonly budget: number }) | undefined {
    return this.known && { ...this.known, budget: this.budget(this.known) };
  }

  /** So little of the budget is left that calls are made one at a time. */
  get isShort(): boolean {
    return this.known !== undefined && this.known.used >= SLOW_FROM * this.budget(this.known);
  }

  /**
   * Returns when a call may be made.
   *
   * @throws {SalesforceLimitError} when none may be made for longer than a pause
   */
  async enter(readUsage: ReadUsage): Promise<void> {
    const pause = leftOf(this.pause, this.runtime.now());
    if (pause > 0) await this.runtime.sleep(pause);
    if (!this.isClosed) return;
    if (this.untilRecheck === 0) {
      this.checking ??= this.recheck(readUsage).finally(() => (this.checking = undefined));
      await this.checking;
    }
    if (this.isClosed) throw this.closedError();
  }

  /** Takes in what an answer said about the allocation. */
  note(usage: Usage): void {
    if (!this.isClosed) this.checkedAt = this.now();
    this.known = usage;
  }

  /** Takes in that the org refused a call because of a limit. */
  noteRefusal(error: SalesforceLimitError): void {
    if (error.isConcurrency) {
      const pause = { since: this.now(), milliseconds: error.retryAfter ?? CONCURRENCY_PAUSE_MS };
      if (pause.milliseconds > leftOf(this.pause, this.runtime.now())) this.pause = pause;
    } else if (error.isOfDay) {
      this.isRefused = true;
      this.checkedAt = this.now();
    }
  }

  private get isClosed(): boolean {
    return this.isRefused || (this.known !== undefined && this.known.used >= this.budget(this.known));
  }

  private get untilRecheck(): number {
    return leftOf({ since: this.checkedAt, milliseconds: this.options.recheckEvery }, this.runtime.now());
  }

  private async recheck(readUsage: ReadUsage): Promise<void> {
    this.checkedAt = this.now();
    const usage = await readUsage();
    if (usage === undefined) return;
    this.known = usage;
    this.isRefused = false;
  }

  private closedError(): SalesforceLimitError {
    const retryAfter = this.untilRecheck;
    if (this.isRefused) {
      return new SalesforceLimitError(
        'REQUEST_LIMIT_EXCEEDED',
        'The org has used up the API calls of its day (TotalRequests), so none are made until it recovers; the agent ' +
          'looks again by itself. See Setup, Company Information, API Requests.',
        { retryAfter },
      );
    }
    const { used = 0, limit = 0, budget = 0 } = this.usage ?? {};
    return new SalesforceLimitError(
      API_BUDGET,
      `The org has used ${used} of its ${limit} API calls a day; at ${budget} the agent stops and leaves the rest to ` +
        'others. It goes on by itself when the number falls; to allow more, raise SALESFORCE_API_BUDGET_PERCENT.',
      { retryAfter },
    );
  }

  private budget({ limit }: Usage): number {
    return Math.floor((limit * this.options.budgetPercent) / 100);
  }

  private now(): number {
    return this.runtime.now().getTime();
  }
}
