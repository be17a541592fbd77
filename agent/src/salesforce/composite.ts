import { codeOf } from '../errorCatalogue.ts';
import { sentence } from '../errors.ts';
import { JsonText, stringifyExact } from '../json/exactJson.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import { recordText } from '../rules/recordText.ts';
import type { SalesforceCalls } from './connection.ts';
import { API_ROOT, type Method } from './httpCall.ts';
import { classify, SalesforceError, SalesforceLimitError, SalesforceSetupError } from './errors.ts';
import { queryPath } from './soql.ts';

/** One part of a `POST /composite`; `path` is below the API version. */
export interface Subrequest {
  readonly method: Method;
  readonly path: string;
  readonly referenceId: string;
  readonly body?: object;
}

export interface SubAnswer {
  readonly referenceId: string;
  readonly status: number;
  readonly body: unknown;
}

/** A record, or a whole subrequest, that Salesforce refused. */
export interface Refusal {
  /** The record's index in a collection; undefined when the subrequest was refused as a whole. */
  readonly record: number | undefined;
  readonly code: string;
  readonly message: string;
}

/** As subrequests of a composite or a graph are written on the wire. */
export function wire({ method, path, referenceId, body }: Subrequest): object {
  return { method, url: API_ROOT + path, referenceId, ...(body === undefined ? {} : { body }) };
}

/**
 * Sends subrequests in their order as one call: one transaction when `allOrNone`.
 *
 * @throws {SalesforceError} and the other errors of `SalesforceConnection.request` when the call as a whole fails
 */
export async function sendComposite(
  connection: SalesforceCalls,
  subrequests: readonly Subrequest[],
  allOrNone: boolean,
): Promise<SubAnswer[]> {
  const body = { allOrNone, collateSubrequests: false, compositeRequest: subrequests.map(wire) };
  const isReading = subrequests.every(({ method }) => method === 'GET');
  const answer = await connection.request('POST', '/composite', body, isReading);
  const parts = readSubAnswers(answer);
  if (parts?.length === subrequests.length) return parts;
  throw badAnswer('a composite call without an answer to each of its parts');
}

/** The parts of a composite's answer; undefined when it has another shape. */
export function readSubAnswers(answer: unknown): SubAnswer[] | undefined {
  const { compositeResponse: parts } = (answer ?? {}) as { compositeResponse?: unknown };
  if (!Array.isArray(parts)) return undefined;
  return (parts as Array<{ referenceId?: unknown; httpStatusCode?: unknown; body?: unknown }>).map((part) => ({
    referenceId: String(part.referenceId),
    status: Number(part.httpStatusCode),
    body: part.body,
  }));
}

export function badAnswer(what: string): SalesforceError {
  return new SalesforceError('BAD_ANSWER', `Salesforce answered ${what}. Try again.`, 'transient');
}

interface Result {
  readonly id?: unknown;
  readonly success?: unknown;
  readonly errors?: unknown;
}

interface ErrorEntry {
  readonly statusCode?: unknown;
  readonly errorCode?: unknown;
  readonly message?: unknown;
}

/** What was refused in one part of an answer; empty when all of it worked. */
export function refusalsIn({ status, body }: SubAnswer): Refusal[] {
  const entries = Array.isArray(body) ? (body as Array<Result & ErrorEntry>) : [(body ?? {}) as Result & ErrorEntry];
  const failed = entries.flatMap((entry, record) => (entry.success === false ? refusalsOf(entry, record) : []));
  if (failed.length > 0 || status < 300) return failed;
  const whole = entries.filter(({ errorCode }) => typeof errorCode === 'string').map((entry) => toRefusal(entry));
  return whole.length > 0 ? whole : [{ record: undefined, code: `ERROR_HTTP_${status}`, message: '' }];
}

function refusalsOf(result: Result, record: number): Refusal[] {
  const errors = Array.isArray(result.errors) ? (result.errors as ErrorEntry[]) : [];
  return errors.length > 0
    ? errors.map((error) => toRefusal(error, record))
    : [{ record, code: 'UNKNOWN_EXCEPTION', message: 'no reason given' }];
}

function toRefusal({ statusCode, errorCode, message }: ErrorEntry, record?: number): Refusal {
  const code = [statusCode, errorCode].find((value) => typeof value === 'string') ?? 'UNKNOWN_EXCEPTION';
  const text = typeof message === 'string' ? message : '';
  return { record, code: codeOf(String(code), text), message: text };
}

/** Why a part was refused; undefined when all of it worked. */
export function firstRefusal(part: SubAnswer | undefined): Refusal | undefined {
  return part && refusalsIn(part)[0];
}

/** The error for a part that the work cannot do without. */
export function refusalError(what: string, { code, message }: Refusal): SalesforceError | SalesforceSetupError {
  const text = sentence(`Salesforce refused ${what}: ${code}: ${message}`);
  const errorClass = classify(code, message);
  if (errorClass === 'limit') return new SalesforceLimitError(code, `${text} Wait until the org's limit recovers.`);
  if (errorClass === 'setup') {
    return new SalesforceSetupError(`${text} Give the agent's user the permission set m3ter Sync Agent.`, { code });
  }
  return new SalesforceError(code, `${text} Check the agent's permissions and the package's version.`, errorClass);
}

/** A query as a part of a composite call. */
export function queryPart(referenceId: string, soql: string): Subrequest {
  return { method: 'GET', path: queryPath(soql), referenceId };
}

/** The record ids of a part that worked: of a collection in the records' order, of a single record alone. */
export function idsIn({ body }: SubAnswer): string[] {
  const results = (Array.isArray(body) ? body : [body ?? {}]) as Result[];
  return results.map(({ id }) => (typeof id === 'string' ? id : ''));
}

export function withType(object: string, record: SalesforceRecord): object {
  return { attributes: { type: object }, ...record };
}

function typedText(object: string, record: SalesforceRecord): JsonText {
  const fields = recordText(record).slice(1);
  return new JsonText(`{"attributes":${stringifyExact({ type: object })}${fields === '}' ? '' : ','}${fields}`);
}

/** An upsert of up to 200 records of one object by an external id. */
export function upsertCollection(
  referenceId: string,
  object: string,
  externalId: string,
  records: readonly SalesforceRecord[],
): Subrequest {
  return {
    method: 'PATCH',
    referenceId,
    path: `/composite/sobjects/${object}/${externalId}`,
    body: { allOrNone: true, records: records.map((record) => typedText(object, record)) },
  };
}

/** An upsert of one record by its external id, whose value moves from the record to the URL. */
export function upsertOne(
  referenceId: string,
  object: string,
  externalId: string,
  record: SalesforceRecord,
): Subrequest {
  const { [externalId]: value, ...fields } = record;
  const path = `/sobjects/${object}/${externalId}/${encodeURIComponent(keyText(value))}`;
  return { method: 'PATCH', referenceId, path, body: fields };
}

/** The text of an external id. */
export function keyText(value: SalesforceRecord[string] | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError('A record without its external id cannot be written. Map it first.');
}

export function deleteCollection(referenceId: string, ids: readonly string[]): Subrequest {
  return { method: 'DELETE', referenceId, path: `/composite/sobjects?ids=${ids.join(',')}&allOrNone=true` };
}
