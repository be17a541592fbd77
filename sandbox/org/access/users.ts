import type { OrgModel, OrgUser } from '../model.ts';
import { makeRecordId } from '../recordIds.ts';
import type { Role } from './roles.ts';

interface Profile {
  name: string;
  userType: string;
  /** Create, read, edit and delete of the standard objects with all their standard fields. */
  standardObjects: boolean;
}

export const PROFILES: readonly Profile[] = [
  { name: 'System Administrator', userType: 'Standard', standardObjects: true },
  { name: 'Standard User', userType: 'Standard', standardObjects: true },
  { name: 'Minimum Access - API Only Integrations', userType: 'Standard', standardObjects: false },
];

interface UserPlan {
  alias: string;
  firstName: string;
  lastName: string;
  profile: string;
  permissionSets: string[];
}

/** The people of the local org; of the permission sets they get those that the source folders hold. */
const USERS: readonly UserPlan[] = [
  {
    alias: 'admin',
    firstName: 'Ada',
    lastName: 'Admin',
    profile: 'System Administrator',
    permissionSets: ['M3ter_Integration_Admin'],
  },
  {
    alias: 'finance',
    firstName: 'Fiona',
    lastName: 'Finance',
    profile: 'Standard User',
    permissionSets: ['M3ter_Finance_User'],
  },
  { alias: 'viewer', firstName: 'Victor', lastName: 'Viewer', profile: 'Standard User', permissionSets: [] },
  {
    alias: 'agent',
    firstName: 'm3ter',
    lastName: 'Sync Agent',
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['M3ter_Sync_Agent', 'M3ter_Account_Read'],
  },
];

/** The org's users: admin, finance, viewer and agent. */
export function makeUsers(model: OrgModel): OrgUser[] {
  return USERS.map((plan, index) => ({
    id: makeRecordId('005', index + 1),
    alias: plan.alias,
    username: `${plan.alias}@m3ter-bills.example.com`,
    name: `${plan.firstName} ${plan.lastName}`,
    profile: plan.profile,
    permissionSets: plan.permissionSets.filter((name) => model.permissionSets.has(name)),
    allAccess: plan.profile === 'System Administrator',
    locale: 'en_US',
    timeZone: 'Europe/London',
  }));
}

/**
 * Gives every user the permission sets that the assignments in the org name. Returns whether that changed anything.
 */
export function applyAssignments(
  model: OrgModel,
  users: OrgUser[],
  rows: Array<[userId: string, set: string]>,
): boolean {
  let changed = false;
  for (const user of users) {
    const names = rows.filter(([id, name]) => id === user.id && model.permissionSets.has(name)).map(([, name]) => name);
    if (names.join() === user.permissionSets.join()) continue;
    user.permissionSets = names;
    changed = true;
  }
  return changed;
}

/** Rows that describe the org's people: Profile, User, PermissionSet and who has which. */
export function setupRows(model: OrgModel, users: OrgUser[]): Array<[object: string, row: Record<string, unknown>]> {
  const profileIds = new Map(PROFILES.map(({ name }, index) => [name, makeRecordId('00e', index + 1)]));
  const setIds = new Map([...model.permissionSets.keys()].sort().map((name) => [name, setId(name)]));
  return [
    ...roleRows(model).map(row('UserRole', (role) => role)),
    ...PROFILES.map(
      row('Profile', ({ name, userType }) => ({ Id: profileIds.get(name), Name: name, UserType: userType })),
    ),
    ...users.map(row('User', (user) => userRow(user, profileIds.get(user.profile)!))),
    ...[...model.permissionSets.values()].map(
      row('PermissionSet', ({ name, label, viewAllData, modifyAllData }) => ({
        Id: setIds.get(name),
        Name: name,
        Label: label,
        IsCustom: true,
        PermissionsViewAllData: viewAllData,
        PermissionsModifyAllData: modifyAllData,
      })),
    ),
    ...users.flatMap((user, index) =>
      user.permissionSets.map(
        row('PermissionSetAssignment', (name) => ({
          Id: makeRecordId('0Pa', hash(name) * 10 + index),
          AssigneeId: user.id,
          PermissionSetId: setIds.get(name),
          IsActive: true,
        })),
      ),
    ),
  ];
}

function row<T>(object: string, make: (item: T) => Record<string, unknown>) {
  return (item: T): [string, Record<string, unknown>] => [object, make(item)];
}

function userRow(user: OrgUser, profileId: string): Record<string, unknown> {
  const plan = USERS.find(({ alias }) => alias === user.alias)!;
  return {
    Id: user.id,
    Username: user.username,
    Alias: user.alias,
    FirstName: plan.firstName,
    LastName: plan.lastName,
    Email: user.username,
    EmailEncodingKey: 'UTF-8',
    IsActive: true,
    LanguageLocaleKey: user.locale,
    LocaleSidKey: user.locale,
    ProfileId: profileId,
    TimeZoneSidKey: user.timeZone,
    UserType: 'Standard',
  };
}

/** The UserRole records of the source folders' roles, a parent before its children. */
function roleRows(model: OrgModel): Array<Record<string, unknown>> {
  const depth = ({ parent }: Role): number => (parent === undefined ? 0 : 1 + depth(model.roles.get(parent)!));
  return [...model.roles.values()]
    .toSorted((a, b) => depth(a) - depth(b))
    .map(({ name, label, parent }) => ({
      Id: roleId(name),
      Name: label,
      DeveloperName: name,
      ParentRoleId: parent === undefined ? null : roleId(parent),
    }));
}

function roleId(name: string): string {
  return makeRecordId('00E', hash(name));
}

/** The id of a permission set, which depends on the name alone, so that it stays when other permission sets come and go. */
export function setId(name: string): string {
  return makeRecordId('0PS', hash(name));
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
}
