import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { PACKAGE_SOURCES, PROJECTS_SOURCE, writeSource } from '../fixtures/projects.ts';
import { planObjects } from '../records/plan.ts';
import { assignKeyPrefixes } from './keyPrefixes.ts';
import { loadMetadata } from './load.ts';

describe('the metadata of the package', () => {
  const model = loadMetadata(PACKAGE_SOURCES);
  const bill = model.objects.get('bill__c')!;

  it('gives Bills their fields, rule and relationships', () => {
    assert.equal(bill.fields.get('m3ter_bill_id__c')?.unique, true);
    assert.equal(bill.fields.get('source_version__c')?.precision, 18);
    assert.equal(bill.fields.get('line_items_written__c')?.summary?.childObject, 'Bill_Line_Item__c');
    assert.equal(bill.fields.get('is_complete__c')?.blanksAsZero, true);
    assert.deepEqual(
      bill.validationRules.map(({ name, active }) => ({ name, active })),
      [{ name: 'Stale_Version', active: true }],
    );
    const lines = bill.childRelationships.find((child) => child.relationshipName === 'Line_Items__r');
    assert.deepEqual(lines, {
      childObject: 'Bill_Line_Item__c',
      field: 'Bill__c',
      cascadeDelete: true,
      relationshipName: 'Line_Items__r',
    });
  });

  it('gives an owner to objects without a master only', () => {
    assert.ok(bill.fields.has('ownerid'));
    assert.equal(model.objects.get('bill_line_item__c')?.fields.has('ownerid'), false);
  });

  it('adds custom fields to standard objects', () => {
    const account = model.objects.get('account')!;
    assert.equal(account.fields.get('m3ter_account_id__c')?.externalId, true);
    assert.ok(account.childRelationships.some((child) => child.relationshipName === 'Bills__r'));
  });

  it('gives permission sets by object and field', () => {
    const agent = model.permissionSets.get('M3ter_Sync_Agent')!;
    assert.deepEqual(agent.objects.get('bill__c'), {
      read: true,
      create: true,
      edit: true,
      delete: false,
      viewAll: false,
      modifyAll: false,
    });
    assert.equal(agent.fields.get('bill__c.payload_hash__c')?.editable, true);
  });

  it('compiles every formula, rule and default value', () => {
    assert.deepEqual(
      planObjects(model)
        .get('Bill__c')
        ?.formulas.map(({ field }) => field.name),
      ['Is_Complete__c', 'Sync_Lag_Minutes__c'],
    );
  });
});

describe('key prefixes', () => {
  it('follow the order of names, and stay as they were once', () => {
    const model = loadMetadata([...PACKAGE_SOURCES, PROJECTS_SOURCE]);
    assignKeyPrefixes(model, new Map([['Time_Entry__c', 'a00']]));
    const prefixes = [...model.objects.values()].filter((object) => object.custom).map((o) => [o.name, o.keyPrefix]);
    assert.equal(new Map(prefixes as Array<[string, string]>).get('Time_Entry__c'), 'a00');
    assert.equal(new Map(prefixes as Array<[string, string]>).get('Bill_Line_Item__c'), 'a01');
    assert.equal(new Set(prefixes.map(([, prefix]) => prefix)).size, prefixes.length);
  });
});

