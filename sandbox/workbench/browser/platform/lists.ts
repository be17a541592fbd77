/** The records of an object as its list view in the source folders shows them. */
import { lists } from '@workbench/pages';
import type { ListModel } from '../../model.ts';
import { dataAdapter } from './dataAdapter.ts';
import { displayValue } from './displayValue.ts';
import type { FieldDescription } from './displayValue.ts';
import { toUrl } from './pageReference.ts';
import { cell, describe, guarded, query, readableLabel } from './records.ts';
import type { ViewResult } from './records.ts';

export interface ListView {
  label: string;
  columns: string[];
  rows: Array<{
    id: string;
    name: string;
    url: string;
    cells: Array<{ key: string; text: string; url: string | undefined }>;
  }>;
  /** Whether the object has more records than are listed. */
  hasMore: boolean;
  /** What is listed in which order. */
  summary: string;
}

const LIMIT = 200;
const DEFAULT_COLUMNS = 4;
/** What list views call standard fields. */
const STANDARD: Record<string, string> = { CREATED_DATE: 'CreatedDate', CREATEDBY_USER: 'CreatedById' };

async function readList(object: string): Promise<ListView> {
  const { labelPlural, fields } = await describe(object);
  const model = lists.find((one) => one.object === object);
  const nameField = fields.find((field) => field.nameField);
  const shown = columnsOf(model, fields);
  const isNumbered = nameField?.autoNumber === true;
  const order = isNumbered ? 'CreatedDate DESC, Id DESC' : (nameField?.name ?? 'Id');
  const parents = shown.filter((field) => field.relationshipName).map((field) => `${field.relationshipName}.Name`);
  const names = new Set([
    'Id',
    ...(nameField ? [nameField.name] : []),
    ...shown.map((field) => field.name),
    ...parents,
  ]);
  const { records } = await query(
    `SELECT ${[...names].join(', ')} FROM ${object}${conditionOf(model, fields)} ORDER BY ${order} LIMIT ${LIMIT + 1}`,
  );
  return {
    label: labelPlural,
    columns: [nameField?.label ?? 'Id', ...shown.map(readableLabel)],
    hasMore: records.length > LIMIT,
    summary: [model?.label, isNumbered ? 'Newest first' : 'Sorted by name'].filter(Boolean).join(' • '),
    rows: records.slice(0, LIMIT).map((row) => {
      const id = displayValue({ type: 'string' }, row['Id']);
      return {
        id,
        name: displayValue({ type: 'string' }, row[nameField?.name ?? 'Id']),
        url: toUrl({ type: 'standard__recordPage', attributes: { objectApiName: object, recordId: id } }),
        cells: shown.map((field) => ({ key: field.name, ...cell(field, row) })),
      };
    }),
  };
}

/** The columns beside the name: those of the list view that the user may read, else the first own fields. */
function columnsOf(model: ListModel | undefined, fields: FieldDescription[]): FieldDescription[] {
  if (model === undefined) {
    const own = fields.filter((field) => field.custom && !field.nameField);
    return own.filter(({ type }) => !['textarea', 'reference'].includes(type)).slice(0, DEFAULT_COLUMNS);
  }
  return model.columns.flatMap((column) => {
    const name = STANDARD[column] ?? column;
    return fields.filter((field) => field.name === name && !field.nameField);
  });
}

function conditionOf(model: ListModel | undefined, fields: FieldDescription[]): string {
  const conditions = (model?.filters ?? []).map(({ field, values }) => {
    if (values.length === 0) return `${field} = null`;
    if (fields.find(({ name }) => name === field)?.type === 'boolean') return `${field} = ${values[0] === '1'}`;
    return `${field} IN (${values.map((value) => `'${value.replace(/\W/g, '')}'`).join(', ')})`;
  });
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

/** Wire adapter: the first records of an object, as its list view shows them. */
export const listView = dataAdapter<{ objectApiName?: string }, ViewResult<ListView>>({
  empty: {},
  isReady: ({ objectApiName }) => Boolean(objectApiName),
  load: ({ objectApiName = '' }) => guarded(() => readList(objectApiName)),
});
