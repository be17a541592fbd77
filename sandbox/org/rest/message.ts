import type { Org, OrgUser, RecordError } from '../model.ts';
import { OrgError } from '../orgError.ts';

/** A request below /services/data/vXX.X/, from HTTP or from inside a composite request. */
export interface ApiRequest {
  method: string;
  /** Such as `67.0`. */
  version: string;
  /** Decoded path segments after the version. */
  path: string[];
  query: URLSearchParams;
  /** By lower-case name. */
  headers: Record<string, string | undefined>;
  body: unknown;
  user: OrgUser;
}

export interface ApiResponse {
  status: number;
  /** Undefined: no body. */
  body?: unknown;
  headers?: Record<string, string>;
  /** A body that is not JSON, in place of `body`. */
  text?: { type: string; content: string };
  /** A record failed, whatever the status says: collections answer 200 all the same. */
  failed?: boolean;
}

/** What a handler works with. */
export interface ApiCall {
  org: Org;
  request: ApiRequest;
  /** Values of the `:names` in the route. */
  params: Record<string, string>;
  /** Handles a subrequest; `allOrNone` true overrules what collections inside ask for. */
  dispatch(request: ApiRequest, options?: { allOrNone?: boolean }): ApiResponse;
  /** Set inside an all-or-none composite request. */
  allOrNone: boolean;
}

export type Handler = (call: ApiCall) => ApiResponse;

/** The entry of an error body. */
export interface ApiError {
  message: string;
  errorCode: string;
  fields?: string[];
}

/** The answer for whatever a handler threw; errors that are no OrgError go on upwards. */
export function errorResponse(error: unknown): ApiResponse {
  if (!(error instanceof OrgError)) throw error;
  const { message, errorCode, fields } = error;
  const body: ApiError[] = [fields.length > 0 ? { message, errorCode, fields } : { message, errorCode }];
  return { status: error.status, body, failed: true };
}

/** Errors of one record as the body of a single-record answer. */
export function recordErrorsBody(errors: RecordError[]): ApiError[] {
  return errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields }));
}

/** The HTTP status of a record that could not be saved. */
export function recordErrorStatus(errors: RecordError[]): number {
  const code = errors[0]?.statusCode ?? '';
  if (code === 'ENTITY_IS_DELETED' || code === 'NOT_FOUND') return 404;
  if (code === 'INSUFFICIENT_ACCESS_OR_READONLY') return 403;
  return 400;
}

export function notFound(message = 'The requested resource does not exist'): OrgError {
  return new OrgError('NOT_FOUND', message, { status: 404 });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The body as an object. Throws JSON_PARSER_ERROR for anything else. */
export function objectBody(body: unknown): Record<string, unknown> {
  if (isObject(body)) return body;
  throw new OrgError('JSON_PARSER_ERROR', 'The request body must be a JSON object. Send one with content type JSON.');
}

/** A list in a body. Throws JSON_PARSER_ERROR naming it when it is missing or holds anything but objects. */
export function objectList(value: unknown, name: string): Array<Record<string, unknown>> {
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new OrgError('JSON_PARSER_ERROR', `The request body needs "${name}", a list of objects.`);
}

/** Throws `code` when a list is longer than Salesforce takes. */
export function atMost(list: readonly unknown[], most: number, what: string, code = 'LIMIT_EXCEEDED'): void {
  if (list.length <= most) return;
  throw new OrgError(code, `${list.length} ${what} exceed the limit of ${most}. Send fewer in one request.`);
}
