/** Salesforce's limits for one `POST /composite` (REST API Developer Guide, "Composite") and how many Bills we put in one. */
export const PACK_LIMITS = {
  /** sObject collection operations in one call. */
  collectionOperations: 5,
  subrequests: 25,
  recordsPerCollection: 200,
  /** Plain header subrequests that leave room for all collection operations. */
  plainHeaders: 20,
  defaultBillsPerPack: 80,
} as const;

/** What a Bill brings into a call: one header, one child Run and these. */
export interface PackItem {
  /** Line Items to upsert. */
  readonly lineCount: number;
  /** Line Items of an earlier send to delete. */
  readonly staleCount: number;
}

/** The Bills of one call. `plain`: every header is a subrequest of its own; `collection`: all headers are in one. */
export interface Pack<T extends PackItem> {
  readonly items: readonly T[];
  readonly headers: 'plain' | 'collection';
}

export interface Packing<T extends PackItem> {
  readonly packs: readonly Pack<T>[];
  /** Bills that no call can hold alone: they are written in phases. */
  readonly oversize: readonly T[];
}

interface Size {
  bills: number;
  lines: number;
  stale: number;
}

const CHILD_RUN_OPERATIONS = 1;

const collections = (records: number): number => Math.ceil(records / PACK_LIMITS.recordsPerCollection);

/** How the headers of a call of this size are written; null when no way stays within the limits. */
function headersOf({ bills, lines, stale }: Size): Pack<PackItem>['headers'] | null {
  const operations = CHILD_RUN_OPERATIONS + collections(lines) + collections(stale);
  const inCollections = operations + collections(bills);
  if (bills > PACK_LIMITS.recordsPerCollection) return null;
  if (inCollections <= PACK_LIMITS.collectionOperations) return 'collection';
  const fitsPlain =
    bills <= PACK_LIMITS.plainHeaders &&
    operations <= PACK_LIMITS.collectionOperations &&
    operations + bills <= PACK_LIMITS.subrequests;
  return fitsPlain ? 'plain' : null;
}

const plus = (size: Size, item: PackItem): Size => ({
  bills: size.bills + 1,
  lines: size.lines + item.lineCount,
  stale: size.stale + item.staleCount,
});

const EMPTY: Size = { bills: 0, lines: 0, stale: 0 };

/**
 * Puts Bills into calls: each into the first call that still has room, so that Bills keep their order within a call
 * and calls come in the order of their first Bill. A Bill is never split over calls.
 */
export function packBills<T extends PackItem>(items: readonly T[], maxBillsPerPack?: number): Packing<T> {
  const maxBills = Math.max(1, maxBillsPerPack ?? PACK_LIMITS.defaultBillsPerPack);
  const open: { size: Size; items: T[] }[] = [];
  const oversize: T[] = [];
  for (const item of items) {
    const alone = plus(EMPTY, item);
    if (headersOf(alone) === null) {
      oversize.push(item);
      continue;
    }
    const pack = open.find(({ size }) => size.bills < maxBills && headersOf(plus(size, item)) !== null);
    if (pack) {
      pack.items.push(item);
      pack.size = plus(pack.size, item);
    } else open.push({ size: alone, items: [item] });
  }
  const packs = open.map(({ size, items: packed }) => ({ items: packed, headers: headersOf(size) ?? 'collection' }));
  return { packs, oversize };
}

/** A half-open range of indexes, at most one collection long. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One call of a Bill written in phases: a plain header, then these line upserts and stale deletes. */
export interface Phase {
  readonly lines: readonly Range[];
  readonly stale: readonly Range[];
  /** The call that marks the Bill Complete and writes its child Run; the calls before it mark it Writing. */
  readonly isLast: boolean;
}

/** The calls that write a Bill which no single call can hold: all lines first, then the deletes, then the mark. */
export function planPhases({ lineCount, staleCount }: PackItem): readonly Phase[] {
  const operations = [
    ...ranges(lineCount).map((range) => ({ isLine: true, range })),
    ...ranges(staleCount).map((range) => ({ isLine: false, range })),
  ];
  const perPhase = PACK_LIMITS.collectionOperations - CHILD_RUN_OPERATIONS;
  const phaseCount = Math.max(1, Math.ceil(operations.length / perPhase));
  return Array.from({ length: phaseCount }, (_, phase) => {
    const own = operations.slice(phase * perPhase, (phase + 1) * perPhase);
    return {
      lines: own.filter(({ isLine }) => isLine).map(({ range }) => range),
      stale: own.filter(({ isLine }) => !isLine).map(({ range }) => range),
      isLast: phase === phaseCount - 1,
    };
  });
}

function ranges(count: number): Range[] {
  const size = PACK_LIMITS.recordsPerCollection;
  return Array.from({ length: collections(count) }, (_, index) => ({
    from: index * size,
    to: Math.min(count, (index + 1) * size),
  }));
}
