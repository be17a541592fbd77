import type { SaveRequest } from '../model.ts';
import { parseApiUrl } from './apiUrl.ts';
import { isObject } from './message.ts';

/** What a request is going to do with one record. */
export type RecordWrite = SaveRequest | { operation: 'delete'; id: string };

type Fields = Record<string, unknown>;

/**
 * The records that a request to the data API writes, also those inside composite requests, in their order; what is not
 * a proper request writes none. GraphQL mutations and the rows of bulk jobs are not among them.
 */
export function recordWritesIn(method: string, url: string, body: unknown): RecordWrite[] {
  const parsed = parseApiUrl(url);
  if (!parsed || method === 'GET') return [];
  const [first, second, ...rest] = parsed.path;
  if (first === 'sobjects' && second !== undefined) return rowWrites(method, second, rest, fieldsIn(body));
  if (first === 'ui-api' && second === 'records') return uiApiWrites(method, rest[0], fieldsIn(body));
  if (first !== 'composite') return [];
  if (second === 'tree') return treeWrites(rest[0] ?? '', fieldsIn(body)['records']);
  if (second !== 'sobjects') return subrequestWrites(fieldsIn(body));
  const ids = parsed.query.get('ids')?.split(',') ?? [];
  if (method === 'DELETE') return ids.map((id) => ({ operation: 'delete', id }));
  return listIn(fieldsIn(body)['records']).map((record) => collectionWrite(method, rest, record));
}

const fieldsIn = (value: unknown): Fields => (isObject(value) ? value : {});
const listIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const typeOf = (record: Fields): string => textIn(fieldsIn(record['attributes'])['type']);

function rowWrites(method: string, object: string, [key, value]: string[], fields: Fields): RecordWrite[] {
  if (key === undefined) return method === 'POST' ? [{ operation: 'insert', object, fields }] : [];
  if (value !== undefined) {
    return [{ operation: 'upsert', object, externalIdField: key, externalId: value, fields }];
  }
  return [method === 'DELETE' ? { operation: 'delete', id: key } : { operation: 'update', object, id: key, fields }];
}

function uiApiWrites(method: string, id: string | undefined, { apiName, fields }: Fields): RecordWrite[] {
  if (id === undefined) return [{ operation: 'insert', object: textIn(apiName), fields: fieldsIn(fields) }];
  if (method === 'DELETE') return [{ operation: 'delete', id }];
  return [{ operation: 'update', object: '', id, fields: fieldsIn(fields) }];
}

function subrequestWrites(body: Fields): RecordWrite[] {
  return [
    ...listIn(body['graphs']).flatMap(subrequestWrites),
    ...[...listIn(body['compositeRequest']), ...listIn(body['batchRequests'])].flatMap(
      ({ method, url, body: own, richInput }) =>
        recordWritesIn(String(method).toUpperCase(), fullUrl(String(url)), own ?? richInput),
    ),
  ];
}

/** Subrequests of a batch start at the version. */
const fullUrl = (url: string): string => (url.startsWith('/services/') ? url : `/services/data/${url}`);

function treeWrites(object: string, records: unknown): RecordWrite[] {
  return listIn(records).flatMap((record) => [
    { operation: 'insert' as const, object, fields: record },
    ...Object.values(record).flatMap((value) =>
      listIn(fieldsIn(value)['records']).flatMap((child) => treeWrites(typeOf(child), [child])),
    ),
  ]);
}

function collectionWrite(method: string, [object, field]: string[], fields: Fields): RecordWrite {
  if (object !== undefined && field !== undefined) {
    return { operation: 'upsert', object, externalIdField: field, externalId: fields[field], fields };
  }
  if (method === 'POST') return { operation: 'insert', object: typeOf(fields), fields };
  return { operation: 'update', object: typeOf(fields), id: textIn(fields['id'] ?? fields['Id']), fields };
}
