import { meanCallMs } from './latency.ts';
import type { LatencyModel } from './latency.ts';

/** Calls at the same time of the floor. The agent begins with as many, and finds out what the org takes. */
export const CONCURRENCY = 4;
const RECORDS_PER_CALL = 5 * 200;

export interface Floor {
  /** The fewest calls that Salesforce's documented limits allow for these Bills and Line Items. */
  readonly calls: number;
  readonly milliseconds: number;
}

/**
 * What no client can go below that writes Bills and Line Items (no Runs) by `POST /composite`: five collections of 200
 * records in a call (REST API Developer Guide, "Composite"), a Bill never split over calls. Time: each call at the
 * model's average, over the calls at the same time.
 */
export function floorOf(lineCounts: readonly number[], latency: LatencyModel): Floor {
  const lines = lineCounts.reduce((sum, count) => sum + count, 0);
  const records = lineCounts.length + lines;
  const calls = Math.ceil(records / RECORDS_PER_CALL);
  const work = calls * meanCallMs(latency) + records * latency.perRecordMs;
  return { calls, milliseconds: work / CONCURRENCY };
}
