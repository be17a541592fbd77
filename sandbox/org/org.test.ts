import Big from 'big.js';
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  codesOf,
  field,
  insert,
  openPackage,
  openProjects,
  PACKAGE_SOURCES,
  PROJECTS_SOURCE,
  savedId,
  userCalled,
  writeSource,
} from './fixtures/projects.ts';
import type { Org, OrgUser, SaveResult } from './model.ts';
import { openOrg } from './org.ts';
import { OrgError } from './orgError.ts';
import { StateError } from './store/schema.ts';

describe('Bills in the org of the package', () => {
  let org: Org;
  let agent: OrgUser;
  beforeEach(() => {
    org = openPackage();
    agent = userCalled(org, 'agent');
  });

  const bill = (id: string, version: number, fields: Record<string, unknown> = {}): SaveResult =>
    org.save(agent, {
      operation: 'upsert',
      object: 'Bill__c',
      externalIdField: 'M3ter_Bill_Id__c',
      externalId: id,
      fields: { Name: `INV-${id}`, Source_Version__c: version, Sync_State__c: 'Complete', ...fields },
    });
  const line = (billId: string, key: string, fields: Record<string, unknown> = {}): SaveResult =>
    org.save(agent, {
      operation: 'upsert',
      object: 'Bill_Line_Item__c',
      externalIdField: 'Line_Item_Key__c',
      externalId: key,
      fields: { Bill__r: { M3ter_Bill_Id__c: billId }, ...fields },
    });

  it('refuse an older version, take the same and a newer one', () => {
    savedId(bill('b1', 3));
    assert.deepEqual(bill('b1', 2).errors, [
      {
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'STALE_VERSION: Salesforce already holds a newer version of this Bill.',
        fields: [],
      },
    ]);
    assert.equal(bill('b1', 3).success && bill('b1', 4).success, true);
  });

  it('are complete when as many Line Items are written as are expected', () => {
    const id = savedId(bill('b1', 1, { Line_Item_Count__c: 2 }));
    const complete = (): string | null => field(org, 'Bill__c', id, 'Is_Complete__c');
    assert.equal(complete(), 'false');
    org.transaction(() => [line('b1', 'l1'), line('b1', 'l2')].forEach(savedId));
    assert.equal(complete(), 'true');
    const gone = org.sql.prepare("SELECT Id FROM Bill_Line_Item__c WHERE Line_Item_Key__c = 'l2'").get()?.Id;
    savedId(org.remove(agent, String(gone)));
    assert.deepEqual([complete(), field(org, 'Bill__c', id, 'Line_Items_Written__c')], ['false', '1']);
  });

  it('keep their Line Items: another Bill with the same key is refused', () => {
    savedId(bill('b1', 1));
    savedId(bill('b2', 1));
    savedId(line('b1', 'l1'));
    const [error] = line('b2', 'l1').errors;
    assert.equal(error?.statusCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(error?.message ?? '', /^LINE_OF_ANOTHER_BILL: /);
    assert.equal(line('b1', 'l1', { Position__c: 2 }).success, true);
  });

  it('give up a Line Item where no rule forbids it, and count anew', (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const filter = (file: string): boolean =>
      !file.includes('Line_Of_Another_Bill') && !file.endsWith(`${path.sep}lwc`);
    for (const source of PACKAGE_SOURCES) cpSync(source, folder, { recursive: true, filter });
    org = openOrg({ sourceDirs: [folder] });
    agent = userCalled(org, 'agent');
    const bills = [savedId(bill('b1', 1)), savedId(bill('b2', 1))];
    savedId(line('b1', 'l1'));
    savedId(line('b2', 'l1'));
    assert.deepEqual(
      bills.map((id) => field(org, 'Bill__c', id, 'Line_Items_Written__c')),
      ['0', '1'],
    );
  });

  it('hold amounts exactly, to 18 digits', () => {
    savedId(bill('b1', 1, { Bill_Total__c: new Big('12345678901234.5678') }));
    const id = savedId(
      line('b1', 'l1', { Average_Unit_Price__c: new Big('0.0000000001'), Line_Item_Type__c: 'NEW_TYPE' }),
    );
    assert.equal(field(org, 'Bill_Line_Item__c', id, 'Average_Unit_Price__c'), '0.0000000001');
    assert.equal(
      field(org, 'Bill__c', String(org.read('Bill_Line_Item__c', id)?.Bill__c), 'Bill_Total__c'),
      '12345678901234.5678',
    );
  });

  it('are linked to Accounts by m3ter account id', () => {
    org.seed('Account', [{ Id: '0010000000000G9', Name: 'Acme', M3ter_Account_Id__c: 'acc-1' }]);
    const id = savedId(bill('b1', 1, { Account__r: { M3ter_Account_Id__c: 'ACC-1' } }));
    assert.equal(field(org, 'Bill__c', id, 'Account__c'), '0010000000000G9AAI');
    assert.deepEqual(codesOf(bill('b2', 1, { Account__r: { M3ter_Account_Id__c: 'acc-2' } })), ['INVALID_FIELD']);
  });
});

describe('an org', () => {
  it('finds objects by name in any case and by id', () => {
    const org = openProjects();
    assert.equal(org.object('PROJECT__C').name, 'Project__c');
    assert.equal(org.objectOfId(org.users[0]!.id)?.name, 'User');
    assert.equal(org.objectOfId('zzz'), undefined);
    assert.throws(() => org.object('Nothing'), OrgError);
  });

  it('describes itself', () => {
    const row = openProjects().sql.prepare('SELECT Id, OrganizationType, IsSandbox FROM Organization').get();
    assert.deepEqual({ ...row }, { Id: '00DLC00000000012AA', OrganizationType: 'Developer Edition', IsSandbox: 1 });
  });

  it('loads records of a data set with their ids, in any order', () => {
    const org = openProjects();
    org.seed('Account', [
      { Id: '0010000000000G9', Name: 'Child', ParentId: '0010000000000GAAAY' },
      { Id: '0010000000000GAAAY', Name: 'Parent' },
    ]);
    assert.equal(field(org, 'Account', '0010000000000G9', 'ParentId'), '0010000000000GAAAY');
  });

  it('says which record of a data set cannot be loaded, and loads none', () => {
    const org = openProjects();
    const seed = (record: Record<string, unknown>) => () => org.seed('Account', [{ Name: 'Good' }, record]);
    assert.throws(seed({ Name: 'Bad', Colour: 1 }), /Account Bad cannot be loaded: INVALID_FIELD: No such column/);
    assert.throws(seed({ ParentId: '0010000000000GAAAY' }), /Account record 2 cannot be loaded: INVALID_CROSS_REF/);
    assert.throws(seed({ Id: '0030000000000G9' }), /0030000000000G9\w+ is not an id of Account/);
    assert.equal(org.sql.prepare('SELECT COUNT(*) n FROM Account').get()?.n, 0);
  });
});

describe('the state file', () => {
  let dir = '';
  let source = '';
  let stateFile = '';
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'org-state-'));
    source = path.join(dir, 'source');
    stateFile = path.join(dir, 'state', 'org.sqlite');
    cpSync(PROJECTS_SOURCE, source, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const open = (): Org => openOrg({ sourceDirs: [source], stateFile });
  const project = (org: Org, code: string): string =>
    savedId(insert(org, userCalled(org, 'admin'), 'Project__c', { Code__c: code, Budget__c: 10 }));
  const addField = (name: string, content: string): void =>
    writeSource(
      source,
      `main/default/objects/Project__c/fields/${name}.field-meta.xml`,
      'CustomField',
      `<fullName>${name}</fullName><label>${name}</label>${content}`,
    );
  const FIELDS = 'main/default/objects/Project__c/fields';

  it('keeps records, numbers and who may do what', () => {
    const before = open();
    const id = project(before, 'P1');
    const admin = userCalled(before, 'admin');
    savedId(insert(before, admin, 'Time_Entry__c', { Project__c: id, Hours__c: 1 }));
    const sets = before.sql.prepare('SELECT Id FROM PermissionSet').get();
    const viewer = userCalled(before, 'viewer');
    savedId(insert(before, admin, 'PermissionSetAssignment', { AssigneeId: viewer.id, PermissionSetId: sets?.Id }));
    before.close();

    const after = open();
    assert.equal(field(after, 'Project__c', id, 'Hours__c'), '1');
    const entry = insert(after, userCalled(after, 'admin'), 'Time_Entry__c', { Project__c: id, Hours__c: 1 });
    assert.match(field(after, 'Time_Entry__c', savedId(entry), 'Name')!, /0008$/);
    assert.notEqual(project(after, 'P2'), id);
    assert.deepEqual(userCalled(after, 'viewer').permissionSets, ['Project_Worker']);
    after.close();
  });

  it('gets new objects, fields and formulas, computed for the records that are there', () => {
    const before = open();
    const id = project(before, 'P1');
    before.close();
    addField(
      'Double__c',
      '<type>Number</type><precision>18</precision><scale>2</scale><formula>Budget__c * 2</formula>',
    );
    addField('Remark__c', '<type>Text</type><length>20</length>');
    writeSource(
      source,
      'main/default/objects/Another__c/Another__c.object-meta.xml',
      'CustomObject',
      '<label>Another</label><nameField><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel>',
    );
    const after = open();
    assert.equal(field(after, 'Project__c', id, 'Double__c'), '20');
    assert.equal(field(after, 'Project__c', id, 'Remark__c'), null);
    assert.equal(after.object('Project__c').keyPrefix, id.slice(0, 3));
    assert.notEqual(after.object('Another__c').keyPrefix, id.slice(0, 3));
    after.close();
  });

  it('is refused when a field would have to change its form', () => {
    open().close();
    rmSync(path.join(source, FIELDS, 'Budget__c.field-meta.xml'));
    addField('Budget__c', '<type>Currency</type><precision>10</precision><scale>3</scale>');
    assert.throws(open, (error: unknown) => {
      assert.ok(error instanceof StateError);
      assert.match(error.message, /Project__c\.Budget__c is stored as number:2 but .* number:3.*--reset/);
      return true;
    });
  });

  it('is refused when a field became unique but its values are not', () => {
    const before = open();
    const admin = userCalled(before, 'admin');
    for (const code of ['A', 'B']) {
      savedId(insert(before, admin, 'Project__c', { Code__c: code, Legacy_Key__c: 'same' }));
    }
    before.close();
    rmSync(path.join(source, FIELDS, 'Legacy_Key__c.field-meta.xml'));
    addField('Legacy_Key__c', '<type>Text</type><length>20</length><externalId>true</externalId><unique>true</unique>');
    assert.throws(open, /Project__c\.Legacy_Key__c is unique now/);
  });
});
