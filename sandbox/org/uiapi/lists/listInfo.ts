import { nameField } from '../recordMarks.ts';
import type { Access } from '../access.ts';
import { eTagOf } from '../eTag.ts';
import { columnOf, isSortable } from './columns.ts';
import type { Column } from './columns.ts';
import type { NamedView } from './views.ts';

const OPERATORS: Record<string, string> = {
  equals: 'Equals',
  notEqual: 'NotEqual',
  lessThan: 'LessThan',
  greaterThan: 'GreaterThan',
  lessOrEqual: 'LessOrEqual',
  greaterOrEqual: 'GreaterOrEqual',
  contains: 'Contains',
  notContain: 'NotContain',
  startsWith: 'StartsWith',
  includes: 'Includes',
  excludes: 'Excludes',
};

/** The columns of a list view that the user may read. */
export const columnsOf = (access: Access, { object, view }: NamedView): Column[] =>
  view.columns.flatMap((name) => columnOf(access, object, name) ?? []);

/** A reference to a list view. Source: UI API Developer Guide, "List Reference" (ui_api_responses_list_reference). */
export const listReference = ({ object, view, id }: NamedView) => ({
  id,
  listViewApiName: view.name,
  objectApiName: object.name,
  type: view.name === '__Recent' ? 'mru' : 'listView',
});

/** A column as lists show it. Source: UI API Developer Guide, "List Column" (ui_api_responses_list_column). */
export const shownColumn = (column: Column) => ({
  fieldApiName: column.path,
  label: column.label,
  lookupId: column.lookupId,
  sortable: isSortable(column),
});

/**
 * Metadata of a list view.
 *
 * Source: UI API Developer Guide, "List Info" (ui_api_responses_list_metadata).
 */
export function listInfo(access: Access, named: NamedView) {
  const { object, view } = named;
  const name = nameField(object);
  const info = {
    cloneable: true,
    createable: false,
    deletable: false,
    displayColumns: columnsOf(access, named).map(shownColumn),
    filterLogicString: view.logic ?? null,
    filteredByInfo: view.filters.flatMap(({ field, operation, values }) => {
      const column = columnOf(access, object, field);
      if (!column) return [];
      return [
        {
          fieldApiName: column.path,
          label: column.label,
          operandLabels: values,
          operator: OPERATORS[operation] ?? operation,
        },
      ];
    }),
    label: view.label,
    listReference: listReference(named),
    objectApiNames: [object.name],
    orderedByInfo: name ? [{ fieldApiName: name.name, isAscending: true, label: name.label }] : [],
    scope: { apiName: view.scope === 'Mine' ? 'mine' : 'everything', label: view.scope, relatedEntityId: null },
    searchable: true,
    updateable: false,
    userPreferences: { columnWidths: {}, columnWrap: {} },
    visibility: 'Public',
    visibilityEditable: false,
  };
  return { ...info, eTag: eTagOf(info) };
}
