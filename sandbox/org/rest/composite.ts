import { OrgError } from '../orgError.ts';
import { parseApiUrl } from './apiUrl.ts';
import { objectBody } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { readSubrequests, runAllOrNone, runEach } from './subrequests.ts';
import type { Subrequest } from './subrequests.ts';

const MOST_SUBREQUESTS = 25;
const MOST_BULKY = 5;

/**
 * POST composite: up to 25 subrequests, at most 5 of them collections or queries. They run in the order given, which
 * `collateSubrequests: false` asks for and `true` allows.
 */
export const compositeRoutes: Routes = { 'POST composite': composite };

function composite(call: ApiCall): ApiResponse {
  const body = objectBody(call.request.body);
  const subrequests = readSubrequests(body['compositeRequest'], MOST_SUBREQUESTS);
  const bulky = subrequests.filter(({ url }) => ['collections', 'query'].includes(kindOf(url)));
  if (bulky.length > MOST_BULKY) {
    throw new OrgError(
      'LIMIT_EXCEEDED',
      `${bulky.length} subrequests are sObject Collections or query operations; at most ${MOST_BULKY} are allowed.`,
    );
  }
  subrequests.forEach(refuseNested);
  const compositeResponse =
    body['allOrNone'] === true ? runAllOrNone(call, subrequests).results : runEach(call, subrequests);
  return { status: 200, body: { compositeResponse } };
}

function refuseNested({ url, referenceId }: Subrequest): void {
  if (kindOf(url) !== 'composite') return;
  throw new OrgError(
    'INVALID_INPUT',
    `Subrequest ${referenceId} goes to ${url}. A composite request cannot hold composite, batch, graph or tree requests.`,
  );
}

function kindOf(url: string): 'collections' | 'query' | 'composite' | 'other' {
  const [first, second] = parseApiUrl(url)?.path ?? [];
  if (first === 'query' || first === 'queryAll') return 'query';
  if (first !== 'composite') return 'other';
  return second === 'sobjects' ? 'collections' : 'composite';
}
