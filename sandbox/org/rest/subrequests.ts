import { OrgError } from '../orgError.ts';
import { parseApiUrl } from './apiUrl.ts';
import { atMost, errorResponse, objectList } from './message.ts';
import type { ApiCall, ApiError, ApiRequest, ApiResponse } from './message.ts';
import { referencesIn, resolveReferences } from './references.ts';

export interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  headers: Record<string, string | undefined>;
}

export interface SubrequestResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/** Undoes the transaction it is thrown in. */
class Rollback extends Error {}

const ROLLED_BACK: ApiError[] = [
  {
    errorCode: 'PROCESSING_HALTED',
    message: 'The transaction was rolled back since another operation in the same transaction failed.',
  },
];

/**
 * Reads and checks a list of subrequests.
 *
 * @throws {OrgError} JSON_PARSER_ERROR, LIMIT_EXCEEDED or INVALID_INPUT naming the subrequest that is wrong.
 */
export function readSubrequests(value: unknown, most: number): Subrequest[] {
  const list = objectList(value, 'compositeRequest');
  atMost(list, most, 'subrequests');
  const seen = new Set<string>();
  return list.map((item, index) => {
    const { method, url, referenceId, body, httpHeaders } = item;
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw new OrgError('INVALID_INPUT', `Subrequest ${index + 1} needs the texts method and url.`);
    }
    if (typeof referenceId !== 'string' || !/^[A-Za-z0-9_]+$/.test(referenceId)) {
      throw new OrgError('INVALID_INPUT', `Subrequest ${index + 1} needs a referenceId of letters, digits and _.`);
    }
    if (seen.has(referenceId)) {
      throw new OrgError('INVALID_INPUT', `The referenceId ${referenceId} is used twice. Give each its own.`);
    }
    seen.add(referenceId);
    const headers = Object.entries((httpHeaders ?? {}) as Record<string, string>);
    return {
      method: method.toUpperCase(),
      url,
      referenceId,
      body: body ?? null,
      headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), text])),
    };
  });
}

/** The reference ids of other subrequests that one builds on. */
export function dependenciesOf({ url, body }: Subrequest): Set<string> {
  return referencesIn([url, body]);
}

/**
 * Runs subrequests one after another, each on its own: a failed one stops only those that refer to it.
 */
export function runEach(call: ApiCall, subrequests: Subrequest[]): SubrequestResult[] {
  const answers = new Map<string, unknown>();
  return subrequests.map((subrequest) => {
    const response = runOne(call, subrequest, answers, false);
    if (response.status < 300) answers.set(subrequest.referenceId, response.body);
    return resultOf(subrequest, response);
  });
}

/**
 * Runs subrequests in one transaction. When one fails, everything is undone, the culprit keeps its own answer, and all
 * others answer 400 PROCESSING_HALTED.
 */
export function runAllOrNone(
  call: ApiCall,
  subrequests: Subrequest[],
): { results: SubrequestResult[]; succeeded: boolean } {
  const answers = new Map<string, unknown>();
  const responses = new Map<string, ApiResponse>();
  let culprit: string | undefined;
  try {
    call.org.transaction(() => {
      for (const subrequest of subrequests) {
        const response = runOne(call, subrequest, answers, true);
        responses.set(subrequest.referenceId, response);
        if (response.failed || response.status >= 300) {
          culprit = subrequest.referenceId;
          throw new Rollback();
        }
        answers.set(subrequest.referenceId, response.body);
      }
    });
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
  }
  const results = subrequests.map((subrequest) => {
    const own = culprit === undefined || culprit === subrequest.referenceId;
    const response = own ? responses.get(subrequest.referenceId) : undefined;
    return resultOf(subrequest, response ?? { status: 400, body: ROLLED_BACK });
  });
  return { results, succeeded: culprit === undefined };
}

function runOne(
  call: ApiCall,
  subrequest: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  allOrNone: boolean,
): ApiResponse {
  try {
    const url = resolveReferences(subrequest.url, answers) as string;
    const body = resolveReferences(subrequest.body, answers);
    return call.dispatch(apiRequest(call, { ...subrequest, url, body }), { allOrNone });
  } catch (error) {
    return errorResponse(error);
  }
}

/** A subrequest as a request of its own. Throws 404 NOT_FOUND when its URL is none of the data API. */
export function apiRequest({ request }: ApiCall, { method, url, body, headers }: Subrequest): ApiRequest {
  const parsed = parseApiUrl(url);
  if (!parsed)
    throw new OrgError('NOT_FOUND', `The URL ${url} does not start with /services/data/vXX.0/.`, { status: 404 });
  return { ...parsed, method, headers, body, user: request.user };
}

function resultOf({ referenceId }: Subrequest, response: ApiResponse): SubrequestResult {
  return {
    body: response.body ?? null,
    httpHeaders: response.headers ?? {},
    httpStatusCode: response.status,
    referenceId,
  };
}
