import type { OrgModel, PermissionSetModel } from '../model.ts';
import { makeRecordId } from '../recordIds.ts';
import { setId } from './users.ts';

type Rows = Array<Record<string, unknown>>;

/** What the permission sets grant, as ObjectPermissions and FieldPermissions records. */
export function permissionRows(model: OrgModel): Array<[object: string, rows: Rows]> {
  const sets = [...model.permissionSets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const numbered = (prefix: string, rows: Rows): Rows =>
    rows.map((row, index) => ({ Id: makeRecordId(prefix, index + 1), ...row }));
  return [
    [
      'ObjectPermissions',
      numbered(
        '110',
        sets.flatMap((set) => objectRows(model, set)),
      ),
    ],
    [
      'FieldPermissions',
      numbered(
        '01k',
        sets.flatMap((set) => fieldRows(model, set)),
      ),
    ],
  ];
}

function objectRows(model: OrgModel, set: PermissionSetModel): Rows {
  return [...set.objects].map(([object, access]) => ({
    ParentId: setId(set.name),
    SobjectType: model.objects.get(object)?.name ?? object,
    PermissionsRead: access.read,
    PermissionsCreate: access.create,
    PermissionsEdit: access.edit,
    PermissionsDelete: access.delete,
    PermissionsViewAllRecords: access.viewAll,
    PermissionsModifyAllRecords: access.modifyAll,
  }));
}

function fieldRows(model: OrgModel, set: PermissionSetModel): Rows {
  return [...set.fields].map(([path, access]) => {
    const [objectName = '', fieldName = ''] = path.split('.');
    const object = model.objects.get(objectName);
    const name = object?.name ?? objectName;
    return {
      ParentId: setId(set.name),
      SobjectType: name,
      Field: `${name}.${object?.fields.get(fieldName)?.name ?? fieldName}`,
      PermissionsRead: access.readable || access.editable,
      PermissionsEdit: access.editable,
    };
  });
}
