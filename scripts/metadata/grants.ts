/** What the permission sets grant, and what fields there are to be granted. */
import { ofKind } from './source.ts';
import type { MetadataFile, Source } from './source.ts';
import { children, isTrue, text, texts } from './xml.ts';

/** In the order in which people read them. */
export const OBJECT_RIGHTS = {
  allowRead: 'read',
  allowCreate: 'create',
  allowEdit: 'edit',
  allowDelete: 'delete',
  viewAllRecords: 'view all',
  modifyAllRecords: 'modify all',
} as const;

export interface PermissionSet {
  readonly file: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Rights in words, by object. */
  readonly objects: ReadonlyMap<string, readonly string[]>;
  /** By `Object.Field`; a field that is named but neither readable nor editable is not in it. */
  readonly fields: ReadonlyMap<string, 'read' | 'edit'>;
  readonly applications: readonly string[];
  readonly tabs: readonly string[];
  readonly userPermissions: readonly string[];
  readonly customPermissions: readonly string[];
}

export function permissionSets(source: Source): PermissionSet[] {
  return ofKind(source, 'permissionset').map(permissionSet);
}

function permissionSet({ file, name, xml }: MetadataFile): PermissionSet {
  const named = (tag: string, nameTag: string, flag: string) =>
    children(xml, tag).flatMap((one) => (isTrue(one, flag) ? texts(one, nameTag) : []));
  const rights = children(xml, 'objectPermissions').map((one): [string, string[]] => [
    text(one, 'object'),
    Object.entries(OBJECT_RIGHTS).flatMap(([tag, right]) => (isTrue(one, tag) ? [right] : [])),
  ]);
  const fields = children(xml, 'fieldPermissions').flatMap((one): Array<[string, 'read' | 'edit']> => {
    if (isTrue(one, 'editable')) return [[text(one, 'field'), 'edit']];
    return isTrue(one, 'readable') ? [[text(one, 'field'), 'read']] : [];
  });
  return {
    file,
    name,
    label: text(xml, 'label'),
    description: text(xml, 'description'),
    objects: new Map(rights.filter(([, words]) => words.length > 0)),
    fields: new Map(fields),
    applications: named('applicationVisibilities', 'application', 'visible'),
    tabs: children(xml, 'tabSettings').flatMap((one) => (text(one, 'visibility') === 'None' ? [] : texts(one, 'tab'))),
    userPermissions: named('userPermissions', 'name', 'enabled'),
    customPermissions: named('customPermissions', 'name', 'enabled'),
  };
}

export interface FieldOfObject {
  readonly object: string;
  readonly name: string;
  /**
   * `granted`: field-level security decides. `always`: it comes with the object, because no record can do without it;
   * Salesforce refuses to deploy a field permission for it. `computed`: granted, but nobody can write it.
   */
  readonly access: 'granted' | 'always' | 'computed';
}

/** The fields that the source folders define. */
export function customFields(source: Source): FieldOfObject[] {
  return ofKind(source, 'field').map(({ object, name, xml }) => {
    const always = isTrue(xml, 'required') || text(xml, 'type') === 'MasterDetail';
    const computed = text(xml, 'formula') !== '' || text(xml, 'type') === 'Summary';
    return { object, name, access: always ? 'always' : computed ? 'computed' : 'granted' };
  });
}

/** The custom objects that the source folders define. */
export const customObjects = (source: Source): string[] =>
  ofKind(source, 'object').flatMap(({ name }) => (name.endsWith('__c') ? [name] : []));
