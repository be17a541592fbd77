import type { Bill } from '../../data/model.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import { createdAt } from '../audit.ts';
import type { Billing } from '../billing.ts';
import { documentText } from '../documentText.ts';
import { recordEvent } from '../eventLog.ts';
import type { Store } from '../store.ts';
import type { Filter } from '../table.ts';
import type { Timed } from '../timetable.ts';

export interface StatementRequest {
  billId: string;
  includeCsvFormat?: boolean;
  filters?: { meterIds?: string[] };
}

/** A statement job as it is kept; m3ter's answer also has the addresses of what was made. */
export interface StatementJob extends StatementRequest {
  id: string;
  version: number;
  statementJobStatus: 'PENDING' | 'RUNNING' | 'COMPLETE' | 'CANCELLED';
  /** Milliseconds since 1970 of the next step. */
  due: number;
  [field: string]: unknown;
}

/** How long a job stays PENDING, and then RUNNING. */
const STEP_MS = 200;

/** Statement jobs that are neither complete nor cancelled. */
export const ACTIVE_STATEMENTS: Filter = { sql: "status IN ('PENDING', 'RUNNING')", params: [] };

/** Statement jobs: each makes the statement of a Bill as it is when the job completes, by the server's clock. */
export class StatementJobs implements Timed {
  private readonly store: Store;
  private readonly billing: Billing;
  private readonly now: () => Date;
  private nextDue: number;

  constructor(store: Store, billing: Billing, now: () => Date) {
    this.store = store;
    this.billing = billing;
    this.now = now;
    this.nextDue = Math.min(...this.active().map(({ due }) => due), Infinity);
  }

  /** @throws {ApiError} 404 for an unknown Bill */
  create(request: StatementRequest): StatementJob {
    this.billing.get(request.billId);
    const at = this.now();
    const id = uuidOf('statement job', this.store.nextTurn(), at.toISOString());
    const due = at.getTime() + STEP_MS;
    const job: StatementJob = {
      ...{ includeCsvFormat: false, ...request },
      ...{ id, version: 1, statementJobStatus: 'PENDING', due, ...createdAt(at) },
    };
    this.store.transaction(() => {
      this.store.statementJobs.insert({ id, document: stringifyExact(job), bill_id: job.billId, status: 'PENDING' });
      recordEvent(this.store, 'billing.statementjob.created', { newDto: shownText(job) }, id, undefined, at);
    });
    this.nextDue = Math.min(this.nextDue, due);
    return job;
  }

  /** @throws {ApiError} 404 for an unknown job */
  get(id: string): StatementJob {
    const row = this.store.statementJobs.get(id);
    if (!row) throw notFound('Statement Job', id);
    return readJob(row['document']);
  }

  /** @throws {ApiError} 404 for an unknown job, 400 for one that is over */
  cancel(id: string): StatementJob {
    const job = this.get(id);
    if (!['PENDING', 'RUNNING'].includes(job.statementJobStatus)) {
      throw new ApiError(400, `Statement Job ${id} is ${job.statementJobStatus} and cannot be cancelled.`);
    }
    return this.move(job, 'CANCELLED');
  }

  next(): number {
    return this.nextDue;
  }

  run(): void {
    this.store.transaction(() => {
      for (let job of this.active()) {
        if (job.statementJobStatus === 'PENDING' && this.isDue(job)) job = this.move(job, 'RUNNING');
        if (job.statementJobStatus === 'RUNNING' && this.isDue(job)) this.complete(job);
      }
    });
    this.nextDue = Math.min(...this.active().map(({ due }) => due), Infinity);
  }

  private isDue({ due }: StatementJob): boolean {
    return due <= this.now().getTime();
  }

  /** A Bill that was deleted meanwhile has no statement; its job is cancelled. */
  private complete(job: StatementJob): void {
    if (!this.store.bills.get(job.billId)) return void this.move(job, 'CANCELLED');
    makeStatement(this.store, this.billing, job.billId, job.includeCsvFormat === true);
    this.move(job, 'COMPLETE');
  }

  private move(job: StatementJob, statementJobStatus: StatementJob['statementJobStatus']): StatementJob {
    const moved: StatementJob = {
      ...job,
      statementJobStatus,
      version: job.version + 1,
      due: job.due + STEP_MS,
      dtLastModified: this.now().toISOString(),
    };
    const change = { newDto: shownText(moved), oldDto: shownText(job) };
    this.store.transaction(() => {
      this.store.statementJobs.update(job.id, { document: stringifyExact(moved), status: statementJobStatus });
      recordEvent(this.store, 'billing.statementjob.updated', change, job.id, undefined, this.now());
    });
    return moved;
  }

  private active(): StatementJob[] {
    return this.store.statementJobs.select([ACTIVE_STATEMENTS], 'ORDER BY seq').map((row) => readJob(row['document']));
  }
}

/** The JSON text of a job as m3ter answers it, but for the addresses of what it made. */
const shownText = ({ due: _, ...job }: StatementJob): string => documentText(job);

export const readJob = (document: unknown): StatementJob => parseExact(String(document)) as StatementJob;

/** Makes the statement of a Bill as it is now, in place of an earlier one, and notes on the Bill that it is there. */
export function makeStatement(store: Store, billing: Billing, billId: string, withCsv: boolean): void {
  keepStatement(store, billing.noteStatement(billId, withCsv), withCsv);
}

/** Makes the statement that a Bill of the data set says it has, where that has not happened yet. */
export function makeNotedStatement(store: Store, bill: Bill): void {
  const isNoted = bill['jsonStatementGenerated'] === true || bill['csvStatementGenerated'] === true;
  if (isNoted && !store.statements.get(bill.id)) keepStatement(store, bill, bill['csvStatementGenerated'] === true);
}

function keepStatement(store: Store, bill: Bill, withCsv: boolean): void {
  const billId = bill.id;
  const [earlier] = store.statements.select([{ sql: 'id = ?', params: [billId] }]);
  const csv = withCsv ? csvOf(bill) : (earlier?.['csv'] ?? null);
  const values = { document: documentText(bill), csv };
  if (earlier) store.statements.update(billId, values);
  else store.statements.insert({ id: billId, ...values });
}

const COLUMNS = ['lineItemType', 'description', 'productName', 'quantity', 'unit', 'subtotal', 'currency'];

function csvOf({ lineItems = [] }: Bill): string {
  const cell = (value: unknown): string => `"${text(value).replaceAll('"', '""')}"`;
  const rows = lineItems.map((line) => COLUMNS.map((column) => cell(line[column])).join(','));
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

const text = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : stringifyExact(value);
