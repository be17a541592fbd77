import type { ObjectModel, Org } from '../../model.ts';
import { OrgError } from '../../orgError.ts';
import { query } from '../../soql/query.ts';
import { all } from '../../graphql/soqlText.ts';
import type { Access } from '../access.ts';
import { recordRepresentation } from '../recordRepresentation.ts';
import type { FieldTree, RecordRepresentation } from '../recordRepresentation.ts';
import { namedRecord } from '../requests.ts';

/** Which part of a list somebody wants. */
export interface PageParameters {
  pageSize?: unknown;
  pageToken?: unknown;
}

/** How large the pages of a resource are, and how far one may page. */
export interface PageLimits {
  usual: number;
  largest: number;
  furthest: number;
}

export interface PageRange {
  pageSize: number;
  /** Rows before the page. */
  before: number;
}

/** @throws {OrgError} INVALID_INPUT for a page size or token out of range. */
export function pageRange({ pageSize, pageToken }: PageParameters, limits: PageLimits): PageRange {
  return {
    pageSize: wholeNumber('pageSize', pageSize ?? limits.usual, 1, limits.largest),
    before: wholeNumber('pageToken', pageToken ?? 0, 0, limits.furthest),
  };
}

/** The tokens and URLs around a page, as all collections of the UI API have them. */
export function pageMarks(url: string, { pageSize, before }: PageRange, hasMore: boolean) {
  const [path = ''] = url.split('?');
  const tokens = {
    current: String(before),
    next: hasMore ? String(before + pageSize) : null,
    previous: before > 0 ? String(Math.max(0, before - pageSize)) : null,
  };
  const urlOf = (token: string | null) => (token === null ? null : `${path}?pageSize=${pageSize}&pageToken=${token}`);
  return {
    currentPageToken: tokens.current,
    currentPageUrl: urlOf(tokens.current),
    nextPageToken: tokens.next,
    nextPageUrl: urlOf(tokens.next),
    previousPageToken: tokens.previous,
    previousPageUrl: urlOf(tokens.previous),
  };
}

/** One page of the records of an object, in the shape of the UI API, and whether more follow. */
export function recordPage(
  org: Org,
  access: Access,
  object: ObjectModel,
  { conditions, order, tree }: { conditions: string[]; order: string; tree: FieldTree },
  { pageSize, before }: PageRange,
): { records: RecordRepresentation[]; hasMore: boolean } {
  const condition = all(conditions);
  const where = condition === '' ? '' : ` WHERE ${condition}`;
  const soql = `SELECT Id FROM ${object.name}${where}${order} LIMIT ${pageSize + 1} OFFSET ${before}`;
  const found = query(org, access.user, soql).records;
  const records = found.slice(0, pageSize).map((row) => {
    const { values } = namedRecord(org, access, String(row['Id']));
    return recordRepresentation(org, access, object, values, tree);
  });
  return { records, hasMore: found.length > pageSize };
}

export function wholeNumber(name: string, value: unknown, smallest: number, largest: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= smallest && number <= largest) return number;
  throw new OrgError(
    'INVALID_INPUT',
    `${name} is ${String(value)}, but has to be a whole number of ${smallest} to ${largest}.`,
  );
}
