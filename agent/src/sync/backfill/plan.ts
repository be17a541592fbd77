import { PACK_LIMITS } from '../../rules/packing.ts';

/** Bills and Line Items of one round of bulk jobs: what fits in memory, and far below a job's 100 MB. */
export const ROUND_LIMITS = { bills: 5000, lineItems: 60_000 } as const;

/** What Salesforce takes, roughly: its documents name no numbers, so these are for planning alone. */
const ROWS_PER_SECOND = { composite: 500, bulk: 1500 } as const;
/** A round is five jobs: create, upload, close, look two or three times, and two reads of results. */
const CALLS_PER_ROUND = 26;
/** Of a call that is full: 200 child Runs and 600 Line Items beside up to 200 headers. */
const LINES_PER_CALL = 3 * PACK_LIMITS.recordsPerCollection;
const BILLS_PER_PAGE = 100;

/** By which of Salesforce's APIs the Bills go. */
export type Way = 'composite' | 'bulk';

/** What a backfill is going to do, as far as it can be told before. */
export interface Plan {
  /** Bills of the range. */
  readonly bills: number;
  /** Those that are new or changed and that the rules let through, as far as m3ter's list tells. */
  readonly toSend: number;
  /** Of these, from a sample. */
  readonly lineItems: number;
  readonly way: Way;
  /** About so many calls more. */
  readonly calls: { readonly salesforce: number; readonly m3ter: number };
  /** About so long. */
  readonly seconds: number;
}

export interface PlanInput {
  readonly bills: number;
  readonly toSend: number;
  /** Line Items of a Bill on average. */
  readonly linesPerBill: number;
  /** Records from which on bulk jobs are used; Infinity where they are not allowed. */
  readonly bulkFromRecords: number;
  /** Calls to Salesforce at the same time. */
  readonly lanes: number;
  readonly m3terRequestsPerSecond: number;
}

/** Chooses the way, and estimates calls and time. */
export function planOf({
  bills,
  toSend,
  linesPerBill,
  bulkFromRecords,
  lanes,
  m3terRequestsPerSecond,
}: PlanInput): Plan {
  const lineItems = Math.round(toSend * linesPerBill);
  // Header, child Run and lines.
  const rows = 2 * toSend + lineItems;
  const way = toSend + lineItems >= bulkFromRecords ? 'bulk' : 'composite';
  const rounds = Math.ceil(Math.max(toSend / ROUND_LIMITS.bills, lineItems / ROUND_LIMITS.lineItems));
  const packs = Math.ceil(Math.max(toSend / PACK_LIMITS.defaultBillsPerPack, lineItems / LINES_PER_CALL));
  const m3ter = Math.ceil(toSend / BILLS_PER_PAGE);
  const writing = rows / (way === 'bulk' ? ROWS_PER_SECOND.bulk : ROWS_PER_SECOND.composite * lanes);
  return {
    ...{ bills, toSend, lineItems, way },
    calls: { salesforce: way === 'bulk' ? rounds * CALLS_PER_ROUND : packs, m3ter },
    seconds: Math.ceil(Math.max(writing, m3ter / m3terRequestsPerSecond)),
  };
}
