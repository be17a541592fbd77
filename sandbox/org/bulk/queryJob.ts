import type { FieldType as SelectedField } from '@jetstreamapp/soql-parser-js';
import type { FieldModel, Org, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { isAggregateQuery, isPlainCount } from '../soql/aggregates.ts';
import { fieldPath, selectedFields } from '../soql/fieldsFunction.ts';
import { parseSoql, unsupported } from '../soql/parse.ts';
import { query } from '../soql/query.ts';
import type { QueryRecord } from '../soql/query.ts';
import { Scope, Statement } from '../soql/scope.ts';
import { writeCsv } from './csv.ts';
import type { CsvFormat, CsvTable } from './csv.ts';
import type { JobState } from './ingestJob.ts';

export interface QueryOrder {
  soql: string;
  /** Also deleted records. */
  all: boolean;
  format: CsvFormat;
  user: OrgUser;
  apiVersion: string;
}

/** A column of the results: where its value stands in a record, and the field that it is of. */
interface ResultColumn {
  path: string[];
  field: FieldModel;
}

/** One query job: its way through the states and its rows. */
export class QueryJob {
  readonly id: string;
  readonly order: QueryOrder;
  readonly objectName: string;
  readonly createdAt: Date;
  changedAt: Date;
  state: JobState = 'UploadComplete';
  private readonly columns: ResultColumn[];
  private rows: string[][] = [];

  /**
   * Checks the query without running it.
   *
   * @throws {OrgError} as the query itself would, and FEATURENOTENABLED for what bulk queries cannot do.
   */
  constructor(id: string, order: QueryOrder, org: Org) {
    this.id = id;
    this.order = order;
    this.createdAt = this.changedAt = org.now();
    const parsed = parseSoql(order.soql).query;
    if (isAggregateQuery(parsed) || isPlainCount(parsed) || parsed.groupBy || parsed.offset !== undefined) {
      throw notInBulk('GROUP BY, OFFSET or aggregate functions');
    }
    query(org, order.user, withLimit(order.soql, parsed.limit));
    const scope = new Scope(new Statement(org, order.user), parsed.sObject, parsed.sObjectAlias);
    this.objectName = scope.object.name;
    this.columns = selectedFields(scope, parsed).map((selected) => columnOf(scope, selected));
  }

  moveTo(state: JobState, now: Date): void {
    this.state = state;
    this.changedAt = now;
  }

  /** The job's work; nothing once it was aborted. */
  *work(org: Org): Generator<void> {
    if (this.isAborted) return;
    this.moveTo('InProgress', org.now());
    yield;
    if (this.isAborted) return;
    const { soql, user, all, apiVersion } = this.order;
    const { records } = query(org, user, soql, { all, version: apiVersion });
    this.rows = records.map((record) => this.columns.map((column) => cellOf(record, column)));
    this.moveTo('JobComplete', org.now());
  }

  private get isAborted(): boolean {
    return this.state === 'Aborted';
  }

  get numberProcessed(): number {
    return this.rows.length;
  }

  /** A page of the results, and where the next one starts. */
  page(start: number, most: number): { csv: string; count: number; next: number | undefined } {
    const table: CsvTable = {
      header: this.columns.map(({ path }) => path.join('.')),
      rows: this.rows.slice(start, start + most),
    };
    const next = start + most < this.rows.length ? start + most : undefined;
    return { csv: writeCsv(table, this.order.format), count: table.rows.length, next };
  }
}

/** The query cut to no rows at all, for the checks that it makes. */
function withLimit(soql: string, limit: number | undefined): string {
  return limit === undefined ? `${soql} LIMIT 0` : soql;
}

function columnOf(scope: Scope, selected: SelectedField): ResultColumn {
  if (selected.type === 'FieldSubquery') throw notInBulk('parent-to-child relationship queries');
  const path = fieldPath(selected);
  if (path === undefined)
    throw selected.type === 'FieldFunctionExpression' ? notInBulk('functions') : unsupported('TYPEOF');
  const column = scope.column(path);
  return { path: [...column.path, column.field.name], field: column.field };
}

function notInBulk(what: string): OrgError {
  return new OrgError('FEATURENOTENABLED', `Bulk API 2.0 queries do not support ${what}.`);
}

function cellOf(record: QueryRecord, { path, field }: ResultColumn): string {
  const value = path.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name],
    record,
  );
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return field.type === 'datetime' ? value.replace('+0000', 'Z') : value;
  const isNumber = typeof value === 'object' && value !== null && 'rawJSON' in value;
  return isNumber ? (value as { rawJSON: string }).rawJSON : '';
}
