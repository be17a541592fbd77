import type { DatabaseSync } from 'node:sqlite';
import type Big from 'big.js';
import type { Role } from './access/roles.ts';

/** Field types by the names that Salesforce's describe calls give them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'double'
  | 'int'
  | 'currency'
  | 'percent'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url';

export interface PicklistValue {
  value: string;
  label: string;
  isDefault: boolean;
}

export interface FieldModel {
  name: string;
  label: string;
  type: FieldType;
  custom: boolean;
  helpText: string | null;
  /** Longest text in characters; undefined for types without a length. */
  length?: number;
  /** All digits and digits after the point, of number types. */
  precision?: number;
  scale?: number;
  required: boolean;
  unique: boolean;
  externalId: boolean;
  caseSensitive: boolean;
  /** False, like `updateable`, where the engine sets the value (system fields, formulas, roll-ups, auto numbers). */
  createable: boolean;
  updateable: boolean;
  picklist?: { restricted: boolean; values: PicklistValue[] };
  /** Literal or formula text from the metadata. */
  defaultValue?: string;
  reference?: {
    to: string[];
    /** What a child's query calls the parent, such as `Account__r`. */
    relationshipName: string;
    /** What a parent's query calls the children, such as `Line_Items__r`; undefined when metadata names none. */
    childRelationshipName?: string;
    kind: 'lookup' | 'masterDetail';
    reparentable: boolean;
    deleteConstraint: 'SetNull' | 'Restrict' | 'Cascade';
    /** Master-detail only: reading the parent is enough to write the child; else one must be able to edit it. */
    writeRequiresMasterRead?: boolean;
  };
  formula?: string;
  /** Formula fields only: an empty number counts as 0. */
  blanksAsZero?: boolean;
  summary?: {
    childObject: string;
    foreignKey: string;
    operation: 'count' | 'sum' | 'min' | 'max';
    field?: string;
    filters: SummaryFilter[];
  };
  /** Display format, such as `RUN-{0000000}`. */
  autoNumber?: string;
  startingNumber?: number;
  isNameField: boolean;
}

/** A child counts when its field has (equals) or has not (notEqual) one of the values. */
export interface SummaryFilter {
  field: string;
  operation: 'equals' | 'notEqual';
  values: string[];
}

export interface ValidationRule {
  name: string;
  active: boolean;
  formula: string;
  message: string;
  /** The field the message is shown at; undefined means the top of the page. */
  field?: string;
}

export interface ObjectModel {
  name: string;
  label: string;
  pluralLabel: string;
  custom: boolean;
  keyPrefix: string;
  /** The organization-wide default: what people may do with records that others own, unless they may view or modify all. */
  sharing: 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';
  /** By lower-case API name: Salesforce's names ignore case. */
  fields: Map<string, FieldModel>;
  validationRules: ValidationRule[];
  childRelationships: Array<{ childObject: string; field: string; relationshipName?: string; cascadeDelete: boolean }>;
  listViews: ListViewModel[];
  /** The page layout, the first by name where there are several; undefined without one. */
  pageLayout?: PageLayoutModel;
  /** Names of fields by the compact layout that is assigned, else the first by name. */
  compactLayout?: string[];
  /** The compact layout that is assigned. */
  compactLayoutName?: string;
}

/** A page layout: fields by section, from left to right and from top to bottom, and related lists. */
export interface PageLayoutModel {
  name: string;
  sections: Array<{
    label: string;
    isHeadingShown: boolean;
    columns: Array<Array<{ field: string; behavior: 'Edit' | 'Required' | 'Readonly' }>>;
  }>;
  /** By the lookup, such as `Bill_Line_Item__c.Bill__c`, or a standard name such as `RelatedContactList`. */
  relatedLists: Array<{ relatedList: string; fields: string[] }>;
}

/** A list view as its metadata has it; fields by the names of list views, such as `NAME` or `Status__c`. */
export interface ListViewModel {
  name: string;
  label: string;
  columns: string[];
  scope: 'Everything' | 'Mine';
  filters: Array<{ field: string; operation: string; values: string[] }>;
  /** How filters join, such as `1 AND (2 OR 3)`; by AND without it. */
  logic?: string;
}

