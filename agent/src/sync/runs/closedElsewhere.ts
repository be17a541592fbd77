import type { BatchStore } from '../../store/types.ts';
import type { Watch } from './watches.ts';

const LATEST = 1000;

/** Tells a watch of its batches that another process on the same store closed. */
export async function takeClosedElsewhere(
  batches: Pick<BatchStore, 'unfinished' | 'recent'>,
  watch: Watch,
): Promise<void> {
  const open = new Set((await batches.unfinished()).map(({ runKey }) => runKey));
  const closed = [...watch.runKeys].filter((key) => !watch.closed.has(key) && !open.has(key));
  if (closed.length === 0) return;
  const counts = new Map((await batches.recent(LATEST)).map((batch) => [batch.runKey, batch.counts]));
  for (const key of closed) watch.closed.set(key, counts.get(key) ?? {});
}
