import { apart } from '../../json/apart.ts';
import type { Bill } from '../../m3ter/resources.ts';

/** Bills for which one call can look up Accounts and headers, and lines that fit in memory several times over. */
export const BATCH_LIMITS = { bills: 300, lineItems: 6000 } as const;

/**
 * Joins pages of Bills to batches. A Bill that comes twice, because others were made while m3ter paged, is passed on
 * once; `seen` gets the id of every Bill.
 *
 * @param most asked before each batch: Bills that it holds at the most
 */
export async function* toBatches(
  pages: AsyncIterable<readonly Bill[]>,
  seen: Set<string>,
  most: () => number = () => BATCH_LIMITS.bills,
): AsyncGenerator<Bill[]> {
  let batch: Bill[] = [];
  let lineItems = 0;
  let size = most();
  for await (const page of pages) {
    for (const bill of page) {
      if (seen.has(bill.id)) continue;
      seen.add(apart(bill.id));
      batch.push(bill);
      lineItems += bill.lineItems?.length ?? 0;
      if (batch.length < size && lineItems < BATCH_LIMITS.lineItems) continue;
      yield batch;
      batch = [];
      lineItems = 0;
      size = most();
    }
  }
  if (batch.length > 0) yield batch;
}
