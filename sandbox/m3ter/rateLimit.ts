/** Answers whether one more request of an org is allowed in the running second. */
export type RateLimit = (orgId: string) => boolean;

/**
 * m3ter's cap for an Organization: over it, requests are refused for the rest of that second.
 *
 * @param clock milliseconds, from any start
 */
export function createRateLimit(requestsPerSecond: number, clock: () => number): RateLimit {
  let second = -1;
  let counts = new Map<string, number>();
  return (orgId) => {
    const current = Math.floor(clock() / 1000);
    if (current !== second) {
      second = current;
      counts = new Map();
    }
    const count = (counts.get(orgId) ?? 0) + 1;
    counts.set(orgId, count);
    return count <= requestsPerSecond;
  };
}
