import type { FieldModel, ObjectModel, PicklistValue } from '../model.ts';
import { addField } from './object.ts';
import { ownerField, standardField, standardReference, systemFields } from './systemFields.ts';

const FIXED = { required: true, updateable: false } as const;
const BY_PLATFORM = { createable: false, updateable: false } as const;

const text = (name: string, label: string, length = 255, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'string', label, { length, ...more });
const address = (prefix: string, label: string): FieldModel[] => [
  standardField(`${prefix}Street`, 'textarea', `${label} Street`, { length: 255 }),
  text(`${prefix}City`, `${label} City`, 40),
  text(`${prefix}State`, `${label} State/Province`, 80),
  text(`${prefix}PostalCode`, `${label} Zip/Postal Code`, 20),
  text(`${prefix}Country`, `${label} Country`, 80),
];
const phone = (name: string, label: string): FieldModel => standardField(name, 'phone', label, { length: 40 });
const picklist = (name: string, label: string, values: string[]): FieldModel =>
  standardField(name, 'picklist', label, { length: 255, picklist: { restricted: false, values: values.map(asValue) } });
const asValue = (value: string): PicklistValue => ({ value, label: value, isDefault: false });
const nameField = (length: number, required: boolean, more: Partial<FieldModel> = {}): FieldModel =>
  text('Name', 'Name', length, { required, isNameField: true, ...more });
/** The name of a person, which the platform puts together from its parts. */
const personName = (): FieldModel =>
  nameField(121, false, { ...BY_PLATFORM, label: 'Full Name', formula: 'TRIM(FirstName & " " & LastName)' });
const flag = (name: string, label: string): FieldModel => standardField(name, 'boolean', label, BY_PLATFORM);

function standardObject(name: string, label: string, keyPrefix: string, fields: FieldModel[]): ObjectModel {
  const model: ObjectModel = {
    name,
    label,
    pluralLabel: `${label}s`,
    custom: false,
    keyPrefix,
    sharing: 'ReadWrite',
    fields: new Map(),
    validationRules: [],
    childRelationships: [],
  };
  [...systemFields(), ...fields].forEach((field) => addField(model, field));
  return model;
}

/** An object that only the engine writes. */
function setupObject(name: string, label: string, keyPrefix: string, fields: FieldModel[]): ObjectModel {
  return standardObject(
    name,
    label,
    keyPrefix,
    fields.map((field) => ({ ...field, ...BY_PLATFORM })),
  );
}

const account = (): ObjectModel =>
  standardObject('Account', 'Account', '001', [
    { ...nameField(255, true), label: 'Account Name' },
    ownerField(),
    text('AccountNumber', 'Account Number', 40),
    ...address('Billing', 'Billing'),
    ...address('Shipping', 'Shipping'),
    standardField('Description', 'textarea', 'Account Description', { length: 32000 }),
    picklist('Industry', 'Industry', [
      'Agriculture',
      'Banking',
      'Consulting',
      'Energy',
      'Finance',
      'Technology',
      'Other',
    ]),
    standardReference('ParentId', 'Parent Account ID', 'Account', {}, 'ChildAccounts'),
    phone('Phone', 'Account Phone'),
    picklist('Type', 'Account Type', [
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Technology Partner',
      'Other',
    ]),
    standardField('Website', 'url', 'Website', { length: 255 }),
  ]);

const contact = (): ObjectModel =>
  standardObject('Contact', 'Contact', '003', [
    personName(),
    ownerField(),
    standardReference('AccountId', 'Account ID', 'Account', {}, 'Contacts'),
    standardField('Email', 'email', 'Email', { length: 80 }),
    text('FirstName', 'First Name', 40),
    text('LastName', 'Last Name', 80, { required: true }),
    phone('Phone', 'Business Phone'),
    text('Title', 'Title', 128),
  ]);

