import { backfill } from './backfill.ts';
import { correctness } from './correctness.ts';
import { dataFolder } from './dataFolder.ts';
import { events } from './events.ts';
import { pages } from './pages.ts';
import type { Part } from './part.ts';
import { starts } from './starts.ts';
import { mixedBills, throughput } from './throughput.ts';
import { workers } from './workers.ts';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [
  throughput,
  correctness,
  starts,
  pages,
  events,
  workers,
  backfill,
  mixedBills,
  dataFolder,
];
