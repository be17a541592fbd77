import type { Account, Bill } from '../../data/model.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import { createdAt } from '../audit.ts';
import type { Billing } from '../billing.ts';
import { recordEvent } from '../eventLog.ts';
import type { Store } from '../store.ts';
import type { Timed } from '../timetable.ts';
import { accountOf, dueTerms, existingBill, makeBill } from './dueBills.ts';
import { ACTIVE, activeJobs, insertJob, updateJob } from './jobRecord.ts';
import type { Job, JobRequest, JobStatus, JobWithWork } from './jobRecord.ts';

/** How long a bill job stays where it is, in milliseconds; m3ter says that jobs take time, not how much. */
export interface JobPace {
  pending: number;
  initializing: number;
  perBill: number;
}

export const JOB_PACE: JobPace = { pending: 200, initializing: 200, perBill: 20 };

/** m3ter runs this many jobs of an Organization at once (OpenAPI, Create BillJob). */
const MOST_AT_ONCE = 10;

/** Bill jobs: each moves through its statuses by the server's clock, one Bill after the other. */
export class BillJobs implements Timed {
  private readonly store: Store;
  private readonly billing: Billing;
  private readonly now: () => Date;
  private readonly pace: JobPace;
  private nextDue: number;

  constructor(store: Store, billing: Billing, now: () => Date, pace: JobPace) {
    this.store = store;
    this.billing = billing;
    this.now = now;
    this.pace = pace;
    this.nextDue = earliestDue(store);
  }

  /**
   * Makes a Bill for each Account that has none for the period, and recalculates the unlocked ones there are.
   *
   * @throws {ApiError} 404 for an unknown Account, 429 while ten jobs are running
   */
  create(request: JobRequest): Job {
    return this.store.transaction(() => {
      const accountIds = request.accountIds ?? accountIdsOf(this.store);
      for (const id of accountIds) accountOf(this.store, id);
      const total = accountIds.length;
      return this.start('CREATE', { ...request, accountIds, total, pending: total }, accountIds);
    });
  }

  /** @throws {ApiError} 404 for an unknown Bill, 429 while ten jobs are running */
  recalculate(billIds: string[]): Job {
    return this.store.transaction(() => {
      const bills = billIds.map(this.billing.get).filter((bill) => !this.billing.isLocked(bill));
      const ids = bills.map(({ id }) => id);
      return this.start('RECALCULATE', { ...done(bills), pending: ids.length }, ids);
    });
  }

  /** @throws {ApiError} 404 for an unknown job, 400 for one that is over */
  cancel(id: string): Job {
    return this.store.transaction(() => {
      const row = this.store.jobs.get(id);
      if (!row) throw notFound('Bill Job', id);
      const [current] = activeJobs(this.store.jobs, id);
      if (!current) throw new ApiError(400, `Bill Job ${id} is ${String(row['status'])} and cannot be cancelled.`);
      const job = changed(current.job, { status: 'CANCELLED' }, this.now());
      this.save({ job, work: { items: [], due: 0 } });
      return job;
    });
  }

  /** A job record for work that the caller does itself and at once. */
  record(type: Job['type'], id: string, bills: Bill[]): Job {
    return this.insert({ ...newJob(id, type, this.now()), ...done(bills), status: 'COMPLETE' }, []);
  }

  newId(): string {
    return uuidOf('job', this.store.nextTurn(), this.now().toISOString());
  }

  /** Whether one more job may run. */
  hasRoom(): boolean {
    return this.store.jobs.select([ACTIVE], '', 'id').length < MOST_AT_ONCE;
  }

  next(): number {
    return this.nextDue;
  }

  run(): void {
    this.store.transaction(() => {
      for (let current of activeJobs(this.store.jobs)) {
        while (isActive(current.job) && current.work.due <= this.now().getTime()) {
          current = nextStep(this.store, this.billing, current, this.now(), this.pace);
          this.save(current);
        }
      }
    });
    this.nextDue = earliestDue(this.store);
  }

