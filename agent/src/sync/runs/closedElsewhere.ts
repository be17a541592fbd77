import type { BatchStore, CountedBatch } from '../../store/types.ts';
import type { Watch } from './watches.ts';

const LATEST = 1000;

/**
 * Tells a watch of its batches that another process on the same store closed.
 *
 * @returns those of its batches that are still open
 */
export async function takeClosedElsewhere(
  batches: Pick<BatchStore, 'unfinished' | 'recent'>,
  watch: Watch,
): Promise<CountedBatch[]> {
  const open = (await batches.unfinished()).filter(({ runKey }) => watch.runKeys.has(runKey));
  const openKeys = new Set(open.map(({ runKey }) => runKey));
  const closed = [...watch.runKeys].filter((key) => !watch.closed.has(key) && !openKeys.has(key));
  if (closed.length === 0) return open;
  const counts = new Map((await batches.recent(LATEST)).map((batch) => [batch.runKey, batch.counts]));
  for (const key of closed) watch.closed.set(key, counts.get(key) ?? {});
  return open;
}