const user = (): ObjectModel =>
  setupObject('User', 'User', '005', [
    personName(),
    text('Alias', 'Alias', 8, { required: true }),
    standardField('Email', 'email', 'Email', { length: 128, required: true }),
    text('EmailEncodingKey', 'Email Encoding', 40),
    text('FirstName', 'First Name', 40),
    flag('IsActive', 'Active'),
    text('LanguageLocaleKey', 'Language', 40),
    text('LastName', 'Last Name', 80, { required: true }),
    text('LocaleSidKey', 'Locale', 40),
    standardReference('ProfileId', 'Profile ID', 'Profile', {}, 'Users'),
    text('TimeZoneSidKey', 'Time Zone', 40),
    text('Username', 'Username', 80, { required: true, unique: true }),
    text('UserType', 'User Type', 40),
  ]);

const profile = (): ObjectModel =>
  setupObject('Profile', 'Profile', '00e', [nameField(255, true), text('UserType', 'User Type', 40)]);

const permissionSet = (): ObjectModel =>
  setupObject('PermissionSet', 'Permission Set', '0PS', [
    { ...nameField(80, true), label: 'Permission Set Name' },
    text('Label', 'Permission Set Label', 80),
    flag('IsCustom', 'Is Custom'),
    flag('IsOwnedByProfile', 'Is Owned By Profile'),
    text('NamespacePrefix', 'Namespace Prefix', 15),
    flag('PermissionsModifyAllData', 'Modify All Data'),
    flag('PermissionsViewAllData', 'View All Data'),
    flag('PermissionsManageUsers', 'Manage Users'),
    flag('PermissionsCustomizeApplication', 'Customize Application'),
  ]);

const objectPermissions = (): ObjectModel =>
  setupObject('ObjectPermissions', 'Object Permissions', '110', [
    standardReference('ParentId', 'Parent ID', 'PermissionSet', {}, 'ObjectPerms'),
    text('SobjectType', 'Object Type Name', 80),
    ...['Read', 'Create', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((name) =>
      flag(`Permissions${name}`, `${name} Permission`),
    ),
  ]);

const fieldPermissions = (): ObjectModel =>
  setupObject('FieldPermissions', 'Field Permissions', '01k', [
    standardReference('ParentId', 'Parent ID', 'PermissionSet', {}, 'FieldPerms'),
    text('SobjectType', 'Object Type Name', 80),
    text('Field', 'Field Name', 160),
    flag('PermissionsRead', 'Read Permission'),
    flag('PermissionsEdit', 'Edit Permission'),
  ]);

/** The one setup object that an administrator writes: it gives a permission set to a user. */
const permissionSetAssignment = (): ObjectModel =>
  standardObject('PermissionSetAssignment', 'Permission Set Assignment', '0Pa', [
    standardReference('AssigneeId', 'Assignee ID', 'User', FIXED, 'PermissionSetAssignments'),
    standardReference('PermissionSetId', 'PermissionSet ID', 'PermissionSet', FIXED, 'Assignments'),
    { ...flag('IsActive', 'Is Active'), defaultValue: 'TRUE' },
  ]);

const organization = (): ObjectModel =>
  setupObject('Organization', 'Organization', '00D', [
    nameField(80, true),
    text('InstanceName', 'Instance Name', 40),
    flag('IsSandbox', 'Is Sandbox'),
    text('LanguageLocaleKey', 'Language', 40),
    text('NamespacePrefix', 'Namespace Prefix', 40),
    text('OrganizationType', 'Edition', 40),
    text('TimeZoneSidKey', 'Time Zone', 40),
    standardField('TrialExpirationDate', 'datetime', 'Trial Expiration Date'),
  ]);

/** Objects that people's data lives in; the others describe the org itself and only the engine writes them. */
export const STANDARD_DATA_OBJECTS: ReadonlySet<string> = new Set(['Account', 'Contact']);

/** The standard objects that the local org has, fresh copies. */
export function standardObjects(): ObjectModel[] {
  return [
    account(),
    contact(),
    user(),
    profile(),
    permissionSet(),
    permissionSetAssignment(),
    objectPermissions(),
    fieldPermissions(),
    organization(),
  ];
}
