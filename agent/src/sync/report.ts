import type { IdleReason, SkipReason } from '../rules/gates.ts';
import type { BatchCounts } from '../store/types.ts';

/** What became of the Bills of one integration in a sync. */
export interface IntegrationReport {
  readonly name: string;
  readonly billsRead: number;
  readonly billsSent: number;
  readonly lineItemsSent: number;
  readonly skipped: Readonly<Record<SkipReason | 'unchanged', number>>;
  readonly waiting: { readonly missingAccountMapping: number };
  /** Sent Bills without a Salesforce Account. */
  readonly unmatched: number;
  /** By error code. */
  readonly failed: Readonly<Record<string, number>>;
}

/** An integration that does not take part. */
export interface IdleIntegration {
  readonly name: string;
  readonly reason: IdleReason;
  readonly detail: string;
}

/** What a sync did. */
export interface SyncResult {
  readonly integrations: IntegrationReport[];
  readonly apiCalls: { readonly salesforce: number; readonly m3ter: number };
  readonly idle: IdleIntegration[];
  /** False when the agent was told to stop, or Bills are still to be tried again: the next batch goes on. */
  readonly isComplete: boolean;
}

const SKIPPED: Record<SkipReason | 'unchanged', number> = {
  restricted: 0,
  notAllowed: 0,
  accountFilter: 0,
  notApproved: 0,
  ownedByOther: 0,
  unchanged: 0,
};

const FAILED = 'failed.';
/** The code under which Bills count that were left because their integration was disabled meanwhile. */
const DISABLED = 'DISABLED';

/** The report that the counts of a batch make. */
export function reportOf(name: string, counts: BatchCounts): IntegrationReport {
  const of = (key: string): number => counts[key] ?? 0;
  const skipped = Object.fromEntries(Object.keys(SKIPPED).map((reason) => [reason, of(`skipped.${reason}`)]));
  const failed = Object.entries(counts)
    .filter(([key, count]) => key.startsWith(FAILED) && count > 0)
    .map(([key, count]): [string, number] => [key.slice(FAILED.length), count]);
  const disabled = sumOf(counts, 'disabled');
  return {
    name,
    billsRead: of('billsRead'),
    billsSent: sumOf(counts, 'sent'),
    lineItemsSent: of('lineItems'),
    skipped: skipped as Record<SkipReason | 'unchanged', number>,
    waiting: { missingAccountMapping: sumOf(counts, 'waiting') },
    unmatched: of('sent.unmatched'),
    failed: Object.fromEntries([...failed, ...(disabled > 0 ? [[DISABLED, disabled] as const] : [])]),
  };
}

/** The Bills with an outcome, whatever the code. */
export function sumOf(counts: BatchCounts, outcome: string): number {
  return Object.entries(counts)
    .filter(([key]) => key === outcome || key.startsWith(`${outcome}.`))
    .reduce((sum, [, count]) => sum + count, 0);
}

export function failedCount({ failed }: Pick<IntegrationReport, 'failed'>): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

const partial = new WeakMap<Error, SyncResult>();

/** Keeps what a sync did until an error broke it off. */
export function keepResult(error: Error, result: SyncResult): void {
  partial.set(error, result);
}

/** What the sync did that this error broke off. */
export function resultBefore(error: unknown): SyncResult | undefined {
  return error instanceof Error ? partial.get(error) : undefined;
}
