/** A Developer Edition would allow 15,000 calls a day; the local org allows what an Enterprise Edition starts with. */
const DAILY_ALLOWANCE = 100_000;

/** Counts API requests since the org was started: against the allowance and by route. */
export class Usage {
  private used = 0;
  private readonly byRoute = new Map<string, number>();

  /** Counts one request; a batch counts each of its subrequests. */
  count(route: string, calls = 1): void {
    this.used += calls;
    this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1);
  }

  /** The text of the `Sforce-Limit-Info` header. */
  header(): string {
    return `api-usage=${this.used}/${DAILY_ALLOWANCE}`;
  }

  /** The body of the limits resource. */
  limits(): Record<string, { Max: number; Remaining: number }> {
    const remaining = Math.max(0, DAILY_ALLOWANCE - this.used);
    return {
      DailyApiRequests: { Max: DAILY_ALLOWANCE, Remaining: remaining },
      DataStorageMB: { Max: 1024, Remaining: 1024 },
    };
  }

  /** For GET /sandbox/stats: all counted requests, and how often each route was asked. */
  stats(): { apiRequests: number; routes: Record<string, number> } {
    return { apiRequests: this.used, routes: Object.fromEntries([...this.byRoute].toSorted()) };
  }
}
