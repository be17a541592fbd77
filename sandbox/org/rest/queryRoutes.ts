import { OrgError } from '../orgError.ts';
import { openCursor } from '../soql/query.ts';
import { queryColumns } from '../soql/queryColumns.ts';
import { batchSizeOf, Cursors, DEFAULT_BATCH_SIZE } from './cursors.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';

/** query, queryAll and their further pages. */
export function queryRoutes(): Routes {
  const cursors = new Cursors();
  const nextPage = (call: ApiCall): ApiResponse => {
    const { user, version, headers } = call.request;
    const batchSize = batchSizeOf(headers['sforce-query-options']);
    return { status: 200, body: cursors.nextPage(user.id, call.params['locator'] ?? '', batchSize, version) };
  };
  return {
    'GET query': (call) => firstPage(call, cursors, false),
    'GET queryAll': (call) => firstPage(call, cursors, true),
    'GET query/:locator': nextPage,
    'GET queryAll/:locator': nextPage,
  };
}

function firstPage({ org, request }: ApiCall, cursors: Cursors, all: boolean): ApiResponse {
  const soql = request.query.get('q');
  if (soql === null) {
    const code = request.query.has('explain') ? 'MALFORMED_QUERY' : 'MISSING_ARGUMENT';
    throw new OrgError(code, 'The query resource needs the parameter q with a SOQL statement.');
  }
  if (request.query.get('columns') === 'true') return { status: 200, body: queryColumns(org, request.user, soql) };
  const result = openCursor(org, request.user, soql, { all, version: request.version });
  const batchSize = batchSizeOf(request.headers['sforce-query-options']) ?? DEFAULT_BATCH_SIZE;
  return { status: 200, body: cursors.firstPage(request.user.id, result, batchSize, request.version) };
}
