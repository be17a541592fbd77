import { OrgError } from '../orgError.ts';
import { atMost, errorResponse, objectBody, objectList } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { apiRequest } from './subrequests.ts';

const MOST_SUBREQUESTS = 25;

/** POST composite/batch: up to 25 independent subrequests, each committed on its own. */
export const batchRoutes: Routes = { 'POST composite/batch': batch };

function batch(call: ApiCall): ApiResponse {
  const body = objectBody(call.request.body);
  const list = objectList(body['batchRequests'], 'batchRequests');
  atMost(list, MOST_SUBREQUESTS, 'subrequests');
  let halted = false;
  const results = list.map((item) => {
    if (halted) return { statusCode: 412, result: HALTED };
    const response = runOne(call, item);
    if (response.status >= 400 && body['haltOnError'] === true) halted = true;
    return { statusCode: response.status, result: response.body ?? null };
  });
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
}

const HALTED = [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted by request' }];

function runOne(call: ApiCall, { method, url, richInput }: Record<string, unknown>): ApiResponse {
  try {
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw new OrgError('INVALID_INPUT', 'Each batch subrequest needs the texts method and url.');
    }
    const full = url.startsWith('/services/data/') ? url : `/services/data/${url.replace(/^\//, '')}`;
    const headers = { 'sforce-query-options': call.request.headers['sforce-query-options'] };
    const subrequest = { method: method.toUpperCase(), url: full, referenceId: '', body: richInput ?? null, headers };
    const request = apiRequest(call, subrequest);
    if (request.path[0] === 'composite' && request.path[1] !== 'sobjects') {
      throw new OrgError('INVALID_INPUT', `A batch cannot hold ${url}. Send it on its own.`);
    }
    return call.dispatch(request);
  } catch (error) {
    return errorResponse(error);
  }
}
