import type { FieldModel, ObjectModel, Org, PageLayoutModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { eTagOf } from './eTag.ts';
import { DATA_TYPES, MASTER_RECORD_TYPE } from './objectInfo.ts';
import { nameField } from './recordMarks.ts';
import { listParameter } from './requests.ts';

export type LayoutType = 'Compact' | 'Full';
export type LayoutMode = 'Create' | 'Edit' | 'View';

const COLUMNS = 2;
/** Fields that the platform writes at the end of a layout. */
const LAST = ['CreatedById', 'LastModifiedById', 'OwnerId'];
const HIDDEN = ['Id', 'IsDeleted', 'SystemModstamp', 'CreatedDate', 'LastModifiedDate'];

type Behavior = PageLayoutModel['sections'][number]['columns'][number][number]['behavior'];

/** A section of a layout as far as the user may see it, or set what is in it. */
interface Section {
  heading: string;
  isHeadingShown: boolean;
  columns: LayoutField[][];
}
interface LayoutField {
  field: FieldModel;
  /** What the layout says; undefined where no layout does. */
  behavior?: Behavior;
}

/**
 * The layout of an object for one user: the page layout or compact layout of the metadata. Without a page layout it is
 * every field that the user may read, or may set, in the order of the metadata; without a compact layout the name.
 *
 * Source: UI API Developer Guide, "Record Layout" (ui_api_responses_record_layout).
 */
export function recordLayout(org: Org, access: Access, object: ObjectModel, layoutType: LayoutType, mode: LayoutMode) {
  const layout = {
    id: null,
    layoutType,
    mode,
    objectApiName: object.name,
    recordTypeId: MASTER_RECORD_TYPE,
    saveOptions: [] as object[],
    sections: sectionsOf(access, object, layoutType, mode).map((section, index) => {
      const layoutRows = rowsOf(section.columns).map((fields) => ({
        layoutItems: fields.map((each) => layoutItem(org, access, object, each)),
      }));
      return {
        collapsible: false,
        columns: section.columns.length,
        heading: section.heading,
        id: `${object.keyPrefix}-${index}`,
        layoutRows,
        rows: layoutRows.length,
        useHeading: section.isHeadingShown,
      };
    }),
  };
  return { ...layout, eTag: eTagOf(layout) };
}

/** The fields of a layout. */
export const layoutFields = (
  access: Access,
  object: ObjectModel,
  layoutType: LayoutType,
  mode: LayoutMode,
): FieldModel[] =>
  sectionsOf(access, object, layoutType, mode).flatMap(({ columns }) => columns.flat().map(({ field }) => field));

function sectionsOf(access: Access, object: ObjectModel, layoutType: LayoutType, mode: LayoutMode): Section[] {
  const shown = new Map(shownFields(access, object, mode).map((field) => [field.name.toLowerCase(), field]));
  const named = (name: string): FieldModel[] => [shown.get(name.toLowerCase()) ?? []].flat();
  const heading = `${object.label} Information`;
  if (layoutType === 'Compact') {
    const names = object.compactLayout ?? [nameField(object)?.name ?? 'Id'];
    return [{ heading, isHeadingShown: false, columns: [names.flatMap(named).map((field) => ({ field }))] }];
  }
  if (!object.pageLayout) {
    const fields = inUsualOrder([...shown.values()]).map((field) => ({ field }));
    const column = (which: number) => fields.filter((_, index) => index % COLUMNS === which);
    return [{ heading, isHeadingShown: true, columns: [column(0), column(1)] }];
  }
  return object.pageLayout.sections.map(({ label, isHeadingShown, columns }) => ({
    heading: label,
    isHeadingShown,
    columns: columns.map((items) =>
      items.flatMap(({ field, behavior }) => named(field).map((each) => ({ field: each, behavior }))),
    ),
  }));
}

const shownFields = (access: Access, object: ObjectModel, mode: LayoutMode): FieldModel[] =>
  mode === 'View' ? access.fields(object) : access.writable(object, mode === 'Create' ? 'create' : 'edit');

function inUsualOrder(fields: FieldModel[]): FieldModel[] {
  const rank = (field: FieldModel): number => (field.isNameField ? 0 : LAST.includes(field.name) ? 2 : 1);
  return fields.filter(({ name }) => !HIDDEN.includes(name)).toSorted((a, b) => rank(a) - rank(b));
}

/** The fields that stand beside each other, row by row. */
function rowsOf(columns: LayoutField[][]): LayoutField[][] {
  const count = Math.max(0, ...columns.map(({ length }) => length));
  return Array.from({ length: count }, (_, row) => columns.flatMap((column) => column[row] ?? []));
}

/** Source: UI API Developer Guide, "Record Layout Item" (ui_api_responses_record_layout_item). */
function layoutItem(org: Org, access: Access, object: ObjectModel, { field, behavior }: LayoutField) {
  const rights = org.access.object(access.user, object.name);
  const { editable } = org.access.field(access.user, object.name, field.name);
  const editableForNew = field.createable && editable && rights.create;
  const editableForUpdate = field.updateable && editable && rights.edit;
  const label = field.reference ? field.label.replace(/ ID$/, '') : field.label;
  return {
    editableForNew,
    editableForUpdate,
    label,
    layoutComponents: [
      { apiName: field.name, componentType: 'Field', dataType: DATA_TYPES[field.type], label: field.label },
    ],
    lookupIdApiName: field.reference ? field.name : null,
    required: (behavior === 'Required' || field.required) && (editableForNew || editableForUpdate),
    sortable: false,
    uiBehavior: behavior ?? (editableForUpdate || editableForNew ? (field.required ? 'Required' : 'Edit') : 'Readonly'),
  };
}

/** @throws {OrgError} ILLEGAL_QUERY_PARAMETER_VALUE for a type that is none. */
export const layoutTypesOf = (value: unknown): LayoutType[] => oneOf('layoutType', value, ['Full', 'Compact'], 'Full');

/** @throws {OrgError} ILLEGAL_QUERY_PARAMETER_VALUE for a mode that is none. */
export const modesOf = (value: unknown): LayoutMode[] => oneOf('mode', value, ['View', 'Create', 'Edit'], 'View');

function oneOf<Name extends string>(parameter: string, value: unknown, names: Name[], usual: Name): Name[] {
  const wanted = listParameter(value);
  if (wanted.length === 0) return [usual];
  return wanted.map((each) => {
    const found = names.find((name) => name === each);
    if (found) return found;
    throw new OrgError(
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      `${parameter} is ${each}, but has to be one of ${names.join(', ')}.`,
    );
  });
}