  private start(type: Job['type'], part: Partial<Job>, items: string[]): Job {
    if (!this.hasRoom()) {
      throw new ApiError(429, `${MOST_AT_ONCE} Bill Jobs are running. Wait until one of them has completed.`);
    }
    return this.insert({ ...newJob(this.newId(), type, this.now()), ...part }, items);
  }

  private insert(job: Job, items: string[]): Job {
    const work = { items, due: this.now().getTime() + this.pace.pending };
    const newDto = insertJob(this.store.jobs, { job, work });
    recordEvent(this.store, 'billing.billjob.created', { newDto }, job.id, undefined, this.now());
    if (isActive(job)) this.nextDue = Math.min(this.nextDue, work.due);
    return job;
  }

  /** Stores where a job is now, with an event when its status is another one. */
  private save(next: JobWithWork): void {
    const before = this.store.jobs.get(next.job.id);
    const newDto = updateJob(this.store.jobs, next);
    if (before?.['status'] === next.job.status) return;
    const oldDto = String(before?.['document']);
    recordEvent(this.store, 'billing.billjob.updated', { newDto, oldDto }, next.job.id, undefined, this.now());
  }
}

const isActive = ({ status }: Job): boolean => status !== 'COMPLETE' && status !== 'CANCELLED';

const newJob = (id: string, type: Job['type'], at: Date): Job => ({
  id,
  version: 1,
  type,
  status: 'PENDING',
  accountIds: [],
  billIds: [],
  total: 0,
  pending: 0,
  timezone: 'UTC',
  ...createdAt(at),
});

const done = (bills: Bill[]) => ({
  accountIds: [...new Set(bills.flatMap(({ accountId }) => (accountId === undefined ? [] : [accountId])))],
  billIds: bills.map(({ id }) => id),
  total: bills.length,
  pending: 0,
});

const changed = (job: Job, change: Partial<Job>, at: Date): Job => ({
  ...job,
  ...change,
  version: job.version + 1,
  dtLastModified: at.toISOString(),
});

/** Where a job is after its next step. */
function nextStep(store: Store, billing: Billing, current: JobWithWork, now: Date, pace: JobPace): JobWithWork {
  const { job, work } = current;
  const [item, ...rest] = work.items;
  const moved = (status: JobStatus, wait: number): JobWithWork => ({
    job: changed(job, { status }, now),
    work: { ...work, due: work.due + wait },
  });
  if (job.status === 'PENDING') return moved('INITIALIZING', pace.initializing);
  if (job.status === 'INITIALIZING') return moved('RUNNING', pace.perBill);
  if (item === undefined) return moved('COMPLETE', 0);
  const billIds =
    job.type === 'CREATE' ? [...job.billIds, ...billAccount(store, billing, job, item, now)] : job.billIds;
  // What was deleted or locked since the job began is passed over.
  if (job.type === 'RECALCULATE' && store.bills.get(item)) billing.recalculate([item], job.id);
  return {
    job: changed(job, { billIds, pending: rest.length, ...(rest.length === 0 ? { status: 'COMPLETE' } : {}) }, now),
    work: { items: rest, due: work.due + pace.perBill },
  };
}

/** Bills an Account and answers the Bill's id, if there was something to bill. */
function billAccount(store: Store, billing: Billing, job: Job, accountId: string, now: Date): string[] {
  if (!store.accounts.get(accountId)) return [];
  const account: Account = accountOf(store, accountId);
  const terms = dueTerms(store, account, job, now);
  const existing = existingBill(store, accountId, terms);
  if (existing) return billing.recalculate([existing], job.id).map(({ id }) => id);
  return [billing.create(makeBill(store, account, { ...job, ...terms, jobId: job.id }, now)).id];
}

const earliestDue = (store: Store): number =>
  Math.min(...activeJobs(store.jobs).map(({ work }) => work.due), Number.POSITIVE_INFINITY);

/** Every Account that is billed by itself: the charges of a child are on the Bill of its parent. */
const accountIdsOf = (store: Store): string[] =>
  store.accounts.select([], 'ORDER BY seq').flatMap((row) => {
    const account = parseExact(String(row['document'])) as Account;
    return account['parentAccountId'] === undefined ? [account.id] : [];
  });
