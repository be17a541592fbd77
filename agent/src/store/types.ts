import type { BillDigest } from '../rules/changes.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { Queue } from './queue/types.ts';

export type * from './queue/types.ts';

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
  /** What the Bill said when it was sent; null when that is not known. */
  readonly digest: BillDigest | null;
}

/** What each org holds, whichever integration sent it. */
export interface OrgBillStore {
  stored(orgId: string, billIds: readonly string[]): Promise<Map<string, StoredBill>>;
  /**
   * An older version than the one that is remembered is passed over: a worker that lost its job while it wrote may come
   * after the one that took the job over.
   */
  save(orgId: string, bills: readonly StoredBill[]): Promise<void>;
  /** Before a call changes lines: until its answer is saved, what the org holds is not known. */
  distrustLines(orgId: string, billIds: readonly string[]): Promise<void>;
  /** The next push writes these Bills even if nothing changed. */
  distrust(orgId: string, billIds: readonly string[]): Promise<void>;
  /** Record ids, by Bill id, of all Bills that were sent and, as far as known, still are in m3ter. */
  present(orgId: string): Promise<Map<string, string>>;
  /** The hash of what was last written of each of them, by m3ter id. */
  hashes(orgId: string): Promise<Map<string, string>>;
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
  /** The change tokens of those Bills that were sent to an Account under these rules: nearly all in most sweeps. */
  settled(ref: IntegrationRef, rulesHash: string, billIds: readonly string[]): Promise<Map<string, string>>;
  /** A Bill that is sent stops being sent by any other integration of the org, which wrote it before. */
  save(ref: IntegrationRef, states: readonly BillState[]): Promise<void>;
  /**
   * Forgets what the integration decided about Bills by other rules than these, and that other integrations of the org
   * sent them: they are about to be written.
   */
  forgetOthers(ref: IntegrationRef, rulesHash: string, billIds: readonly string[]): Promise<void>;
  /** Bills that wait for an Account or an External Mapping, and Bills that were sent without an Account. */
  waiting(ref: IntegrationRef): Promise<BillState[]>;
  /** How many Bills have each status, over all integrations of an org, or of all orgs. */
  counts(orgId?: string): Promise<Record<string, number>>;
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

/** Who writes a parent Run: this process, which claimed it; nobody any more; another process, just now. */
export type RunClaim = 'own' | 'begun' | 'others';

export interface BatchStore {
  /**
   * A batch that was opened already stays as it is: a scan that is run again opens its batches again.
   *
   * @returns whether the batch is new
   */
  open(batch: Batch): Promise<boolean>;
  /**
   * Queues one push job per Bill and notes the Bills in the batch, in one transaction. A Bill whose job is queued already
   * stays in the batch of that job, while that waits for the Bill.
   *
   * @returns how many Bills are new in this batch
   */
  enqueue(batch: Batch, billIds: readonly string[]): Promise<number>;
  /** The scan is over: adds what it counted itself. Counts of several calls add up. */
  scanned(runKey: string, counts: BatchCounts): Promise<void>;
  /** The latest outcome of each Bill; one that was final already stays. Bills that the batch does not have are passed over. */
  record(runKey: string, outcomes: readonly BillOutcome[]): Promise<void>;
  /**
   * Claims to write the parent Run; again is no claim of somebody else's. The claim of a process that is gone is over when
   * its jobs are taken over.
   *
   * @param claimant tells processes apart
   */
  claimRun(runKey: string, claimant: string): Promise<RunClaim>;
  /** Ends a claim: the org holds the Run, or it has to be tried again. What somebody else has claimed since stays his. */
  settleRun(runKey: string, claimant: string, isBegun: boolean): Promise<void>;
  /** Batches that are scanned and have no pending Bill. */
  finishable(): Promise<CountedBatch[]>;
  /** Ends a batch whatever is pending. It is kept for `recent`, its Bills are not. False when it was closed already. */
  close(runKey: string): Promise<boolean>;
  /** The same, unless Bills were added since `finishable` gave it. Call it once the org knows the result. */
  closeFinished(runKey: string): Promise<boolean>;
  /** Batches that were opened and not closed, oldest first. */
  unfinished(orgId?: string): Promise<CountedBatch[]>;
  /** Whether an open batch of the integration waits for one of these Bills. */
  isWaitingFor(ref: IntegrationRef, billIds: readonly string[]): Promise<boolean>;
  /** The latest batches, newest first, closed ones too. */
  recent(limit: number): Promise<ClosedBatch[]>;
}

/** Which Events were written to an org. Keys of Events contain the integration's record id: give the org too. */
export interface EventDigestStore {
  /** By key, the digest of what was last written. */
  digests(orgId: string, keys: readonly string[]): Promise<Map<string, string>>;
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
  /**
   * Sets the streak and remembers the Events that it counts, both or neither. False, and nothing is done, when another
   * process has counted since `before` was read.
   *
   * @param digests of the Events, by key
   */
  replace(
    ref: IntegrationRef,
    before: ErrorStreak,
    after: ErrorStreak,
    digests: ReadonlyMap<string, string>,
  ): Promise<boolean>;
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

/** Running agents that work on this store. */
export interface WorkerStore {
  /** Says that a worker runs; call it every ten seconds. Returns how many do. */
  beat(id: string): Promise<number>;
  leave(id: string): Promise<void>;
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
  readonly workers: WorkerStore;
  readonly queue: Queue;
  /**
   * Binds the store to a m3ter organization at its first use. Call it after the first successful sign-in to m3ter.
   *
   * @throws {SetupError} when it belongs to another one: its versions and record ids would be wrong
   */
  bindTo(m3terOrgId: string): Promise<void>;
  /** Keeps the files from growing with every job. Call it once a day; other calls wait meanwhile. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
