import { OrgError } from '../orgError.ts';
import type { ApiCall } from '../rest/message.ts';

/** How an instant reads in answers of the Bulk API. */
export const instant = (date: Date): string => date.toISOString().replace('Z', '+0000');

/** A page of `GET jobs/ingest` and `GET jobs/query`. */
const PAGE = 1000;

export interface JobPage {
  done: boolean;
  nextRecordsUrl: string | null;
  records: object[];
}

/** Jobs newest first, a page at a time; `queryLocator` is where the page starts. */
export function jobPage({ request }: ApiCall, kind: 'ingest' | 'query', jobs: object[]): JobPage {
  const start = Number(request.query.get('queryLocator') ?? 0);
  const next = start + PAGE;
  const done = next >= jobs.length;
  const url = `/services/data/v${request.version}/jobs/${kind}?queryLocator=${next}`;
  return { done, nextRecordsUrl: done ? null : url, records: jobs.slice(start, next) };
}

/** The state that a PATCH asks for. Throws INVALIDJOBSTATE for one that nobody may ask for. */
export function wantedState(body: Record<string, unknown>, allowed: string[]): string {
  const { state } = body;
  if (typeof state === 'string' && allowed.includes(state)) return state;
  throw new OrgError(
    'INVALIDJOBSTATE',
    `InvalidJobState : ${String(state)} cannot be asked for. Send ${allowed.join(' or ')}.`,
  );
}

/** What a job is not in the state for. */
export function wrongState(message: string): OrgError {
  return new OrgError('INVALIDJOBSTATE', `InvalidJobState : ${message}`);
}
