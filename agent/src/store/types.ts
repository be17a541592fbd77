import type { RunTrigger } from '../rules/records.ts';

/** An integration of an org. Record ids repeat in sandbox clones, so that neither id is enough alone. */
export interface IntegrationRef {
  readonly orgId: string;
  readonly integrationId: string;
}

/** What an org holds of a Bill, as far as the agent knows. */
export interface StoredBill {
  readonly billId: string;
  readonly recordId: string;
  readonly sourceVersion: number;
  readonly hash: string | null;
  /** Record ids by Line Item key. */
  readonly lines: Readonly<Record<string, string>>;
  /** False: a call that changed the lines may have been committed without an answer. */
  readonly linesKnown: boolean;
}

/** What each org holds, whichever integration sent it. */
export interface OrgBillStore {
  stored(orgId: string, billIds: readonly string[]): Promise<Map<string, StoredBill>>;
  save(orgId: string, bills: readonly StoredBill[]): Promise<void>;
  /** Before a call changes lines: until its answer is saved, what the org holds is not known. */
  distrustLines(orgId: string, billIds: readonly string[]): Promise<void>;
  /** Record ids, by Bill id, of all Bills that were sent and, as far as known, still are in m3ter. */
  present(orgId: string): Promise<Map<string, string>>;
  /** Forgets Bills that m3ter deleted, with what all integrations of the org decided about them. */
  markDeleted(orgId: string, billIds: readonly string[]): Promise<void>;
}

export type BillStatus = 'sent' | 'skipped' | 'waiting' | 'failed';

/** What an integration last decided about a Bill. */
export interface BillState {
  readonly billId: string;
  /** Finds the Bills that wait for this Account. */
  readonly m3terAccountId: string | null;
  readonly status: BillStatus;
  readonly changeToken: string;
  readonly rulesHash: string;
  /** Sent to an Account. */
  readonly isMatched: boolean;
  /** Of `skipped` and `failed`: why. */
  readonly code: string | null;
  readonly decidedAt: Date;
}

export interface BillStateStore {
  of(ref: IntegrationRef, billIds: readonly string[]): Promise<Map<string, BillState>>;
  save(ref: IntegrationRef, states: readonly BillState[]): Promise<void>;
  /** How many Bills these integrations have decided about. */
  knownCount(refs: readonly IntegrationRef[]): Promise<number>;
  /** Bills that wait for an Account or an External Mapping, and Bills that were sent without an Account. */
  waiting(ref: IntegrationRef): Promise<BillState[]>;
  /** How many Bills have each status, over all integrations of an org, or of all orgs. */
  counts(orgId?: string): Promise<Record<string, number>>;
  /** Forgets all decisions of an integration. */
  forget(ref: IntegrationRef): Promise<void>;
}

/** A parent Run: Bills that are sent for one reason. */
export interface Batch {
  readonly runKey: string;
  readonly orgId: string;
  readonly integrationId: string;
  readonly trigger: RunTrigger;
  readonly startedAt: Date;
  /** The key of the Run that is sent again. */
  readonly replayedFrom: string | null;
  /** False while the scan that fills it goes on: then it is not finished though no Bill is pending. */
  readonly isScanned: boolean;
}

/** Numbers by name, such as `billsRead`, `skipped.restricted` or `failed.FIELD_TOO_LONG`. */
export type BatchCounts = Readonly<Record<string, number>>;

export interface BillOutcome {
  readonly billId: string;
  /** Such as `sent`, `skipped` or `failed`. */
  readonly outcome: string;
  readonly code?: string;
  /** False: the Bill is tried again later and stays pending. */
  readonly isFinal: boolean;
  readonly lineItems?: number;
}

/**
 * A batch with what was counted so far: the counts of the scan plus, for every Bill with a final outcome, 1 under its
 * outcome, or under `outcome.code` where it has a code; `lineItems` adds up those of the Bills. A Bill whose job was lost
 * without an outcome, because the worker died with its last attempt, counts as `failed.ABANDONED`.
 */
export interface CountedBatch extends Batch {
  readonly counts: BatchCounts;
  /** Bills without a final outcome. */
  readonly pending: number;
}

/** What is remembered of a batch that was closed. */
export interface ClosedBatch extends CountedBatch {
  readonly closedAt: Date | null;
}

