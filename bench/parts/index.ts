import type { Part } from './part.ts';
import { mixedBills, throughput } from './throughput.ts';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [throughput, mixedBills];
