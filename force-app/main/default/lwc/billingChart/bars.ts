import { ZERO, compare, toApproximateNumber } from 'c/decimal';
import type { Decimal } from 'c/decimal';

/** Width and height of the drawing, in its own units; it is stretched to its place. */
export const WIDTH = 240;
export const HEIGHT = 80;
const GAP = 4;
/** A month with a Bill is never drawn as nothing. */
const SMALLEST = 1;

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One bar per amount, from a common baseline; credits hang below it. */
export function bars(amounts: readonly Decimal[]): { bars: Bar[]; baseline: number } {
  const sizes = amounts.map(toApproximateNumber);
  const highest = Math.max(0, ...sizes);
  const lowest = Math.min(0, ...sizes);
  const unit = highest > lowest ? HEIGHT / (highest - lowest) : 0;
  const baseline = highest > lowest ? highest * unit : HEIGHT;
  const step = WIDTH / Math.max(1, sizes.length);
  const drawn = amounts.map((amount, index) => {
    const size = Math.abs(sizes[index] ?? 0) * unit;
    const height = compare(amount, ZERO) === 0 ? 0 : Math.max(SMALLEST, size);
    const y = compare(amount, ZERO) < 0 ? baseline : Math.max(0, baseline - height);
    return { x: index * step + GAP / 2, y, width: step - GAP, height };
  });
  return { bars: drawn, baseline };
}
