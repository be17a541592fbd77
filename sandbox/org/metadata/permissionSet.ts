import type { ObjectAccess, PermissionSetModel } from '../model.ts';
import type { Element } from './element.ts';

/** Elements of a permission set that give no access to records or fields. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'applicationVisibilities',
  'classAccesses',
  'customPermissions',
  'description',
  'hasActivationRequired',
  'license',
  'pageAccesses',
  'tabSettings',
]);

/** Reads one `*.permissionset-meta.xml`. Throws MetadataError. */
export function readPermissionSet(name: string, element: Element): PermissionSetModel {
  const model: PermissionSetModel = {
    name,
    label: element.text('label') ?? name,
    objects: new Map(),
    fields: new Map(),
    viewAllData: false,
    modifyAllData: false,
  };
  for (const permission of element.children('objectPermissions')) {
    model.objects.set(permission.need('object').toLowerCase(), readObjectAccess(permission));
  }
  for (const permission of element.children('fieldPermissions')) {
    const access = { readable: permission.flag('readable'), editable: permission.flag('editable') };
    model.fields.set(permission.need('field').toLowerCase(), access);
    permission.finish(new Set());
  }
  for (const permission of element.children('userPermissions')) {
    const enabled = permission.flag('enabled');
    const permissionName = permission.need('name');
    if (permissionName === 'ViewAllData') model.viewAllData = enabled;
    if (permissionName === 'ModifyAllData') model.modifyAllData = enabled;
    permission.finish(new Set());
  }
  element.finish(WITHOUT_EFFECT);
  return model;
}

function readObjectAccess(permission: Element): ObjectAccess {
  const modifyAll = permission.flag('modifyAllRecords');
  const viewAll = permission.flag('viewAllRecords');
  const access = {
    read: permission.flag('allowRead') || viewAll || modifyAll,
    viewAll: viewAll || modifyAll,
    create: permission.flag('allowCreate'),
    edit: permission.flag('allowEdit') || modifyAll,
    delete: permission.flag('allowDelete') || modifyAll,
    modifyAll,
  };
  permission.finish(new Set(['viewAllFields']));
  return access;
}
