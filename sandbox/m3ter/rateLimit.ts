/** Answers whether one more request is allowed. */
export type RateLimit = (request: { orgId: string; address: string }) => boolean;

const WINDOW_SECONDS = 300;

/**
 * m3ter's caps for the Config API: so many requests a second for an Organization, over which requests are refused for
 * the rest of that second, and so many in five rolling minutes for a source address, over which they are refused until
 * the rolling total falls. A refused request does not count.
 *
 * Source: m3ter, "Config API limits".
 *
 * @param clock milliseconds, from any start
 */
export function createRateLimit(caps: { perSecond: number; perFiveMinutes: number }, clock: () => number): RateLimit {
  const byOrg = new RollingCounts(1);
  const byAddress = new RollingCounts(WINDOW_SECONDS);
  return ({ orgId, address }) => {
    const second = Math.floor(clock() / 1000);
    if (byOrg.total(orgId, second) >= caps.perSecond) return false;
    if (byAddress.total(address, second) >= caps.perFiveMinutes) return false;
    byOrg.add(orgId, second);
    byAddress.add(address, second);
    return true;
  };
}

/** Counts by key over the last so many seconds, the running one included. */
class RollingCounts {
  private readonly seconds: number;
  private readonly counts = new Map<string, Map<number, number>>();

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  total(key: string, second: number): number {
    const counts = this.counts.get(key) ?? new Map<number, number>();
    let sum = 0;
    for (const [at, count] of counts) {
      if (at <= second - this.seconds) counts.delete(at);
      else sum += count;
    }
    return sum;
  }

  add(key: string, second: number): void {
    const counts = this.counts.get(key) ?? new Map<number, number>();
    counts.set(second, (counts.get(second) ?? 0) + 1);
    this.counts.set(key, counts);
  }
}
