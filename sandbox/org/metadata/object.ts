import type { FieldModel, ObjectModel, ValidationRule } from '../model.ts';
import type { Element } from './element.ts';
import { systemFields } from './systemFields.ts';

/** Elements of an object that change how it looks, is found or is reported on, never what a record holds. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'actionOverrides',
  'allowInChatterGroups',
  'deploymentStatus',
  'description',
  'enableActivities',
  'enableBulkApi',
  'enableEnhancedLookup',
  'enableFeeds',
  'enableHistory',
  'enableLicensing',
  'enableReports',
  'enableSearch',
  'enableSharing',
  'enableStreamingApi',
  'externalSharingModel',
  'gender',
  'searchLayouts',
  'startsWith',
  'visibility',
]);

const SHARING_MODELS = ['Private', 'Read', 'ReadWrite', 'ControlledByParent'] as const;

/** Reads the `*.object-meta.xml` of a custom object. Throws MetadataError for what the local org cannot honour. */
export function readCustomObject(name: string, element: Element): ObjectModel {
  const label = element.need('label');
  const nameField = element.child('nameField');
  if (!nameField) throw element.error('<nameField> is missing');
  const model: ObjectModel = {
    name,
    label,
    pluralLabel: element.text('pluralLabel') ?? label,
    custom: true,
    keyPrefix: '',
    sharing: readSharing(element),
    fields: new Map(),
    validationRules: [],
    childRelationships: [],
    listViews: [],
  };
  readAssignment(model, element);
  addField(model, readNameField(nameField));
  systemFields().forEach((field) => addField(model, field));
  element.finish(WITHOUT_EFFECT);
  return model;
}

/** Reads the `*.object-meta.xml` of a standard object: its sharing; it may not change what else the local org knows of it. */
export function readStandardObject(model: ObjectModel, element: Element): void {
  if (element.text('sharingModel') !== undefined) model.sharing = readSharing(element);
  readAssignment(model, element);
  element.finish(new Set([...WITHOUT_EFFECT, 'label', 'pluralLabel', 'nameField']));
}

export function addField(model: ObjectModel, field: FieldModel): void {
  model.fields.set(field.name.toLowerCase(), field);
}

function readAssignment(model: ObjectModel, element: Element): void {
  const compactLayout = element.text('compactLayoutAssignment');
  if (compactLayout !== undefined) model.compactLayoutName = compactLayout;
}

function readSharing(element: Element): ObjectModel['sharing'] {
  const text = element.text('sharingModel') ?? 'ReadWrite';
  const sharing = SHARING_MODELS.find((known) => known === text);
  if (!sharing) {
    throw element.error(`<sharingModel> ${text} is not supported by the local org; use ${SHARING_MODELS.join(' or ')}`);
  }
  return sharing;
}

function readNameField(element: Element): FieldModel {
  const type = element.need('type');
  const field: FieldModel = {
    name: 'Name',
    label: element.text('label') ?? 'Name',
    type: 'string',
    custom: false,
    helpText: null,
    length: 80,
    required: false,
    unique: false,
    externalId: false,
    caseSensitive: false,
    createable: type === 'Text',
    updateable: type === 'Text',
    isNameField: true,
  };
  if (type === 'AutoNumber') {
    field.autoNumber = element.text('displayFormat') ?? '{0}';
    field.startingNumber = element.integer('startingNumber') ?? 1;
  } else if (type !== 'Text') throw element.error(`<type> ${type} is not supported; use Text or AutoNumber`);
  element.finish(new Set(['trackHistory', 'trackFeedHistory', 'displayFormat']));
  return field;
}

/** Reads one `*.validationRule-meta.xml`. */
export function readValidationRule(element: Element): ValidationRule {
  const rule: ValidationRule = {
    name: element.need('fullName'),
    active: element.flag('active'),
    formula: element.need('errorConditionFormula'),
    message: element.need('errorMessage'),
  };
  const field = element.text('errorDisplayField');
  if (field !== undefined) rule.field = field;
  element.finish(new Set(['description']));
  return rule;
}
