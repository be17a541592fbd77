/** Generic views of records for objects that have no page of their own, over the org's REST API. */
import { layouts } from '@workbench/pages';
import { dataAdapter } from './dataAdapter.ts';
import { displayValue } from './displayValue.ts';
import type { FieldDescription } from './displayValue.ts';
import { callOrg, messageOf } from './org.ts';
import { toUrl } from './pageReference.ts';

export interface ObjectDescription {
  name: string;
  label: string;
  labelPlural: string;
  fields: FieldDescription[];
}

type Row = Record<string, unknown>;

export interface RecordView {
  objectLabel: string;
  name: string;
  fields: ShownField[];
  /** The fields as the page layout arranges them; all of them in one section where the object has no layout. */
  sections: Array<{ label: string; columns: Array<{ key: string; fields: ShownField[] }> }>;
  /** The fields of the compact layout after the name. */
  highlights: ShownField[];
}

export interface ShownField {
  name: string;
  label: string;
  text: string;
  url: string | undefined;
}

export type ViewResult<View> = { view?: View; problem?: string };

const HIDDEN = new Set(['Id', 'IsDeleted', 'SystemModstamp']);
const SHOWN_LAST = new Set(['OwnerId', 'CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate']);

const descriptions = new Map<string, Promise<ObjectDescription>>();

/** What the org says of an object; asked once. */
export function describe(object: string): Promise<ObjectDescription> {
  const known = descriptions.get(object);
  if (known !== undefined) return known;
  const asked = callOrg<ObjectDescription>('GET', `/sobjects/${encodeURIComponent(object)}/describe`);
  descriptions.set(object, asked);
  asked.catch(() => descriptions.delete(object));
  return asked;
}

/** The records of a SOQL query. */
const query = (soql: string): Promise<{ records: Row[] }> => callOrg('GET', `/query?q=${encodeURIComponent(soql)}`);

/** The API name of the object that an id belongs to, by its key prefix; undefined when the user sees no such object. */
export async function objectOfId(id: string): Promise<string | undefined> {
  const { sobjects } = await callOrg<{ sobjects: Array<{ name: string; keyPrefix: string | null }> }>(
    'GET',
    '/sobjects',
  );
  return sobjects.find(({ keyPrefix }) => keyPrefix !== null && id.startsWith(keyPrefix))?.name;
}

/** Turns a refusal into a problem to show. */
export const guarded = async <View>(work: () => Promise<View>): Promise<ViewResult<View>> => {
  try {
    return { view: await work() };
  } catch (error) {
    return { problem: messageOf(error) };
  }
};

async function readRecord(object: string, id: string): Promise<RecordView> {
  const { label, fields } = await describe(object);
  const nameField = fields.find((field) => field.nameField)?.name ?? 'Id';
  const shown = fields.filter((field) => !HIDDEN.has(field.name)).sort((a, b) => rank(a) - rank(b));
  const parents = shown.filter((field) => field.type === 'reference' && field.relationshipName);
  const columns = [
    'Id',
    ...shown.map((field) => field.name),
    ...parents.map((field) => `${field.relationshipName}.Name`),
  ];
  const { records } = await query(`SELECT ${columns.join(', ')} FROM ${object} WHERE Id = '${id.replace(/\W/g, '')}'`);
  const row = records[0];
  if (row === undefined) throw new Error(`There is no ${label} with the id ${id}, or you cannot see it.`);
  const readable = shown.map((field) => ({ name: field.name, label: readableLabel(field), ...cell(field, row) }));
  return {
    objectLabel: label,
    name: displayValue({ type: 'string' }, row[nameField]),
    fields: readable,
    ...arranged(object, readable),
  };
}

/** Fields as the layouts of the source folders arrange them, without those that the user may not read. */
function arranged(object: string, readable: ShownField[]): Pick<RecordView, 'sections' | 'highlights'> {
  const layout = layouts.find((one) => one.object === object);
  const pick = (names: string[]): ShownField[] =>
    names.flatMap((name) => readable.find((field) => field.name === name) ?? []);
  if (layout === undefined) {
    const half = Math.ceil(readable.length / 2);
    const columns = [readable.slice(0, half), readable.slice(half)];
    return { sections: [{ label: 'Details', columns: keyed(columns) }], highlights: [] };
  }
  const sections = layout.sections.map(({ label, columns }) => ({ label, columns: keyed(columns.map(pick)) }));
  return {
    sections: sections.filter(({ columns }) => columns.some(({ fields }) => fields.length > 0)),
    highlights: pick(layout.highlights.slice(1)),
  };
}

const keyed = (columns: ShownField[][]): Array<{ key: string; fields: ShownField[] }> =>
  columns.map((fields, index) => ({ key: String(index), fields }));

/** The name first, what the platform keeps last, as on a layout. */
const rank = ({ name, nameField }: FieldDescription): number => (nameField ? 0 : SHOWN_LAST.has(name) ? 2 : 1);

/** Describe calls a lookup "Owner ID"; pages show the parent's name under "Owner". */
const readableLabel = ({ type, label }: FieldDescription): string =>
  type === 'reference' ? label.replace(/ ID$/, '') : label;

/** A field's value as text; a lookup also with the address of the record behind it. */
function cell(field: FieldDescription, row: Row): { text: string; url: string | undefined } {
  const value = row[field.name];
  const parent = field.relationshipName ? (row[field.relationshipName] as Row | null | undefined) : undefined;
  if (typeof value !== 'string' || !parent) return { text: displayValue(field, value), url: undefined };
  const objectApiName = field.referenceTo?.[0] ?? '';
  return {
    text: displayValue({ type: 'string' }, parent['Name']),
    url: toUrl({ type: 'standard__recordPage', attributes: { objectApiName, recordId: value } }),
  };
}

/** Wire adapter: one record with all fields that the user may read. */
export const recordView = dataAdapter<{ objectApiName?: string; recordId?: string }, ViewResult<RecordView>>({
  empty: {},
  isReady: ({ objectApiName, recordId }) => Boolean(objectApiName) && Boolean(recordId),
  load: ({ objectApiName = '', recordId = '' }) => guarded(() => readRecord(objectApiName, recordId)),
});
