import type { ObjectModel, Org } from '../model.ts';
import type { Access, Child } from './access.ts';
import { eTagOf } from './eTag.ts';
import { columnOf } from './lists/columns.ts';
import { shownColumn } from './lists/listInfo.ts';
import { MASTER_RECORD_TYPE, THEME } from './objectInfo.ts';
import { nameField } from './recordMarks.ts';

/** Columns beside the name of a related list that no page layout chooses columns for. */
const FURTHER_COLUMNS = 3;

/**
 * A reference to a related list; `parentRecordId` is null in metadata, which is of no record.
 *
 * Source: UI API Developer Guide, "Related List Reference" (ui_api_responses_related_list_reference).
 */
export const relatedListReference = (parent: ObjectModel, child: Child, parentRecordId: string | null) => ({
  id: null,
  inContextOfRecordId: parentRecordId,
  listViewApiName: null,
  objectApiName: child.object.name,
  parentObjectApiName: parent.name,
  recordTypeId: MASTER_RECORD_TYPE,
  relatedListId: child.name,
  type: 'entityRelatedList',
});

/** Source: UI API Developer Guide, "Related List Info Summary" (ui_api_responses_related_list_summary). */
export const relatedListSummary = (parent: ObjectModel, child: Child, url: string) => ({
  entityLabel: child.object.label,
  entityLabelPlural: child.object.pluralLabel,
  fieldApiName: child.field.name,
  keyPrefix: child.object.keyPrefix,
  label: child.object.pluralLabel,
  objectApiName: child.object.name,
  parentFieldApiName: `${parent.name}.Id`,
  relatedListId: child.name,
  relatedListInfoUrl: `${url.split('?')[0]}/${child.name}`,
  themeInfo: THEME,
});

/** Source: UI API Developer Guide, "Related List Info" (ui_api_responses_related_list_metadata). */
export function relatedListInfo(org: Org, access: Access, parent: ObjectModel, child: Child) {
  const { object, field } = child;
  const name = nameField(object);
  const names = ofLayout(parent, child) ?? firstFields(access, child);
  const info = {
    cloneable: false,
    createable: org.access.object(access.user, object.name).create,
    deletable: false,
    displayColumns: names.flatMap((each) => columnOf(access, object, each) ?? []).map(shownColumn),
    fieldApiName: field.name,
    fields: [] as string[],
    filterable: true,
    filterLogicString: '',
    filteredByInfo: [] as object[],
    label: object.pluralLabel,
    listReference: relatedListReference(parent, child, null),
    objectApiNames: [object.name],
    optionalFields: [] as string[],
    orderedByInfo: name ? [{ fieldApiName: name.name, isAscending: true, label: name.label }] : [],
    restrictColumnsToLayout: true,
    searchable: false,
    updateable: false,
    userPreferences: { columnWidths: {}, columnWrap: {} },
    visibility: 'Public',
    visibilityEditable: false,
  };
  return { ...info, eTag: eTagOf(info) };
}

/** The columns that the parent's page layout gives the list, by the names of list views. */
const ofLayout = (parent: ObjectModel, { object, field }: Child): string[] | undefined =>
  parent.pageLayout?.relatedLists.find(({ relatedList }) => relatedList === `${object.name}.${field.name}`)?.fields;

function firstFields(access: Access, { object, field }: Child): string[] {
  const name = nameField(object);
  const own = access
    .fields(object)
    .filter((each) => each.custom && !each.isNameField && each.name !== field.name && each.type !== 'textarea');
  return [...(name ? [name.name] : []), ...own.slice(0, FURTHER_COLUMNS).map((each) => each.name)];
}
