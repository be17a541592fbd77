import type { Page } from '../../salesforce/control/paging.ts';
import { HttpError } from '../errors.ts';
import type { Found, ServedOrg } from './gateway.ts';

/** Where the next page begins: the org, and what that org was read up to. */
interface Place {
  readonly orgId: string;
  readonly after?: string;
}

export interface PageOf<Item> {
  readonly data: Item[];
  readonly nextToken?: string;
}

/**
 * A page of records of several orgs: those of the first org, then those of the next.
 *
 * @param read reads up to `limit` rows of one org behind `after`
 */
export async function pageAcross<Row>(
  orgs: readonly ServedOrg[],
  query: { readonly pageSize: number; readonly nextToken?: string | undefined },
  read: (org: ServedOrg, limit: number, after: string | undefined) => Promise<Page<Row>>,
): Promise<PageOf<Found<Row>>> {
  const place = query.nextToken ? readToken(query.nextToken) : undefined;
  const start = place ? orgs.findIndex(({ orgId }) => orgId === place.orgId) : 0;
  if (start < 0) throw badToken();
  const data: Found<Row>[] = [];
  let after = place?.after;
  for (const org of orgs.slice(start)) {
    if (data.length >= query.pageSize) return { data, nextToken: toToken({ orgId: org.orgId }) };
    const page = await read(org, query.pageSize - data.length, after);
    data.push(...page.rows.map((row) => ({ org, row })));
    if (page.next !== null) return { data, nextToken: toToken({ orgId: org.orgId, after: page.next }) };
    after = undefined;
  }
  return { data };
}

/** The page of a list that is read whole: `after` is the number of rows before it. */
export function pageOfAll<Row>(rows: readonly Row[], limit: number, after: string | undefined): Page<Row> {
  const start = Number(after ?? 0);
  const end = start + limit;
  return { rows: rows.slice(start, end), next: end < rows.length ? String(end) : null };
}

function toToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readToken(token: string): Place {
  try {
    const place = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<Place>;
    if (typeof place.orgId === 'string') return { orgId: place.orgId, ...afterOf(place) };
  } catch {
    // What is no JSON is no token of ours: the same answer as below.
  }
  throw badToken();
}

function afterOf({ after }: Partial<Place>): { after?: string } {
  return typeof after === 'string' ? { after } : {};
}

function badToken(): HttpError {
  return new HttpError(400, 'nextToken is not one that this list gave out. Begin without it.');
}