describe('metadata that the local org cannot honour', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'org-source-'));
    writeSource(
      dir,
      'objects/Thing__c/Thing__c.object-meta.xml',
      'CustomObject',
      '<label>Thing</label><nameField><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel>',
    );
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const field = (name: string, content: string): void =>
    writeSource(
      dir,
      `objects/Thing__c/fields/${name}.field-meta.xml`,
      'CustomField',
      `<fullName>${name}</fullName><label>${name}</label>${content}`,
    );
  const refuses = (message: RegExp): void => assert.throws(() => planObjects(loadMetadata([dir])), message);

  it('is an unknown element of a field, named with its file', () => {
    field(
      'Size__c',
      '<type>Number</type><precision>5</precision><scale>0</scale><lookupFilter><active>true</active></lookupFilter>',
    );
    refuses(/Size__c\.field-meta\.xml: in <CustomField>: the local org does not support <lookupFilter>/);
  });

  it('is a type of field it does not have', () => {
    field('Place__c', '<type>Location</type>');
    refuses(/<type> Location is not supported/);
  });

  it('is a formula with an unknown function', () => {
    field('Hash__c', '<type>Text</type><formula>HYPERLINK("a", "b")</formula>');
    refuses(/Thing__c\.Hash__c: the local org does not support the function HYPERLINK/);
  });

  it('is a formula that reads an unknown field', () => {
    field('Twice__c', '<type>Number</type><precision>5</precision><scale>0</scale><formula>Once__c * 2</formula>');
    refuses(/Thing__c\.Twice__c: Thing__c has no field Once__c/);
  });

  it('is a formula of another type than its field', () => {
    field('Flag__c', '<type>Checkbox</type><formula>1 + 1</formula>');
    refuses(/Flag__c takes a boolean, not a number/);
  });

  it('is a formula that changes with time', () => {
    field(
      'Age__c',
      '<type>Number</type><precision>5</precision><scale>0</scale><formula>TODAY() - DATE(2000, 1, 1)</formula>',
    );
    refuses(/TODAY changes with time/);
  });

  it('is a circle of formulas', () => {
    field('A__c', '<type>Number</type><precision>5</precision><scale>0</scale><formula>B__c</formula>');
    field('B__c', '<type>Number</type><precision>5</precision><scale>0</scale><formula>A__c</formula>');
    refuses(/the field depends on itself: Thing__c\.A__c -> Thing__c\.B__c -> Thing__c\.A__c/);
  });

  it('is a lookup to an object that is not there', () => {
    field('Other__c', '<type>Lookup</type><referenceTo>Other__c</referenceTo>');
    refuses(/Thing__c\.Other__c: refers to the unknown object Other__c/);
  });

  it('is an object that is its own detail', () => {
    field('Parent__c', '<type>MasterDetail</type><referenceTo>Thing__c</referenceTo>');
    refuses(/Thing__c: is a detail of itself/);
  });

  it('is a roll-up over something that is no detail', () => {
    field(
      'Count__c',
      '<type>Summary</type><summaryForeignKey>Contact.AccountId</summaryForeignKey><summaryOperation>count</summaryOperation>',
    );
    refuses(/is not a master-detail field to Thing__c/);
  });

  it('is a kind of metadata that would change data', () => {
    writeSource(dir, 'triggers/Thing.trigger-meta.xml', 'ApexTrigger', '');
    refuses(/Thing\.trigger-meta\.xml: the local org does not support metadata of the kind trigger/);
  });

  it('is a sharing model of another edition', () => {
    writeSource(
      dir,
      'objects/Secret__c/Secret__c.object-meta.xml',
      'CustomObject',
      '<label>Secret</label><nameField><type>Text</type></nameField><sharingModel>FullAccess</sharingModel>',
    );
    refuses(/<sharingModel> FullAccess is not supported/);
  });

  it('is a role without its parent, or below itself', () => {
    writeSource(dir, 'roles/A.role-meta.xml', 'Role', '<name>A</name><parentRole>B</parentRole>');
    refuses(/A: <parentRole> names the unknown role B/);
    writeSource(dir, 'roles/B.role-meta.xml', 'Role', '<name>B</name><parentRole>A</parentRole>');
    refuses(/the role is below itself: A -> B -> A/);
  });

  it('is a permission for a field that is not there', () => {
    writeSource(
      dir,
      'permissionsets/Some.permissionset-meta.xml',
      'PermissionSet',
      '<label>Some</label><fieldPermissions><editable>true</editable><field>Thing__c.Gone__c</field><readable>true</readable></fieldPermissions>',
    );
    refuses(/<fieldPermissions> names the unknown field thing__c\.gone__c/);
  });

  it('is a source folder that is not there', () => {
    assert.throws(() => loadMetadata([path.join(dir, 'nowhere')]), /nowhere: the source folder cannot be read/);
  });

  it('is a file that is not XML', () => {
    writeSource(dir, 'objects/Thing__c/fields/X__c.field-meta.xml', 'CustomField', '<type>');
    refuses(/X__c\.field-meta\.xml: is not XML/);
  });

  it('leaves out what has no effect on data', () => {
    writeSource(dir, 'layouts/Thing.layout-meta.xml', 'Layout', '');
    writeSource(dir, 'lwc/thing/thing.js-meta.xml', 'LightningComponentBundle', '');
    field('Size__c', '<type>Number</type><precision>5</precision><scale>0</scale><trackHistory>true</trackHistory>');
    assert.ok(loadMetadata([dir]).objects.get('thing__c')?.fields.has('size__c'));
  });
});
