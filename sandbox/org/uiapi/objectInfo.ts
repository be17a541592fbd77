import type { FieldModel, FieldType, ObjectModel, Org } from '../model.ts';
import type { Access } from './access.ts';
import { eTagOf } from './eTag.ts';
import { nameField } from './recordMarks.ts';

/** The record type that every object without record types has. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** Metadata of a field as the UI API shows it. */
export type FieldInfo = ReturnType<typeof fieldInfo>;

/** Metadata of an object as the UI API shows it to one user. */
export type ObjectInfo = ReturnType<typeof objectInfo>;

/** What the UI API calls the types of fields. */
export const DATA_TYPES: Record<FieldType, string> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  double: 'Double',
  int: 'Int',
  currency: 'Currency',
  percent: 'Percent',
  boolean: 'Boolean',
  date: 'Date',
  datetime: 'DateTime',
  reference: 'Reference',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
};

/** The look of an object; the local org has one for all. */
export const THEME = { color: '54698D', iconUrl: null };

const LONG_TEXT = 255;

const MASTER = {
  available: true,
  defaultRecordTypeMapping: true,
  master: true,
  name: 'Master',
  recordTypeId: MASTER_RECORD_TYPE,
};

const SAME_FOR_ALL_OBJECTS = {
  associateEntityType: null,
  associateParentEntity: null,
  compactLayoutable: true,
  dependentFields: {},
  feedEnabled: false,
  layoutable: true,
  mruEnabled: true,
  searchLayoutable: true,
  searchable: false,
};

/** What fields can have in Salesforce and none has in the local org. */
const ABSENT_FIELD_FEATURES = {
  compound: false,
  compoundComponentName: null,
  compoundFieldName: null,
  controllerName: null,
  controllingFields: [] as string[],
  filteredLookupInfo: null,
  highScaleNumber: false,
  htmlFormatted: false,
  maskType: null,
  referenceTargetField: null,
  searchPrefilterable: false,
};

/**
 * Metadata of an object with what the user may do with it; fields that the user may not read are not in it.
 *
 * Source: UI API Developer Guide, "Object Info" and "Field" response bodies (ui_api_responses_object_info,
 * ui_api_responses_field).
 */
export function objectInfo(org: Org, access: Access, object: ObjectModel) {
  const rights = org.access.object(access.user, object.name);
  const name = nameField(object);
  const info = {
    ...SAME_FOR_ALL_OBJECTS,
    apiName: object.name,
    childRelationships: access.children(object).map((child) => ({
      childObjectApiName: child.object.name,
      fieldName: child.field.name,
      junctionIdListNames: [] as string[],
      junctionReferenceTo: [] as string[],
      relationshipName: child.name,
    })),
    createable: rights.create,
    custom: object.custom,
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: rights.delete,
    fields: Object.fromEntries(
      access.fields(object).map((field) => [field.name, fieldInfo(org, access, object, field)]),
    ),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.pluralLabel,
    nameFields: name ? [name.name] : [],
    queryable: rights.read,
    recordTypeInfos: { [MASTER_RECORD_TYPE]: MASTER },
    themeInfo: THEME,
    updateable: rights.edit,
  };
  return { ...info, eTag: eTagOf(info) };
}

function fieldInfo(org: Org, access: Access, object: ObjectModel, field: FieldModel) {
  const rights = org.access.object(access.user, object.name);
  const { editable } = org.access.field(access.user, object.name, field.name);
  const isText = field.type === 'textarea' && (field.length ?? 0) > LONG_TEXT;
  const targets = (field.reference?.to ?? []).flatMap((name) => access.object(name) ?? []);
  return {
    ...ABSENT_FIELD_FEATURES,
    apiName: field.name,
    calculated: field.formula !== undefined || field.summary !== undefined || field.autoNumber !== undefined,
    createable: field.createable && editable && rights.create,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    externalId: field.externalId,
    extraTypeInfo: isText ? 'PlainTextArea' : null,
    filterable: !isText,
    inlineHelpText: field.helpText,
    label: field.label,
    length: field.length ?? 0,
    nameField: field.isNameField,
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    precision: field.precision ?? 0,
    reference: field.reference !== undefined,
    referenceToInfos: targets.map((target) => ({
      apiName: target.name,
      nameFields: [nameField(target)?.name].filter((name) => name !== undefined),
    })),
    relationshipName: field.reference?.relationshipName ?? null,
    required: field.required,
    scale: field.scale ?? 0,
    sortable: !isText && field.type !== 'multipicklist',
    unique: field.unique,
    updateable: field.updateable && editable && rights.edit,
  };
}
