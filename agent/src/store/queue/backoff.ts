import type { QueueSettings } from './settings.ts';

/**
 * Seconds to wait after a failed attempt: doubles each time, less up to half at random so that Bills that failed together do
 * not come back together.
 *
 * @param attempt from 1
 * @param random from 0 up to 1
 */
export function backoffSeconds(
  attempt: number,
  { retryDelaySeconds, retryDelayMaxSeconds }: QueueSettings,
  random: number,
): number {
  // No delay needs more doublings, and more would not be finite.
  const doublings = Math.min(attempt - 1, 30);
  return Math.min(retryDelayMaxSeconds, retryDelaySeconds * 2 ** doublings) * (1 - random / 2);
}
