import type { FieldModel, FieldType } from '../model.ts';
import { isNumber } from '../soql/wire.ts';

const soapTypes: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  int: 'xsd:int',
  boolean: 'xsd:boolean',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

/** A field as sObject Describe shows it; `editable` is what the user may do with it. */
export function describeField(field: FieldModel, editable: boolean): Record<string, unknown> {
  const isLong = field.type === 'textarea' && (field.length ?? 0) > 255;
  const isMulti = field.type === 'multipicklist';
  return {
    ...constants,
    ...numbers(field),
    ...picklist(field),
    ...reference(field),
    aggregatable: !isLong && !isMulti && field.type !== 'boolean',
    autoNumber: field.autoNumber !== undefined,
    calculated: field.formula !== undefined || field.summary !== undefined,
    calculatedFormula: field.formula ?? null,
    caseSensitive: field.caseSensitive,
    createable: field.createable && editable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? field.defaultValue === 'true' : null,
    defaultValueFormula: field.type === 'boolean' ? null : (field.defaultValue ?? null),
    defaultedOnCreate: field.type === 'boolean' || field.defaultValue !== undefined || !field.createable,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: !isLong,
    groupable: !isLong && !isMulti && !isNumber(field.type) && field.type !== 'datetime',
    idLookup: field.type === 'id' || field.externalId,
    inlineHelpText: field.helpText,
    label: field.label,
    length: field.length ?? 0,
    byteLength: byteLength(field),
    name: field.name,
    nameField: field.isNameField,
    nillable: isNillable(field),
    permissionable: field.custom && !field.required && field.reference?.kind !== 'masterDetail',
    soapType: soapTypes[field.type] ?? 'xsd:string',
    sortable: !isLong && !isMulti,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable && editable,
  };
}

/** What is the same for every field of this org. */
const constants = {
  aiPredictionField: false,
  compoundFieldName: null,
  controllerName: null,
  dependentPicklist: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  encrypted: false,
  filteredLookupInfo: null,
  formulaTreatNullNumberAsZero: false,
  highScaleNumber: false,
  htmlFormatted: false,
  mask: null,
  maskType: null,
  namePointing: false,
  polymorphicForeignKey: false,
  queryByDistance: false,
  referenceTargetField: null,
  searchPrefilterable: false,
};

function numbers(field: FieldModel): Record<string, unknown> {
  const isInt = field.type === 'int';
  return {
    digits: isInt ? (field.precision ?? 9) : 0,
    precision: isNumber(field.type) && !isInt ? (field.precision ?? 18) : 0,
    scale: field.scale ?? 0,
  };
}

function picklist({ picklist: list }: FieldModel): Record<string, unknown> {
  return {
    picklistValues: (list?.values ?? []).map(({ value, label, isDefault }) => ({
      active: true,
      defaultValue: isDefault,
      label,
      validFor: null,
      value,
    })),
    restrictedPicklist: list?.restricted ?? false,
  };
}

function reference({ reference: target }: FieldModel): Record<string, unknown> {
  const isDetail = target?.kind === 'masterDetail';
  return {
    cascadeDelete: isDetail || target?.deleteConstraint === 'Cascade',
    referenceTo: target?.to ?? [],
    relationshipName: target?.relationshipName ?? null,
    relationshipOrder: isDetail ? 0 : null,
    restrictedDelete: target?.deleteConstraint === 'Restrict',
    writeRequiresMasterRead: target?.writeRequiresMasterRead ?? false,
  };
}

function isNillable(field: FieldModel): boolean {
  const isSystem = !field.custom && !field.createable && field.formula === undefined;
  return !(field.required || field.type === 'boolean' || isSystem || field.reference?.kind === 'masterDetail');
}

/** Characters take up to three bytes, those of record ids one. */
function byteLength({ type, length = 0 }: FieldModel): number {
  return type === 'id' || type === 'reference' ? length : length * 3;
}
