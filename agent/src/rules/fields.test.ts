import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
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
  type FieldSpec,
} from './fields.ts';
import { createNames } from './names.ts';

const OBJECTS = new URL('../../../force-app/main/default/objects/', import.meta.url);
const TABLES: Readonly<Record<string, Readonly<Record<string, FieldSpec>>>> = {
  Bill__c: BILL_FIELDS,
  Bill_Line_Item__c: LINE_ITEM_FIELDS,
  Integration_Configuration__c: INTEGRATION_FIELDS,
  Integration_Run__c: RUN_FIELDS,
  Integration_Event__c: EVENT_FIELDS,
  Integration_Credential__c: CREDENTIAL_FIELDS,
  Sync_Request__c: REQUEST_FIELDS,
  Sync_Agent__c: AGENT_FIELDS,
  Account: ACCOUNT_FIELDS,
};

interface FieldMetadata {
  readonly fullName: string;
  readonly type: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly externalId?: boolean;
  readonly formula?: string;
  readonly referenceTo?: string;
  readonly relationshipName?: string;
  readonly valueSet?: { readonly restricted: boolean };
}

function readFields(object: string): FieldMetadata[] {
  const folder = new URL(`${object}/fields/`, OBJECTS);
  const parser = new XMLParser();
  return readdirSync(folder).map(
    (file) => (parser.parse(readFileSync(new URL(file, folder))) as { CustomField: FieldMetadata }).CustomField,
  );
}

function specOf(field: FieldMetadata): FieldSpec {
  if (field.formula !== undefined) return { kind: 'computed' };
  switch (field.type) {
    case 'Text': {
      const length = Number(field.length);
      return field.externalId ? { kind: 'text', length, isKey: true } : { kind: 'text', length };
    }
    case 'LongTextArea':
      return { kind: 'longText', length: Number(field.length) };
    case 'Number':
      return { kind: 'number', precision: Number(field.precision), scale: Number(field.scale) };
    case 'Picklist':
      return { kind: 'picklist', restricted: field.valueSet?.restricted === true };
    case 'MultiselectPicklist':
      return { kind: 'multiPicklist' };
    case 'Checkbox':
      return { kind: 'checkbox' };
    case 'Date':
      return { kind: 'date' };
    case 'DateTime':
      return { kind: 'dateTime' };
    case 'Lookup':
    case 'MasterDetail':
      return { kind: 'lookup' };
    case 'Summary':
      return { kind: 'computed' };
    default:
      throw new Error(
        `${field.fullName} is of type ${field.type}, which the agent does not write. Add it to fields.ts.`,
      );
  }
}

/** Calculated by the org for its reports; the agent has no use for them and may not read them. */
const ONLY_FOR_REPORTS = new Set(['Sync_Lag_Minutes__c']);

describe('the table of fields', () => {
  for (const [object, table] of Object.entries(TABLES)) {
    it(`agrees with the metadata of ${object}`, () => {
      const known = readFields(object).filter(({ fullName }) => !ONLY_FOR_REPORTS.has(fullName));
      const inMetadata = Object.fromEntries(known.map((field) => [field.fullName, specOf(field)]));
      const inTable = Object.fromEntries(Object.entries(table).filter(([field]) => field !== 'Name'));
      assert.deepEqual(inTable, inMetadata);
    });
  }
});

describe('names', () => {
  const plain = createNames('');
  const packaged = createNames('m3b__');

  it('are those of the sources where the package has no prefix', () => {
    for (const names of Object.values(plain).filter((each): each is Record<string, string> => typeof each !== 'string'))
      for (const [local, name] of Object.entries(names)) if (local !== 'object') assert.equal(name, local);
    assert.equal(plain.bill.object, 'Bill__c');
  });

  it('get the prefix on custom objects, fields and relationships only', () => {
    assert.equal(packaged.bill.object, 'm3b__Bill__c');
    assert.equal(packaged.bill.Bill_Total__c, 'm3b__Bill_Total__c');
    assert.equal(packaged.bill.Line_Items__r, 'm3b__Line_Items__r');
    assert.equal(packaged.bill.Account__r, 'm3b__Account__r');
    assert.equal(packaged.lineItem.Bill__r, 'm3b__Bill__r');
    assert.equal(packaged.account.object, 'Account');
    assert.equal(packaged.account.M3ter_Account_Id__c, 'm3b__M3ter_Account_Id__c');
    assert.deepEqual(
      [packaged.bill.Id, packaged.bill.Name, packaged.account.AccountNumber],
      ['Id', 'Name', 'AccountNumber'],
    );
  });

  it('of child relationships are those of the metadata', () => {
    const parents: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      Bill__c: plain.bill,
      Integration_Configuration__c: plain.integration,
      Integration_Credential__c: plain.credential,
      Integration_Run__c: plain.run,
      Account: plain.account,
    };
    const lookups = Object.keys(TABLES).flatMap((object) => readFields(object).filter((field) => field.referenceTo));
    assert.ok(lookups.length > 0);
    for (const { referenceTo = '', relationshipName } of lookups) {
      const name = `${relationshipName}__r`;
      assert.equal(parents[referenceTo]?.[name], name);
    }
  });
});
