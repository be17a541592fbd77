import type { ObjectModel } from '../model.ts';
import { organization, recordType } from './standard/organization.ts';
import { group, profile, user, userRole } from './standard/people.ts';
import { fieldPermissions, objectPermissions, permissionSet, permissionSetAssignment } from './standard/permissions.ts';
import { account, contact, opportunity } from './standard/sales.ts';

/** Objects that people's data lives in; the others describe the org itself and only the engine writes them. */
export const STANDARD_DATA_OBJECTS: ReadonlySet<string> = new Set(['Account', 'Contact', 'Opportunity']);

/** The standard objects that the local org has, fresh copies. */
export function standardObjects(): ObjectModel[] {
  return [
    account(),
    contact(),
    opportunity(),
    user(),
    userRole(),
    group(),
    profile(),
    permissionSet(),
    permissionSetAssignment(),
    objectPermissions(),
    fieldPermissions(),
    organization(),
    recordType(),
  ];
}
