/** The records of an object as one of its list views shows them, which the org's UI API filters and writes out. */
import { dataAdapter } from './dataAdapter.ts';
import type { FieldDescription } from './displayValue.ts';
import { callOrg } from './org.ts';
import { toUrl } from './pageReference.ts';
import { describe, guarded } from './records.ts';
import type { ViewResult } from './records.ts';

export interface ListView {
  label: string;
  columns: string[];
  rows: Array<{ id: string; name: string; url: string; cells: Cell[] }>;
  /** Whether the object has more records than are listed. */
  hasMore: boolean;
  /** What is listed in which order. */
  summary: string;
}

interface Cell {
  key: string;
  text: string;
  url: string | undefined;
}

interface Column {
  /** From the listed object, such as `Status__c` or `Account__r.Name`. */
  fieldApiName: string;
  label: string;
}

/** UI API Developer Guide, "Record". */
interface UiRecord {
  apiName: string;
  id: string;
  fields: Record<string, { displayValue: string | null; value: unknown }>;
}

/** UI API Developer Guide, "List UI". */
interface ListUi {
  info: { label: string; displayColumns: Column[] };
  records: { records: UiRecord[]; nextPageToken: string | null };
}

const LIMIT = 200;
const OWN_FIELDS = 4;

async function readList(object: string): Promise<ListView> {
  const { labelPlural, fields } = await describe(object);
  const { lists } = await callOrg<{ lists: Array<{ apiName: string }> }>('GET', `/ui-api/list-info/${object}`);
  const nameField = fields.find((field) => field.nameField);
  const isNumbered = nameField?.autoNumber === true;
  const own = ownColumns(fields);
  const query = new URLSearchParams({
    pageSize: String(LIMIT),
    fields: own.map(({ fieldApiName }) => fieldApiName).join(','),
    ...(isNumbered ? { sortBy: '-CreatedDate' } : {}),
  });
  const { info, records } = await callOrg<ListUi>('GET', `/ui-api/list-ui/${object}/${allOf(lists)}?${query}`);
  const columns = info.displayColumns.filter(({ fieldApiName }) => fieldApiName !== nameField?.name);
  const shown = columns.length > 0 ? columns : own;
  return {
    label: labelPlural,
    columns: [nameField?.label ?? 'Id', ...shown.map(({ label }) => label)],
    hasMore: records.nextPageToken !== null,
    summary: `${info.label} • ${isNumbered ? 'Newest first' : 'Sorted by name'}`,
    rows: records.records.map((record) => ({
      id: record.id,
      name: cell(record, nameField?.name ?? 'Id').text,
      url: recordUrl(record),
      cells: shown.map(({ fieldApiName }) => cell(record, fieldApiName)),
    })),
  };
}

/** Lightning Experience opens an object with the list that was looked at last; here it is always that of all. */
function allOf(lists: Array<{ apiName: string }>): string {
  const named = (test: (name: string) => boolean): string | undefined =>
    lists.find(({ apiName }) => test(apiName))?.apiName;
  return named((name) => name === 'All') ?? named((name) => name.startsWith('All')) ?? lists[0]?.apiName ?? '__Recent';
}

/** What is shown of records whose list has nothing but their name. */
function ownColumns(fields: FieldDescription[]): Column[] {
  const own = fields.filter(({ custom, nameField, type }) => custom && !nameField && type !== 'textarea');
  return own
    .filter(({ type }) => type !== 'reference')
    .slice(0, OWN_FIELDS)
    .map(({ name, label }) => ({ fieldApiName: name, label }));
}

/** A field's value as text; of a parent's field also the address of the parent. */
function cell(record: UiRecord, path: string): Cell {
  const [first = '', ...rest] = path.split('.');
  const { displayValue = null, value = null } = record.fields[first] ?? {};
  if (rest.length === 0) return { key: path, text: displayValue ?? plainText(value), url: undefined };
  const parent = value as UiRecord | null;
  if (parent === null) return { key: path, text: '', url: undefined };
  return { key: path, text: cell(parent, rest.join('.')).text, url: recordUrl(parent) };
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' ? value : '';
}

const recordUrl = ({ apiName, id }: UiRecord): string =>
  toUrl({ type: 'standard__recordPage', attributes: { objectApiName: apiName, recordId: id } });

/** Wire adapter: the first records of an object, as its list view shows them. */
export const listView = dataAdapter<{ objectApiName?: string }, ViewResult<ListView>>({
  empty: {},
  isReady: ({ objectApiName }) => Boolean(objectApiName),
  load: ({ objectApiName = '' }) => guarded(() => readList(encodeURIComponent(objectApiName))),
});