export interface BatchStore {
  /** A batch that was opened already stays as it is: a scan that is run again opens its batches again. */
  open(batch: Batch): Promise<void>;
  /**
   * Queues one push job per Bill and notes the Bills in the batch, in one transaction. A Bill whose job is queued already
   * stays in the batch of that job.
   *
   * @returns how many Bills are new in this batch
   */
  enqueue(batch: Batch, billIds: readonly string[]): Promise<number>;
  /** The scan is over: adds what it counted itself. Counts of several calls add up. */
  scanned(runKey: string, counts: BatchCounts): Promise<void>;
  /** The latest outcome of each Bill; one that was final already stays. Bills that the batch does not have are passed over. */
  record(runKey: string, outcomes: readonly BillOutcome[]): Promise<void>;
  /** Batches that are scanned and have no pending Bill. */
  finishable(): Promise<CountedBatch[]>;
  /** Call it once the org knows the result. The batch is kept for `recent`, its Bills are not. */
  close(runKey: string): Promise<void>;
  /** Batches that were opened and not closed, oldest first. */
  unfinished(orgId?: string): Promise<CountedBatch[]>;
  /** The latest batches, newest first, closed ones too. */
  recent(limit: number): Promise<ClosedBatch[]>;
}

/** Which Events were written to an org. Keys of Events contain the integration's record id: give the org too. */
export interface EventDigestStore {
  /** By key, the digest of what was last written. */
  digests(orgId: string, keys: readonly string[]): Promise<Map<string, string>>;
  save(orgId: string, digests: ReadonlyMap<string, string>): Promise<void>;
  /** Forgets what was last written before this time: retention deleted those Events in the orgs. */
  forgetBefore(before: Date): Promise<void>;
}

/** Named texts. */
export interface FactStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /**
   * Sets the fact if there is none, or if the value sorts after it (by code units): whoever gets true has claimed, for
   * example, this hour.
   */
  claimLater(name: string, value: string): Promise<boolean>;
}

/** How many Bills failed one after the other, with the Events that tell why. */
export interface ErrorStreak {
  readonly count: number;
  /** Keys or messages of the Events, oldest first. */
  readonly evidence: readonly string[];
}

export interface ErrorStreakStore {
  /** A count of 0 where none is stored. */
  get(ref: IntegrationRef): Promise<ErrorStreak>;
  set(ref: IntegrationRef, streak: ErrorStreak): Promise<void>;
}

/** A credential as it is stored. `secret` is encrypted by the vault. */
export interface CredentialRow {
  readonly name: string;
  readonly kind: string;
  readonly destination: string;
  readonly publicData: Readonly<Record<string, unknown>>;
  readonly secret: Uint8Array;
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
}

export interface CredentialRows {
  /** By name. */
  list(): Promise<CredentialRow[]>;
  get(name: string): Promise<CredentialRow | undefined>;
  /** Adds the row or takes the place of the one with its name. */
  put(row: CredentialRow): Promise<void>;
  /** False when there is none of this name. */
  remove(name: string): Promise<boolean>;
}

export interface NewNotification {
  /** A second one with the key of one that is not sent yet is passed over. */
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export interface StoredNotification extends NewNotification {
  readonly id: string;
  /** How often sending it failed. */
  readonly attempts: number;
  readonly error: string | null;
  readonly nextAt: Date;
}

/** Notifications that wait to be sent. Bounded: the oldest give way when there are more than 1,000. */
export interface NotificationStore {
  add(notification: NewNotification): Promise<void>;
  /**
   * Takes some that should be sent by now, oldest first. No other worker gets them for 15 minutes; then they are due
   * again, unless they were marked.
   */
  due(now: Date): Promise<StoredNotification[]>;
  markSent(id: string): Promise<void>;
  markFailed(id: string, error: string, nextAt: Date): Promise<void>;
}

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

/**
 * The agent's memory and queue. Bills, states and jobs can be rebuilt from m3ter and Salesforce; losing them costs calls,
 * not correctness. Credentials cannot.
 */
export interface Store {
  /** Without the password. */
  readonly url: string;
  readonly kind: 'pglite' | 'postgres';
  readonly bills: OrgBillStore;
  readonly states: BillStateStore;
  readonly batches: BatchStore;
  readonly events: EventDigestStore;
  readonly facts: FactStore;
  readonly errors: ErrorStreakStore;
  readonly vault: CredentialRows;
  readonly outbox: NotificationStore;
  readonly queue: Queue;
  /**
   * Binds the store to a m3ter organization at its first use. Call it after the first successful sign-in to m3ter.
   *
   * @throws {SetupError} when it belongs to another one: its versions and record ids would be wrong
   */
  bindTo(m3terOrgId: string): Promise<void>;
  close(): Promise<void>;
}
