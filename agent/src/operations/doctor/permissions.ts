import {
  ACCOUNT_FIELDS,
  AGENT_FIELDS,
  BILL_FIELDS,
  CREDENTIAL_FIELDS,
  EVENT_FIELDS,
  INTEGRATION_FIELDS,
  LINE_ITEM_FIELDS,
  REQUEST_FIELDS,
  RUN_FIELDS,
} from '../../rules/fields.ts';
import type { Names } from '../../rules/names.ts';

/** What a describe of an object says of the user who asks. */
export interface ObjectDescription {
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly fields: readonly { readonly name: string; readonly createable: boolean; readonly updateable: boolean }[];
}

interface Need {
  readonly object: keyof Omit<Names, 'prefix'>;
  /** The object as the permission set names it. */
  readonly source: string;
  /** Letters: create, edit, delete; reading always. */
  readonly may: string;
  readonly edits: readonly string[];
  readonly reads: readonly string[];
}

const fieldsBut = (table: object, ...readOnly: string[]): string[] =>
  Object.keys(table).filter((field) => !readOnly.includes(field));

/** What people write into a request; the agent only answers. */
const ASKED = [
  'Integration__c',
  'Bill__c',
  'Run__c',
  'Credential__c',
  'Account__c',
  'Account_Filter__c',
  'Draft_Settings__c',
  'M3ter_Account_Id__c',
  'External_Id__c',
];

/** What Salesforce itself counts and calculates. */
const CALCULATED = ['Line_Items_Written__c', 'Is_Complete__c'];

/** Exactly what the permission sets m3ter Sync Agent and m3ter Account Read give; a test of the package compares them. */
export const NEEDS: readonly Need[] = [
  { object: 'bill', source: 'Bill__c', may: 'ce', edits: fieldsBut(BILL_FIELDS, ...CALCULATED), reads: CALCULATED },
  { object: 'lineItem', source: 'Bill_Line_Item__c', may: 'ced', edits: fieldsBut(LINE_ITEM_FIELDS), reads: [] },
  {
    object: 'integration',
    source: 'Integration_Configuration__c',
    may: 'ced',
    edits: fieldsBut(INTEGRATION_FIELDS),
    reads: [],
  },
  {
    object: 'credential',
    source: 'Integration_Credential__c',
    may: 'ce',
    edits: fieldsBut(CREDENTIAL_FIELDS),
    reads: [],
  },
  { object: 'run', source: 'Integration_Run__c', may: 'ced', edits: fieldsBut(RUN_FIELDS), reads: [] },
  { object: 'event', source: 'Integration_Event__c', may: 'ced', edits: fieldsBut(EVENT_FIELDS), reads: [] },
  { object: 'request', source: 'Sync_Request__c', may: 'ed', edits: fieldsBut(REQUEST_FIELDS, ...ASKED), reads: ASKED },
  { object: 'agent', source: 'Sync_Agent__c', may: 'ce', edits: fieldsBut(AGENT_FIELDS), reads: [] },
  {
    object: 'account',
    source: 'Account',
    may: '',
    edits: [],
    reads: [...fieldsBut(ACCOUNT_FIELDS, 'M3ter_Account_Code__c'), 'AccountNumber'],
  },
];

const ACTIONS = [
  ['c', 'createable', 'create'],
  ['e', 'updateable', 'edit'],
  ['d', 'deletable', 'delete'],
] as const;

/** What the agent's user may not do though the agent needs it, and may do though it does not; in words. */
export interface PermissionFindings {
  readonly missing: readonly string[];
  readonly excess: readonly string[];
}

/** @param described by API name; an object that the user cannot see is not in it */
export function comparePermissions(
  described: ReadonlyMap<string, ObjectDescription>,
  names: Names,
): PermissionFindings {
  const missing: string[] = [];
  const excess: string[] = [];
  for (const need of NEEDS) {
    const { object } = names[need.object];
    const found = described.get(object);
    if (!found?.queryable) {
      missing.push(`read ${object}`);
      continue;
    }
    for (const [letter, flag, action] of ACTIONS) {
      if (need.may.includes(letter) && !found[flag]) missing.push(`${action} ${object}`);
      if (!need.may.includes(letter) && found[flag]) excess.push(`${action} ${object}`);
    }
    const fields = new Map(found.fields.map((field) => [field.name, field]));
    const inOrg = names[need.object] as Readonly<Record<string, string>>;
    for (const field of need.edits) {
      const name = inOrg[field] ?? field;
      const has = fields.get(name);
      if (!has) missing.push(`read ${object}.${name}`);
      // A field that is set once, such as a master, cannot be updated.
      else if (!has.updateable && !has.createable) missing.push(`edit ${object}.${name}`);
    }
    for (const field of need.reads) {
      const name = inOrg[field] ?? field;
      const has = fields.get(name);
      if (!has) missing.push(`read ${object}.${name}`);
      else if (has.updateable && need.may.includes('e')) excess.push(`edit ${object}.${name}`);
    }
  }
  return { missing, excess };
}

/** Standard objects that an integration for Bills has no business to write. */
const OTHERS = ['Contact', 'Lead', 'Opportunity', 'Case', 'Contract', 'Order', 'Quote', 'Product2', 'Asset', 'User'];

/** Objects beyond the agent's that the user may write, from the describe of all objects. */
export function writableOthers(
  objects: readonly { readonly name: string; readonly createable: boolean; readonly updateable: boolean }[],
  names: Names,
): string[] {
  const own = new Set(NEEDS.map(({ object }) => names[object].object));
  return objects
    .filter(({ name, createable, updateable }) => {
      const isBusiness = OTHERS.includes(name) || name.endsWith('__c');
      return isBusiness && !own.has(name) && (createable || updateable);
    })
    .map(({ name }) => name)
    .sort();
}
