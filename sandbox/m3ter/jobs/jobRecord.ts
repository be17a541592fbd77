import type { DocumentTable } from '../table.ts';
import { where } from '../table.ts';
import type { Filter } from '../table.ts';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';

export type JobStatus = 'PENDING' | 'INITIALIZING' | 'RUNNING' | 'COMPLETE' | 'CANCELLED';

/** What a bill job is asked for; without a period it bills what each Account is due. */
export interface JobRequest {
  lastDateInBillingPeriod?: string;
  billingFrequency?: string;
  billFrequencyInterval?: number;
  billDate?: string;
  dueDate?: string;
  externalInvoiceDate?: string;
  accountIds?: string[];
}

/** A bill job as m3ter answers it. */
export interface Job extends JobRequest {
  id: string;
  version: number;
  type: 'CREATE' | 'RECALCULATE';
  status: JobStatus;
  billIds: string[];
  accountIds: string[];
  total: number;
  pending: number;
  [field: string]: unknown;
}

/** What is left of a job: the Accounts to bill, or the Bills to calculate anew, and when the next step is due. */
export interface Work {
  items: string[];
  /** Milliseconds since 1970. */
  due: number;
}

export interface JobWithWork {
  job: Job;
  work: Work;
}

/** Jobs that are neither complete nor cancelled. */
export const ACTIVE: Filter = { sql: "status NOT IN ('COMPLETE', 'CANCELLED')", params: [] };

export const insertJob = (jobs: DocumentTable, { job, work }: JobWithWork): string => {
  const document = stringifyExact(job);
  jobs.insert({ id: job.id, document, status: job.status, work: stringifyExact(work) });
  return document;
};

export const updateJob = (jobs: DocumentTable, { job, work }: JobWithWork): string => {
  const document = stringifyExact(job);
  jobs.update(job.id, { document, status: job.status, work: stringifyExact(work) });
  return document;
};

/** Active jobs, the oldest first; with an id only that one. */
export function activeJobs(jobs: DocumentTable, id?: string): JobWithWork[] {
  return jobs.select([ACTIVE, ...where('id = ?', id)], 'ORDER BY seq').map((row) => ({
    job: parseExact(String(row['document'])) as Job,
    work: JSON.parse(String(row['work'])) as Work,
  }));
}
