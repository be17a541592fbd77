import type { ObjectModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { query } from '../soql/query.ts';
import type { GraphqlContext, RecordSource } from './context.ts';
import { rowsBefore } from './cursor.ts';

/** The paging arguments of a connection. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
  upperBound?: number | null;
}

/** What a connection's records are: an object, a SOQL condition (may be empty) and an ORDER BY clause (may be empty). */
export interface RecordSet {
  object: ObjectModel;
  condition: string;
  order: string;
}

/** Part of a result, and where it lies in it. */
export interface Page<Row> {
  rows: Row[];
  /** How many rows of the result lie before this page. */
  before: number;
  more: boolean;
}

const DEFAULT_FIRST = 10;
const MAX_FIRST = 2000;
const MIN_FIRST_WITH_BOUND = 200;

/** Records page by page; nothing is read until a field of the connection is asked for. */
export class RecordConnection {
  private readonly context: GraphqlContext;
  private readonly set: RecordSet;
  private readonly paging: PageArguments;
  private read: Page<RecordSource> | undefined;

  constructor(context: GraphqlContext, set: RecordSet, paging: PageArguments) {
    this.context = context;
    this.set = set;
    this.paging = paging;
  }

  /** How many records the whole result has. */
  totalCount(): number {
    return this.run(`SELECT COUNT() FROM ${this.set.object.name}${this.where()}`).totalSize;
  }

  page(): Page<RecordSource> {
    this.read ??= this.readPage();
    return this.read;
  }

  private readPage(): Page<RecordSource> {
    const { first, before, upperBound } = checkedPaging(this.paging);
    const select = `SELECT Id FROM ${this.set.object.name}${this.where()}${this.set.order}`;
    if (upperBound === undefined) {
      const { records } = this.run(`${select} LIMIT ${first + 1} OFFSET ${before}`);
      return this.pageOf(records, first, before);
    }
    // Below an upper bound Salesforce pages by a query cursor, which unlike OFFSET reaches every row.
    const { records } = this.run(`${select} LIMIT ${upperBound}`);
    return this.pageOf(records.slice(before), first, before);
  }

  private pageOf(found: Array<Record<string, unknown>>, first: number, before: number): Page<RecordSource> {
    const shown = found.slice(0, first);
    const rows = shown.map((row) => recordSource(this.context, this.set.object, String(row['Id']), shown.length));
    return { rows, before, more: found.length > first };
  }

  private run(soql: string) {
    return query(this.context.org, this.context.access.user, soql);
  }

  private where(): string {
    return this.set.condition === '' ? '' : ` WHERE ${this.set.condition}`;
  }
}

/**
 * Loads a record for the resolvers.
 *
 * @throws {OrgError} ENTITY_IS_DELETED when there is no such record.
 */
export function recordSource(context: GraphqlContext, object: ObjectModel, id: string, pageSize: number): RecordSource {
  const values = context.org.read(object.name, id);
  if (!values) throw new OrgError('ENTITY_IS_DELETED', `There is no ${object.name} ${id} any more. Query it again.`);
  return { object, id, values, pageSize };
}

/**
 * The paging of a request, with defaults.
 *
 * Source: GraphQL API Developer Guide, "Paginate with Record Connections" and "Paginate with Upper-Bound Limit"
 * (paginate-use, paginate-use-upperbound): 10 rows unless said otherwise, 2,000 at most; 200 to 2,000 with a bound.
 *
 * @throws {OrgError} INVALID_PAGING_ARGUMENT, INVALID_CURSOR.
 */
export function checkedPaging(paging: PageArguments): { first: number; before: number; upperBound?: number } {
  const upperBound = paging.upperBound ?? undefined;
  const smallest = upperBound === undefined ? 1 : MIN_FIRST_WITH_BOUND;
  const first = paging.first ?? Math.max(DEFAULT_FIRST, smallest);
  if (first < smallest || first > MAX_FIRST) {
    throw new OrgError(
      'INVALID_PAGING_ARGUMENT',
      `first is ${first}, but has to lie between ${smallest} and ${MAX_FIRST}. Ask for fewer rows and page on.`,
    );
  }
  if (upperBound !== undefined && upperBound < first) {
    throw new OrgError('INVALID_PAGING_ARGUMENT', `upperBound ${upperBound} is less than first ${first}. Raise it.`);
  }
  return { first, before: rowsBefore(paging.after), ...(upperBound === undefined ? {} : { upperBound }) };
}
