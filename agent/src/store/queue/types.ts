import type { RunTrigger } from '../../rules/records.ts';
import type { IntegrationRef } from '../types.ts';

export interface ScanRequest {
  readonly orgId: string;
  /** Null: all of the org. */
  readonly integrationIds: readonly string[] | null;
  readonly trigger: RunTrigger;
  /** For logs, such as `hourly` or `rules changed`. */
  readonly reason: string;
  /** Batches that were opened for this scan, by integration id. */
  readonly runKeys?: Readonly<Record<string, string>>;
}

export interface ScanAttempt {
  readonly id: string;
  readonly data: ScanRequest;
  /** From 1. */
  readonly attempt: number;
  readonly isLast: boolean;
  /** Aborts when the job is no longer this worker's. */
  readonly signal: AbortSignal;
}

export interface PushData extends IntegrationRef {
  readonly billId: string;
  readonly runKey: string;
}

export interface PushAttempt {
  readonly id: string;
  readonly data: PushData;
  /** From 1. */
  readonly attempt: number;
  /** After a `retry` of this attempt the job is dead. */
  readonly isLast: boolean;
  readonly signal: AbortSignal;
}

export type JobResult =
  | { readonly kind: 'done' }
  /** Tried again with backoff, or not before `afterMs`. Becomes `dead` after the last attempt. */
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs?: number }
  /**
   * Put back, not before `afterMs`, without counting an attempt: nothing was tried, because the org or m3ter cannot be
   * called now. It may last for hours and must never make the job dead. Does not count for `idle`.
   */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** Not tried again until a person says `redrive`. */
  | { readonly kind: 'dead'; readonly error: string };

export interface PushOptions {
  /** Jobs that are handed over at once; at most. */
  readonly batchSize: number;
  /** Handlers that run side by side. */
  readonly concurrency: number;
}

export interface QueueDepth {
  /** Jobs that wait for their first attempt. */
  readonly queued: number;
  readonly active: number;
  /** Jobs that wait for another attempt. */
  readonly retrying: number;
  readonly dead: number;
}

export interface DeadJob {
  readonly id: string;
  readonly data: PushData;
  readonly error: string;
  readonly diedAt: Date;
}

export interface Queue {
  /** Makes the queues ready. Needed before any other call, and before `BatchStore.enqueue`. */
  start(): Promise<void>;
  /** False when the same scan (org, integrations, run keys) waits already and does this one's work. */
  requestScan(request: ScanRequest): Promise<boolean>;
  /**
   * One scan of an org at a time. A handler that throws is run again with backoff, for about half an hour; one that
   * throws `ScanLater` for as long as it takes.
   */
  workScans(handler: (attempt: ScanAttempt) => Promise<void>): Promise<void>;
  /**
   * @param handler gets jobs of several orgs and integrations, each Bill at most once; a job without a result, and every
   *   job when it throws, is tried again with backoff
   */
  workPush(
    options: PushOptions,
    handler: (jobs: readonly PushAttempt[]) => Promise<ReadonlyMap<string, JobResult>>,
  ): Promise<void>;
  /** Nothing runs and nothing waits for its first attempt. Jobs that are tried again later do not count. */
  idle(): Promise<boolean>;
  /** Of push jobs. */
  depth(): Promise<QueueDepth>;
  /** Newest first. */
  dead(limit: number): Promise<DeadJob[]>;
  /**
   * Queues dead Bills again, in a new MANUAL batch per integration: the Run in which they died is closed.
   *
   * @returns how many Bills
   */
  redrive(orgId?: string): Promise<number>;
  /**
   * Puts every active job back, for a store that no other process can have open: what is active then was left behind by a
   * process that died. Does nothing on PostgreSQL, where heartbeats tell.
   */
  recoverActive(): Promise<void>;
  /** Takes no new jobs and waits for handlers, at most `graceMs`; those still running then are tried again later. */
  stop(graceMs: number): Promise<void>;
}
