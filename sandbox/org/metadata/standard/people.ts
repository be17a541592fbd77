import type { ObjectModel } from '../../model.ts';
import { standardField, standardReference } from '../systemFields.ts';
import { flag, nameField, personName, phone, picklist, setupObject, text } from './parts.ts';

/** Object Reference: User. An administrator may change whose role a user has, and nothing else. */
export function user(): ObjectModel {
  const model = setupObject('User', 'User', '005', [
    personName(),
    text('Alias', 'Alias', 8, { required: true }),
    text('CommunityNickname', 'Nickname', 40),
    text('CompanyName', 'Company Name', 80),
    text('Department', 'Department', 80),
    standardField('Email', 'email', 'Email', { length: 128, required: true }),
    text('EmailEncodingKey', 'Email Encoding', 40),
    text('FederationIdentifier', 'SAML Federation ID', 512),
    text('FirstName', 'First Name', 40),
    flag('IsActive', 'Active'),
    text('LanguageLocaleKey', 'Language', 40),
    text('LastName', 'Last Name', 80, { required: true }),
    text('LocaleSidKey', 'Locale', 40),
    standardReference('ManagerId', 'Manager ID', 'User'),
    phone('Phone', 'Phone'),
    standardReference('ProfileId', 'Profile ID', 'Profile', {}, 'Users'),
    text('TimeZoneSidKey', 'Time Zone', 40),
    text('Title', 'Title', 80),
    text('Username', 'Username', 80, { required: true, unique: true }),
    text('UserType', 'User Type', 40),
  ]);
  const role = standardReference('UserRoleId', 'Role ID', 'UserRole', { createable: false }, 'Users');
  model.fields.set('userroleid', role);
  return model;
}

/** Object Reference: Profile. */
export const profile = (): ObjectModel =>
  setupObject('Profile', 'Profile', '00e', [nameField('Name', 255), text('UserType', 'User Type', 40)]);

/** Object Reference: UserRole. Roles come from the `roles` of the source folders. */
export const userRole = (): ObjectModel =>
  setupObject('UserRole', 'Role', '00E', [
    nameField('Name', 80),
    text('DeveloperName', 'Developer Name', 80),
    standardReference('ParentRoleId', 'Parent Role ID', 'UserRole'),
  ]);

/** Object Reference: Group. The local org has no queues and public groups, so it is empty. */
export const group = (): ObjectModel =>
  setupObject('Group', 'Group', '00G', [
    nameField('Name', 40),
    text('DeveloperName', 'Developer Name', 80),
    standardField('Email', 'email', 'Email', { length: 255 }),
    picklist('Type', 'Type', ['Regular', 'Role', 'RoleAndSubordinates', 'Organization', 'Queue']),
  ]);
