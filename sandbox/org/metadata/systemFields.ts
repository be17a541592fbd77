import type { FieldModel, FieldType } from '../model.ts';

/** A field that the platform defines, with everything that is not usual given in `more`. */
export function standardField(
  name: string,
  type: FieldType,
  label: string,
  more: Partial<FieldModel> = {},
): FieldModel {
  return {
    name,
    label,
    type,
    custom: false,
    helpText: null,
    required: false,
    unique: false,
    externalId: false,
    caseSensitive: false,
    createable: true,
    updateable: true,
    isNameField: false,
    ...more,
  };
}

/** A standard reference; its relationship is the field's name without `Id`. */
export function standardReference(
  name: string,
  label: string,
  to: string,
  more: Partial<FieldModel> = {},
  childRelationshipName?: string,
): FieldModel {
  return standardField(name, 'reference', label, {
    length: 18,
    reference: {
      to: [to],
      relationshipName: name.replace(/Id$/, ''),
      kind: 'lookup',
      reparentable: true,
      deleteConstraint: 'SetNull',
      ...(childRelationshipName === undefined ? {} : { childRelationshipName }),
    },
    ...more,
  });
}

const BY_PLATFORM = { createable: false, updateable: false } as const;

/** What every object has beside its name. */
export function systemFields(): FieldModel[] {
  return [
    standardField('Id', 'id', 'Record ID', { ...BY_PLATFORM, length: 18 }),
    standardField('IsDeleted', 'boolean', 'Deleted', BY_PLATFORM),
    standardField('CreatedDate', 'datetime', 'Created Date', BY_PLATFORM),
    standardReference('CreatedById', 'Created By ID', 'User', BY_PLATFORM),
    standardField('LastModifiedDate', 'datetime', 'Last Modified Date', BY_PLATFORM),
    standardReference('LastModifiedById', 'Last Modified By ID', 'User', BY_PLATFORM),
    standardField('SystemModstamp', 'datetime', 'System Modstamp', BY_PLATFORM),
  ];
}

/** The owner, which every object has but details of a master-detail relationship. */
export function ownerField(): FieldModel {
  return standardReference('OwnerId', 'Owner ID', 'User');
}

/** Names of the fields that the platform keeps on every record, lower case. */
export const SYSTEM_FIELD_NAMES: ReadonlySet<string> = new Set([
  'ownerid',
  ...systemFields().map((field) => field.name.toLowerCase()),
]);
