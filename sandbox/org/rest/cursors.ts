import { randomBytes } from 'node:crypto';
import { OrgError } from '../orgError.ts';
import type { QueryCursor, QueryRecord } from '../soql/query.ts';

/** Salesforce keeps this many query cursors open for a user; the oldest is closed. */
const MOST_CURSORS = 10;
const LARGEST_BATCH = 2000;
const SMALLEST_BATCH = 200;

interface Cursor {
  userId: string;
  batchSize: number;
  result: QueryCursor;
}

export interface QueryPage {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: QueryRecord[];
}

/** Query results that are longer than a page, until they are read or pushed out. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  /** The first page of a result. */
  firstPage(userId: string, result: QueryCursor, batchSize: number, version: string): QueryPage {
    const { totalSize, recordCount } = result;
    if (recordCount <= batchSize) return { totalSize, done: true, records: result.page(0, batchSize) };
    const id = `01g${randomBytes(12).toString('base64url').replaceAll(/[-_]/g, '0').slice(0, 15)}`;
    this.open.set(id, { userId, batchSize, result });
    this.closeOldest(userId);
    return this.page(id, 0, batchSize, version);
  }

  /**
   * A further page.
   *
   * @param locator `<cursor>-<first record>` from a nextRecordsUrl
   * @throws {OrgError} INVALID_QUERY_LOCATOR for a cursor that is not open for the user.
   */
  nextPage(userId: string, locator: string, batchSize: number | undefined, version: string): QueryPage {
    const [id = '', start = ''] = locator.split('-');
    const cursor = this.open.get(id);
    if (!cursor || cursor.userId !== userId || !/^\d+$/.test(start) || Number(start) > cursor.result.recordCount) {
      throw new OrgError('INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}. Run the query again.`);
    }
    return this.page(id, Number(start), batchSize ?? cursor.batchSize, version);
  }

  private page(id: string, start: number, batchSize: number, version: string): QueryPage {
    const { result } = this.open.get(id) as Cursor;
    const end = start + batchSize;
    const done = end >= result.recordCount;
    const records = result.page(start, batchSize);
    if (done) return { totalSize: result.totalSize, done, records };
    const nextRecordsUrl = `/services/data/v${version}/query/${id}-${end}`;
    return { totalSize: result.totalSize, done, nextRecordsUrl, records };
  }

  private closeOldest(userId: string): void {
    const own = [...this.open].filter(([, cursor]) => cursor.userId === userId).map(([id]) => id);
    for (const id of own.slice(0, -MOST_CURSORS)) this.open.delete(id);
  }
}

/** Rows a page from a `Sforce-Query-Options: batchSize=n` header, kept between 200 and 2,000; undefined without one. */
export function batchSizeOf(header: string | undefined): number | undefined {
  const size = /batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1];
  return size === undefined ? undefined : Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Number(size)));
}

export { LARGEST_BATCH as DEFAULT_BATCH_SIZE };
