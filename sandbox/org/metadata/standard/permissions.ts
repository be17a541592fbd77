import type { ObjectModel } from '../../model.ts';
import { standardReference } from '../systemFields.ts';
import { flag, nameField, setupObject, standardObject, text } from './parts.ts';

const FIXED = { required: true, updateable: false } as const;

export const permissionSet = (): ObjectModel =>
  setupObject('PermissionSet', 'Permission Set', '0PS', [
    nameField('Permission Set Name', 80),
    text('Label', 'Permission Set Label', 80),
    flag('IsCustom', 'Is Custom'),
    flag('IsOwnedByProfile', 'Is Owned By Profile'),
    text('NamespacePrefix', 'Namespace Prefix', 15),
    flag('PermissionsModifyAllData', 'Modify All Data'),
    flag('PermissionsViewAllData', 'View All Data'),
    flag('PermissionsManageUsers', 'Manage Users'),
    flag('PermissionsCustomizeApplication', 'Customize Application'),
  ]);

export const objectPermissions = (): ObjectModel =>
  setupObject('ObjectPermissions', 'Object Permissions', '110', [
    standardReference('ParentId', 'Parent ID', 'PermissionSet', {}, 'ObjectPerms'),
    text('SobjectType', 'Object Type Name', 80),
    ...['Read', 'Create', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((name) =>
      flag(`Permissions${name}`, `${name} Permission`),
    ),
  ]);

export const fieldPermissions = (): ObjectModel =>
  setupObject('FieldPermissions', 'Field Permissions', '01k', [
    standardReference('ParentId', 'Parent ID', 'PermissionSet', {}, 'FieldPerms'),
    text('SobjectType', 'Object Type Name', 80),
    text('Field', 'Field Name', 160),
    flag('PermissionsRead', 'Read Permission'),
    flag('PermissionsEdit', 'Edit Permission'),
  ]);

/** An administrator writes it: it gives a permission set to a user. */
export const permissionSetAssignment = (): ObjectModel =>
  standardObject('PermissionSetAssignment', 'Permission Set Assignment', '0Pa', [
    standardReference('AssigneeId', 'Assignee ID', 'User', FIXED, 'PermissionSetAssignments'),
    standardReference('PermissionSetId', 'PermissionSet ID', 'PermissionSet', FIXED, 'Assignments'),
    flag('IsActive', 'Is Active', { defaultValue: 'TRUE' }),
  ]);
