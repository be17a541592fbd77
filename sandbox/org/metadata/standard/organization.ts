import type { ObjectModel } from '../../model.ts';
import { standardField } from '../systemFields.ts';
import { flag, nameField, setupObject, text, whole } from './parts.ts';

/** Object Reference: Organization. */
export const organization = (): ObjectModel =>
  setupObject('Organization', 'Organization', '00D', [
    nameField('Name', 80),
    text('DefaultLocaleSidKey', 'Locale', 40),
    whole('FiscalYearStartMonth', 'Fiscal Year Starts In', 9),
    text('InstanceName', 'Instance Name', 40),
    flag('IsReadOnly', 'Is Read Only'),
    flag('IsSandbox', 'Is Sandbox'),
    text('LanguageLocaleKey', 'Language', 40),
    text('NamespacePrefix', 'Namespace Prefix', 40),
    text('OrganizationType', 'Edition', 40),
    text('TimeZoneSidKey', 'Time Zone', 40),
    standardField('TrialExpirationDate', 'datetime', 'Trial Expiration Date'),
  ]);

/** Object Reference: RecordType. Record types are not supported, so it is empty; every record is of the master type. */
export const recordType = (): ObjectModel =>
  setupObject('RecordType', 'Record Type', '012', [
    nameField('Name', 80),
    text('Description', 'Description'),
    text('DeveloperName', 'Record Type Name', 80),
    flag('IsActive', 'Active'),
    text('NamespacePrefix', 'Namespace Prefix', 15),
    text('SobjectType', 'SObject Type Name', 40),
  ]);
