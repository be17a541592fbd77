import type { ObjectModel, Org, OrgUser, SaveResult } from '../model.ts';
import { CsvError, readCsv, writeCsv } from './csv.ts';
import type { CsvFormat, CsvTable } from './csv.ts';
import { InvalidColumn, readColumns, recordOf } from './ingestColumns.ts';
import type { Column } from './ingestColumns.ts';
import { saveRow } from './ingestRow.ts';
import { sfError } from './sfError.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What a job was asked to be. */
export interface IngestOrder {
  object: ObjectModel;
  operation: IngestOperation;
  externalIdField?: string;
  format: CsvFormat;
  user: OrgUser;
  apiVersion: string;
}

/** Salesforce commits this many records of a job at a time. */
const CHUNK = 200;

/**
 * One ingest job: data, its way through the states, and what became of each row.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html
 */
export class IngestJob {
  readonly id: string;
  readonly order: IngestOrder;
  readonly createdAt: Date;
  changedAt: Date;
  state: JobState = 'Open';
  errorMessage: string | undefined;
  processingMilliseconds = 0;
  private data: string | undefined;
  private table: CsvTable = { header: [], rows: [] };
  private results: SaveResult[] = [];

  constructor(id: string, order: IngestOrder, now: Date) {
    this.id = id;
    this.order = order;
    this.createdAt = this.changedAt = now;
  }

  get hasData(): boolean {
    return this.data !== undefined;
  }

  get numberProcessed(): number {
    return this.results.length;
  }

  get numberFailed(): number {
    return this.results.filter(({ success }) => !success).length;
  }

  upload(text: string): void {
    this.data = text;
  }

  moveTo(state: JobState, now: Date): void {
    this.state = state;
    this.changedAt = now;
  }

  /** The job's work, a chunk of rows a step; ends early when the job is aborted. */
  *work(org: Org): Generator<void> {
    if (this.isAborted) return;
    this.moveTo('InProgress', org.now());
    yield;
    try {
      this.table = readCsv(this.data ?? '', this.order.format);
      this.data = undefined;
      const columns = readColumns(org, this.order, this.table.header);
      for (let at = 0; at < this.table.rows.length && !this.isAborted; at += CHUNK) {
        this.saveChunk(org, columns, this.table.rows.slice(at, at + CHUNK));
        yield;
      }
      if (!this.isAborted) this.moveTo('JobComplete', org.now());
    } catch (error) {
      if (!(error instanceof CsvError) && !(error instanceof InvalidColumn)) throw error;
      this.errorMessage = error.message;
      this.moveTo('Failed', org.now());
    }
  }

  private saveChunk(org: Org, columns: Column[], rows: string[][]): void {
    const started = performance.now();
    const keys = new Set<string>();
    const results = org.transaction(() => rows.map((row) => saveRow(org, this.order, recordOf(columns, row), keys)));
    this.results.push(...results);
    this.processingMilliseconds += performance.now() - started;
  }

  private get isAborted(): boolean {
    return this.state === 'Aborted';
  }

  /** The rows that were saved, with `sf__Id` and `sf__Created` before their own columns. */
  successfulResults(): string {
    return this.resultCsv(['sf__Id', 'sf__Created'], ({ success, id, created }) =>
      success ? [id ?? '', String(created)] : undefined,
    );
  }

  /** The rows that the org refused, with `sf__Id` and `sf__Error` before their own columns. */
  failedResults(): string {
    return this.resultCsv(['sf__Id', 'sf__Error'], ({ success, id, errors }) =>
      success ? undefined : [id ?? '', sfError(errors)],
    );
  }

  /** The rows that nobody looked at: the job failed or was aborted before. */
  unprocessedRecords(): string {
    const rows = this.table.rows.slice(this.results.length);
    return rows.length === 0 ? '' : writeCsv({ header: this.table.header, rows }, this.order.format);
  }

  private resultCsv(first: string[], cellsOf: (result: SaveResult) => string[] | undefined): string {
    const rows = this.results.flatMap((result, index) => {
      const cells = cellsOf(result);
      return cells ? [[...cells, ...(this.table.rows[index] ?? [])]] : [];
    });
    return writeCsv({ header: [...first, ...this.table.header], rows }, this.order.format);
  }
}
