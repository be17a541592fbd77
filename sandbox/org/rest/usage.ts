import type { FastifyInstance } from 'fastify';

/** A Developer Edition would allow 15,000 calls a day; the local org allows what an Enterprise Edition starts with. */
const DAILY_ALLOWANCE = 100_000;

/** Counts API requests since the org was started: against the day's allowance and by route. */
export class Usage {
  private used = 0;
  private allowance = DAILY_ALLOWANCE;
  private readonly byRoute = new Map<string, number>();

  /** Counts one request; a batch counts each of its subrequests. */
  count(route: string, calls = 1): void {
    this.used += calls;
    this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1);
  }

  /** Whether the day's calls are used up: the org refuses every further one. */
  get isUsedUp(): boolean {
    return this.used > this.allowance;
  }

  /** Sets the day's allowance, and how much of it counts as used. */
  allow(allowance: number, used = this.used): void {
    this.allowance = allowance;
    this.used = used;
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

  /** For GET /sandbox/stats: all counted requests, and how often each route was asked. */
  stats(): { apiRequests: number; routes: Record<string, number> } {
    return { apiRequests: this.used, routes: Object.fromEntries([...this.byRoute].toSorted()) };
  }
}

/** Serves the knob of the day's allowance: POST /sandbox/limits `{dailyApiRequests, used?}`. */
export function registerLimitKnob(app: FastifyInstance, usage: Usage): void {
  app.post('/sandbox/limits', (request, reply) => {
    const { dailyApiRequests, used } = (request.body ?? {}) as { dailyApiRequests?: unknown; used?: unknown };
    if (typeof dailyApiRequests !== 'number' || (used !== undefined && typeof used !== 'number')) {
      return reply.code(400).send({ error: 'Send {dailyApiRequests: number, used?: number}.' });
    }
    usage.allow(dailyApiRequests, used);
    return reply.send(usage.limits());
  });
}

/** What an org answers whose calls are used up, with status 403. */
export function limitExceeded(of: 'TotalRequests' | 'ConcurrentRequests'): unknown[] {
  const what = of === 'TotalRequests' ? of : 'ConcurrentRequests (Concurrent API Requests)';
  return [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: `${what} Limit exceeded.` }];
}
