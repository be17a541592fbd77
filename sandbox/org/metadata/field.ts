import type { FieldModel, FieldType, PicklistValue } from '../model.ts';
import type { Element } from './element.ts';
import { readReference, readSummary } from './relations.ts';

/** Elements of a field that change how it looks or is watched, never what a record holds. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'businessOwnerGroup',
  'businessOwnerUser',
  'businessStatus',
  'complianceGroup',
  'deprecated',
  'description',
  'displayFormat',
  'isFilteringDisabled',
  'isSortingDisabled',
  'populateExistingRows',
  'relationshipLabel',
  'relationshipOrder',
  'securityClassification',
  'stripMarkup',
  'trackFeedHistory',
  'trackHistory',
  'trackTrending',
  'visibleLines',
]);

interface TypeRule {
  type: FieldType;
  /** Length of text where metadata names none. */
  length?: number;
}

const TYPES: Readonly<Record<string, TypeRule>> = {
  AutoNumber: { type: 'string', length: 30 },
  Checkbox: { type: 'boolean' },
  Currency: { type: 'currency' },
  Date: { type: 'date' },
  DateTime: { type: 'datetime' },
  Email: { type: 'email', length: 80 },
  Html: { type: 'textarea', length: 32768 },
  LongTextArea: { type: 'textarea', length: 32768 },
  Lookup: { type: 'reference', length: 18 },
  MasterDetail: { type: 'reference', length: 18 },
  MultiselectPicklist: { type: 'multipicklist', length: 4099 },
  Number: { type: 'double' },
  Percent: { type: 'percent' },
  Phone: { type: 'phone', length: 40 },
  Picklist: { type: 'picklist', length: 255 },
  Summary: { type: 'double' },
  Text: { type: 'string', length: 255 },
  TextArea: { type: 'textarea', length: 255 },
  Url: { type: 'url', length: 255 },
};

const NUMBERS: ReadonlySet<FieldType> = new Set<FieldType>(['double', 'int', 'currency', 'percent']);

export function isNumber(type: FieldType): boolean {
  return NUMBERS.has(type);
}

/** Value sets that picklists name instead of holding values themselves. */
export type ValueSets = ReadonlyMap<string, PicklistValue[]>;

/** Reads one `*.field-meta.xml`. Throws MetadataError for anything the local org cannot honour. */
export function readField(element: Element, valueSets: ValueSets): FieldModel {
  const metadataType = element.need('type');
  const rule = TYPES[metadataType];
  if (!rule) throw element.error(`<type> ${metadataType} is not supported by the local org`);
  const name = element.need('fullName');
  const formula = element.text('formula');
  const computed = formula !== undefined || metadataType === 'Summary' || metadataType === 'AutoNumber';
  const field: FieldModel = {
    name,
    label: element.text('label') ?? name,
    type: rule.type,
    custom: true,
    helpText: element.text('inlineHelpText') ?? null,
    required: element.flag('required') || metadataType === 'MasterDetail',
    unique: element.flag('unique'),
    externalId: element.flag('externalId'),
    caseSensitive: element.flag('caseSensitive'),
    createable: !computed,
    updateable: !computed,
    isNameField: false,
  };
  addSize(field, element, rule, formula !== undefined);
  addDefault(field, element);
  if (formula !== undefined) addFormula(field, element, formula);
  if (rule.type === 'picklist' || rule.type === 'multipicklist') field.picklist = readPicklist(element, valueSets);
  if (rule.type === 'reference') addReference(field, element, metadataType === 'MasterDetail');
  if (metadataType === 'Summary') field.summary = readSummary(element);
  if (metadataType === 'AutoNumber') addAutoNumber(field, element);
  element.finish(WITHOUT_EFFECT);
  return field;
}

function addSize(field: FieldModel, element: Element, rule: TypeRule, formula: boolean): void {
  if (isNumber(field.type)) {
    field.precision = element.integer('precision') ?? 18;
    field.scale = element.integer('scale') ?? 0;
    if (field.precision > 18 || field.scale > field.precision) {
      throw element.error('<precision> is at most 18 and <scale> at most <precision>');
    }
  } else if (rule.length !== undefined) {
    field.length = formula && rule.type === 'string' ? 1300 : (element.integer('length') ?? rule.length);
  }
}

function addDefault(field: FieldModel, element: Element): void {
  const text = element.text('defaultValue');
  if (text !== undefined) field.defaultValue = text;
}

function addFormula(field: FieldModel, element: Element, formula: string): void {
  if (field.type === 'picklist' || field.type === 'multipicklist' || field.type === 'reference') {
    throw element.error(`a formula field cannot have the type ${field.type}`);
  }
  field.formula = formula;
  const blanks = element.text('formulaTreatBlanksAs') ?? 'BlankAsZero';
  if (blanks !== 'BlankAsZero' && blanks !== 'BlankAsBlank') {
    throw element.error(`<formulaTreatBlanksAs> must be BlankAsZero or BlankAsBlank, not ${blanks}`);
  }
  field.blanksAsZero = blanks === 'BlankAsZero';
}

function addReference(field: FieldModel, element: Element, masterDetail: boolean): void {
  field.reference = readReference(field.name, element, masterDetail);
  if (masterDetail) field.updateable = field.reference.reparentable;
}

function addAutoNumber(field: FieldModel, element: Element): void {
  field.autoNumber = element.text('displayFormat') ?? '{0}';
  field.startingNumber = element.integer('startingNumber') ?? 1;
}

function readPicklist(element: Element, valueSets: ValueSets): NonNullable<FieldModel['picklist']> {
  const valueSet = element.child('valueSet');
  if (!valueSet) throw element.error('<valueSet> is missing');
  const named = valueSet.text('valueSetName');
  const definition = valueSet.child('valueSetDefinition');
  const restricted = valueSet.flag('restricted');
  // Salesforce's API does not enforce which value a controlling field allows either.
  valueSet.finish(new Set(['controllingField', 'valueSettings']));
  if (named !== undefined) {
    const values = valueSets.get(named);
    if (!values) throw valueSet.error(`the global value set ${named} is not in the source folders`);
    return { restricted: true, values };
  }
  if (!definition) throw valueSet.error('<valueSetDefinition> is missing');
  const values = definition.children('value').map(readPicklistValue);
  definition.finish(new Set(['sorted']));
  return { restricted, values };
}

/** Reads one value of a picklist or global value set. */
export function readPicklistValue(element: Element): PicklistValue {
  const value = element.need('fullName');
  const inactive = element.text('isActive') === 'false';
  if (inactive) throw element.error(`the inactive value ${value} is not supported by the local org; remove it`);
  const read = { value, label: element.text('label') ?? value, isDefault: element.flag('default') };
  element.finish(new Set(['color', 'description']));
  return read;
}
