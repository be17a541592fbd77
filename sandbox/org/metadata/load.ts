import type { FieldModel, ObjectModel, OrgModel, PicklistValue } from '../model.ts';
import { MetadataError, readElement } from './element.ts';
import { readField, readPicklistValue } from './field.ts';
import { linkObjects } from './link.ts';
import { addOwnListViews, readListView } from './listView.ts';
import { addField, readCustomObject, readStandardObject, readValidationRule } from './object.ts';
import { readPageLayout } from './pageLayout.ts';
import { readPermissionSet } from './permissionSet.ts';
import { checkRoles, readRole } from './role.ts';
import { findSourceFiles } from './sourceFiles.ts';
import type { SourceFile, SourceKind } from './sourceFiles.ts';
import { standardObjects } from './standardObjects.ts';
import { ownerField } from './systemFields.ts';

/**
 * Reads SFDX source folders into a model of the org: standard objects, custom objects and fields, validation rules
 * and permission sets. Key prefixes of custom objects stay empty until `assignKeyPrefixes`.
 * Throws MetadataError, which names file and element, for anything that would change data and is not supported.
 */
export function loadMetadata(sourceDirs: string[]): OrgModel {
  const files = findSourceFiles(sourceDirs);
  const ofKind = (kind: SourceKind): SourceFile[] => files.filter((file) => file.kind === kind);
  const model: OrgModel = {
    objects: new Map(standardObjects().map((object) => [object.name.toLowerCase(), object])),
    permissionSets: new Map(),
    roles: new Map(),
  };
  ofKind('object').forEach((file) => loadObject(model, file));
  const valueSets = new Map(ofKind('globalValueSet').map(loadValueSet));
  for (const file of ofKind('field')) loadField(objectOf(model, file), file, valueSets);
  for (const file of ofKind('validationRule')) {
    objectOf(model, file).validationRules.push(readValidationRule(readElement(file.file, 'ValidationRule')));
  }
  for (const file of ofKind('listView')) loadListView(model, file);
  for (const file of ofKind('layout')) loadPageLayout(model, file);
  for (const file of ofKind('compactLayout')) loadCompactLayout(model, file);
  for (const object of model.objects.values()) if (object.custom) addOwner(object);
  linkObjects(model);
  model.objects.forEach(addOwnListViews);
  for (const file of ofKind('permissionset')) loadPermissionSet(model, file);
  for (const { name, file } of ofKind('role')) model.roles.set(name, readRole(name, readElement(file, 'Role')));
  checkRoles(model.roles);
  return model;
}

function loadObject(model: OrgModel, { file, object }: SourceFile): void {
  const element = readElement(file, 'CustomObject');
  const known = model.objects.get(object.toLowerCase());
  if (known?.custom) throw new MetadataError(file, `${object} is defined twice`);
  if (known) readStandardObject(known, element);
  else if (!object.endsWith('__c')) throw new MetadataError(file, `the local org does not have the object ${object}`);
  else model.objects.set(object.toLowerCase(), readCustomObject(object, element));
}

function loadValueSet({ file, name }: SourceFile): [string, PicklistValue[]] {
  const element = readElement(file, 'GlobalValueSet');
  const values = element.children('customValue').map(readPicklistValue);
  element.finish(new Set(['description', 'masterLabel', 'sorted']));
  return [name, values];
}

/** List views of objects that the local org does not have show nothing that it could. */
function loadListView(model: OrgModel, { file, object }: SourceFile): void {
  const view = readListView(readElement(file, 'ListView'));
  model.objects.get(object.toLowerCase())?.listViews.push(view);
}

function loadPageLayout(model: OrgModel, { file, name, object }: SourceFile): void {
  const found = model.objects.get(object.toLowerCase());
  if (found) found.pageLayout ??= readPageLayout(name, readElement(file, 'Layout'));
}

/** The one that the object is assigned, else the first by name. */
function loadCompactLayout(model: OrgModel, { file, name, object }: SourceFile): void {
  const found = model.objects.get(object.toLowerCase());
  if (!found || (found.compactLayout && found.compactLayoutName !== name)) return;
  found.compactLayout = readElement(file, 'CompactLayout').texts('fields');
}

function objectOf(model: OrgModel, { file, object }: SourceFile): ObjectModel {
  const found = model.objects.get(object.toLowerCase());
  if (!found) throw new MetadataError(file, `the object ${object} is neither standard here nor in the source folders`);
  return found;
}

/** What a field file of a standard field may hold: nothing that changes the field. */
const STANDARD_FIELD_ELEMENTS: ReadonlySet<string> = new Set([
  'fullName',
  'description',
  'inlineHelpText',
  'securityClassification',
  'trackFeedHistory',
  'trackHistory',
  'type',
]);

function loadField(object: ObjectModel, { file, name }: SourceFile, valueSets: Map<string, PicklistValue[]>): void {
  const element = readElement(file, 'CustomField');
  const known = object.fields.get(name.toLowerCase());
  if (known && !known.custom) return element.finish(STANDARD_FIELD_ELEMENTS);
  if (known) throw new MetadataError(file, `${object.name}.${name} is defined twice`);
  const field: FieldModel = readField(element, valueSets);
  if (field.name !== name) throw element.error(`<fullName> is ${field.name} but the file is named ${name}`);
  if (!name.endsWith('__c'))
    throw element.error(`the local org does not have the standard field ${object.name}.${name}`);
  addField(object, field);
}

function addOwner(object: ObjectModel): void {
  const detail = [...object.fields.values()].some((field) => field.reference?.kind === 'masterDetail');
  if (!detail) addField(object, ownerField());
}

function loadPermissionSet(model: OrgModel, { file, name }: SourceFile): void {
  const permissionSet = readPermissionSet(name, readElement(file, 'PermissionSet'));
  for (const object of permissionSet.objects.keys()) {
    if (object.endsWith('__c') && !model.objects.has(object)) {
      throw new MetadataError(file, `<objectPermissions> names the unknown object ${object}`);
    }
  }
  for (const path of permissionSet.fields.keys()) {
    const [object = '', field = ''] = path.split('.');
    if (field.endsWith('__c') && !model.objects.get(object)?.fields.has(field)) {
      throw new MetadataError(file, `<fieldPermissions> names the unknown field ${path}`);
    }
  }
  model.permissionSets.set(name, permissionSet);
}
