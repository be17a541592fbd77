/**
 * A length of time in milliseconds: always the same; anything between two bounds; or, as answers of a busy server are,
 * log-normal with a long tail, given by the time that half of them stay below and the time that 99 of 100 stay below.
 */
export type Duration =
  number | { uniform: [least: number, most: number] } | { lognormal: { median: number; p99: number } };

/** The 99th percentile of the normal distribution with mean 0 and deviation 1. */
const Z99 = 2.3263478740408408;

const isLength = (value: unknown): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value);

/** Whether a value from outside is a duration. */
export function isDuration(value: unknown): value is Duration {
  if (isLength(value)) return true;
  const { uniform, lognormal } = (value ?? {}) as {
    uniform?: unknown;
    lognormal?: { median?: unknown; p99?: unknown };
  };
  if (Array.isArray(uniform)) {
    const [least, most] = uniform as unknown[];
    return uniform.length === 2 && isLength(least) && isLength(most) && least <= most;
  }
  const { median, p99 } = lognormal ?? {};
  return isLength(median) && isLength(p99) && 0 < median && median <= p99;
}

/** Draws a length in milliseconds; `fraction` gives numbers from 0 up to, but not, 1. */
export function drawDuration(duration: Duration, fraction: () => number): number {
  if (typeof duration === 'number') return duration;
  if ('uniform' in duration) {
    const [least, most] = duration.uniform;
    return least + (most - least) * fraction();
  }
  const { median, p99 } = duration.lognormal;
  return median * Math.exp((Math.log(p99 / median) / Z99) * normal(fraction));
}

/** A number with mean 0 and deviation 1, by the method of Box and Muller. */
function normal(fraction: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
}
