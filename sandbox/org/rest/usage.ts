/** A Developer Edition would allow 15,000 calls a day; the local org allows what an Enterprise Edition starts with. */
const DAILY_ALLOWANCE = 100_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * Counts API requests: against the allowance, of which the calls of the last 24 hours by the org's clock count, and by
 * route since the org was started.
 * https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
 */
export class Usage {
  private readonly now: () => Date;
  private allowance = DAILY_ALLOWANCE;
  /** Calls by the minute in which they came. */
  private readonly byMinute = new Map<number, number>();
  private requests = 0;
  private reading = 0;
  private readonly byRoute = new Map<string, number>();

  constructor(now: () => Date) {
    this.now = now;
  }

  /** Counts one request; a batch counts each of its subrequests. */
  count(route: string, { calls, isReading }: { calls: number; isReading: boolean }): void {
    this.requests += calls;
    if (isReading) this.reading += calls;
    this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1);
    this.byMinute.set(this.minute, (this.byMinute.get(this.minute) ?? 0) + calls);
  }

  /** Whether the calls are used up: the org refuses every further one. */
  get isUsedUp(): boolean {
    return this.used > this.allowance;
  }

  /** Sets the allowance. */
  allow(allowance: number): void {
    this.allowance = allowance;
  }

  /** Has so many calls count as used, just now. */
  use(used: number): void {
    this.byMinute.clear();
    this.byMinute.set(this.minute, used);
  }

  /** The text of the `Sforce-Limit-Info` header. */
  header(): string {
    return `api-usage=${this.used}/${this.allowance}`;
  }

  /** The body of the limits resource. */
  limits(): Record<string, { Max: number; Remaining: number }> {
    const remaining = Math.max(0, this.allowance - this.used);
    return {
      DailyApiRequests: { Max: this.allowance, Remaining: remaining },
      DailyWorkflowEmails: { Max: 1000, Remaining: 1000 },
      DataStorageMB: { Max: 1024, Remaining: 1024 },
      SingleEmail: { Max: 5000, Remaining: 5000 },
    };
  }

  /** For GET /sandbox/stats: all counted calls, those of them that only read, and how often each route was asked. */
  stats(): { apiRequests: number; reading: number; routes: Record<string, number> } {
    return {
      apiRequests: this.requests,
      reading: this.reading,
      routes: Object.fromEntries([...this.byRoute].toSorted()),
    };
  }

  private get minute(): number {
    return Math.floor(this.now().getTime() / MINUTE_MS);
  }

  private get used(): number {
    const first = this.minute - DAY_MINUTES + 1;
    for (const minute of this.byMinute.keys()) if (minute < first) this.byMinute.delete(minute);
    return [...this.byMinute.values()].reduce((sum, calls) => sum + calls, 0);
  }
}

/** What an org answers whose calls are used up, with status 403. */
export function limitExceeded(of: 'TotalRequests' | 'ConcurrentRequests'): unknown[] {
  const what = of === 'TotalRequests' ? of : 'ConcurrentRequests (Concurrent API Requests)';
  return [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: `${what} Limit exceeded.` }];
}
