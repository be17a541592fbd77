import { isRecordId, quote } from '../soql.ts';

/** What `runs` and `events` have in common. Everything that is given has to hold. */
export interface HistoryFilter {
  /** Record ids or names (`RUN-000042`). */
  readonly ids?: readonly string[];
  readonly integrationId?: string;
  readonly m3terBillIds?: readonly string[];
  readonly since?: Date;
  readonly until?: Date;
  /** By when they were made; default newest first. */
  readonly order?: 'newestFirst' | 'oldestFirst';
  /** 1 to 2000, default 50. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Pass it as `after` to read on; null at the end. */
  readonly next: string | null;
}

const DEFAULT_LIMIT = 50;
const MOST_ROWS = 2000;

function pageSize({ limit }: HistoryFilter): number {
  return Math.max(1, Math.min(MOST_ROWS, limit ?? DEFAULT_LIMIT));
}

/** The page that the answer to `runsQuery` or `eventsQuery` holds. */
export function toPage<Row extends { readonly id: string; readonly createdAt: Date | null }>(
  rows: readonly Row[],
  filter: HistoryFilter,
): Page<Row> {
  const size = pageSize(filter);
  const last = rows[size - 1];
  return {
    rows: rows.slice(0, size),
    next: rows.length > size && last?.createdAt ? `${last.createdAt.toISOString()}~${last.id}` : null,
  };
}

/** A query for one row more than the page holds, which tells whether there is a next one. */
export function select(
  object: string,
  fields: readonly string[],
  filter: HistoryFilter,
  conditions: readonly string[],
): string {
  const isOldestFirst = filter.order === 'oldestFirst';
  const all = [
    ...idCondition(filter.ids),
    ...(filter.since === undefined ? [] : [`CreatedDate >= ${filter.since.toISOString()}`]),
    ...(filter.until === undefined ? [] : [`CreatedDate < ${filter.until.toISOString()}`]),
    ...conditions,
    ...after(filter.after, isOldestFirst),
  ];
  const direction = isOldestFirst ? 'ASC' : 'DESC';
  return (
    `SELECT Id, CreatedDate, ${fields.join(', ')} FROM ${object}` +
    (all.length > 0 ? ` WHERE ${all.join(' AND ')}` : '') +
    ` ORDER BY CreatedDate ${direction}, Id ${direction} LIMIT ${pageSize(filter) + 1}`
  );
}

const CURSOR = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)~([A-Za-z0-9]{15,18})$/;

/** Goes on behind the last row of the page before. OFFSET would end at 2,000 rows and shift with new ones. */
function after(cursor: string | undefined, isOldestFirst: boolean): string[] {
  const [, createdAt, id] = CURSOR.exec(cursor ?? '') ?? [];
  if (createdAt === undefined || id === undefined) return [];
  const sign = isOldestFirst ? '>' : '<';
  return [`(CreatedDate ${sign} ${createdAt} OR (CreatedDate = ${createdAt} AND Id ${sign} ${quote(id)}))`];
}

/** Ids and names in one condition: a query refuses an id that cannot be one. */
function idCondition(ids: readonly string[] | undefined): string[] {
  if (ids === undefined) return [];
  const recordIds = ids.filter(isRecordId);
  const parts = [...oneOf('Name', ids), ...(recordIds.length > 0 ? oneOf('Id', recordIds) : [])];
  return [`(${parts.join(' OR ')})`];
}

export function equals(field: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${field} = ${quote(value)}`];
}

/** No value at all matches nothing. */
export function oneOf(field: string, values: readonly string[] | undefined): string[] {
  if (values === undefined) return [];
  return [values.length > 0 ? `${field} IN (${values.map(quote).join(',')})` : 'Id = null'];
}