export interface PermissionSetModel {
  name: string;
  label: string;
  /** By object name, lower case. */
  objects: Map<string, ObjectAccess>;
  /** By `Object.Field`, lower case. */
  fields: Map<string, { readable: boolean; editable: boolean }>;
  viewAllData: boolean;
  modifyAllData: boolean;
}

export interface ObjectAccess {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  /** May see records that others own, whatever the sharing model. */
  viewAll: boolean;
  /** May change and delete records that others own, whatever the sharing model. */
  modifyAll: boolean;
}

export interface OrgModel {
  /** By lower-case API name. */
  objects: Map<string, ObjectModel>;
  permissionSets: Map<string, PermissionSetModel>;
  /** By developer name. */
  roles: Map<string, Role>;
}

export interface OrgUser {
  id: string;
  alias: string;
  username: string;
  name: string;
  profile: string;
  permissionSets: string[];
  /** A system administrator: every object and field. */
  allAccess: boolean;
  locale: string;
  timeZone: string;
}

/** What a field holds inside the engine; amounts are decimals, instants ISO text with Z. */
export type FieldValue = string | boolean | Big | null;
export type StoredRecord = Record<string, FieldValue>;

export interface RecordError {
  statusCode: string;
  message: string;
  fields: string[];
}

export interface SaveResult {
  id: string | null;
  success: boolean;
  created: boolean;
  errors: RecordError[];
}

export type SaveRequest =
  | { operation: 'insert'; object: string; fields: Record<string, unknown> }
  | { operation: 'update'; object: string; id: string; fields: Record<string, unknown> }
  | {
      operation: 'upsert';
      object: string;
      externalIdField: string;
      externalId: unknown;
      fields: Record<string, unknown>;
      updateOnly?: boolean;
    };

/** Everything a request handler needs; made by `openOrg`. */
export interface Org {
  id: string;
  model: OrgModel;
  sql: DatabaseSync;
  now: () => Date;
  users: OrgUser[];
  /**
   * Runs `work` in a transaction or, inside one, a savepoint; a throw rolls it back and goes on upwards. Roll-ups and
   * the formulas on them are brought up to date when the outermost transaction ends, and by `settle` and `read`.
   */
  transaction<T>(work: () => T): T;
  /** Brings roll-ups up to date at once; call it before own SQL that runs inside a transaction. */
  settle(): void;
  access: {
    object(user: OrgUser, object: string): ObjectAccess;
    field(user: OrgUser, object: string, field: string): { readable: boolean; editable: boolean };
    /** Users below in the roles, whose records are as good as the user's own. */
    ownersBelow(user: OrgUser): ReadonlySet<string>;
    /** Whether sharing lets the user see a record; false for a record that is not there. */
    record(user: OrgUser, object: string, id: string): boolean;
  };
  /** What a new record of an object holds before somebody fills it in: default values, and the user as owner. */
  defaults(user: OrgUser, object: string): StoredRecord;
  /** Saves one record under the user's access; record-level trouble is in the result, never thrown. */
  save(user: OrgUser, request: SaveRequest): SaveResult;
  /** Deletes one record with its master-detail children. */
  remove(user: OrgUser, id: string): SaveResult;
  /** Takes a record and the details that were deleted with it out of the recycle bin. */
  restore(user: OrgUser, id: string): SaveResult;
  /** One record with the given fields as stored, or undefined; no access check. */
  read(object: string, id: string): StoredRecord | undefined;
  /** Finds an object by its API name in any case. Throws OrgError INVALID_TYPE. */
  object(name: string): ObjectModel;
  /** The object whose key prefix an id starts with; undefined when none. */
  objectOfId(id: string): ObjectModel | undefined;
  /** Loads records as they are, with their own ids, without access checks; for data sets. */
  seed(object: string, records: Array<Record<string, unknown>>): void;
  /** Calls the listener after each committed change; returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): void;
}
