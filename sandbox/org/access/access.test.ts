import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  codesOf,
  field,
  insert,
  makeWorker,
  openPackage,
  openProjects,
  savedId,
  update,
  userCalled,
} from '../fixtures/projects.ts';
import type { Org, OrgUser } from '../model.ts';

describe('the users of the package', () => {
  const org = openPackage();
  const may = (alias: string, object: string) => org.access.object(userCalled(org, alias), object);
  const sees = (alias: string, object: string, name: string) => org.access.field(userCalled(org, alias), object, name);

  it('have the profile and permission sets of their work', () => {
    assert.deepEqual(
      org.users.map(({ alias, permissionSets }) => [alias, permissionSets]),
      [
        ['admin', ['M3ter_Integration_Admin']],
        ['finance', ['M3ter_Finance_User']],
        ['viewer', []],
        ['agent', ['M3ter_Account_Read', 'M3ter_Sync_Agent']],
      ],
    );
    const rows = org.sql.prepare('SELECT Username, Name FROM User ORDER BY Username').all();
    assert.deepEqual(
      rows.map((row) => row.Name),
      ['Ada Admin', 'm3ter Sync Agent', 'Fiona Finance', 'Victor Viewer'],
    );
  });

  it('let finance read Bills, the agent write them, the viewer do neither', () => {
    assert.deepEqual([may('finance', 'Bill__c').read, may('finance', 'Bill__c').edit], [true, false]);
    assert.deepEqual([may('agent', 'Bill__c').create, may('agent', 'Bill__c').delete], [true, false]);
    assert.equal(may('viewer', 'Bill__c').read, false);
    assert.equal(may('admin', 'bill__c').delete, true);
    assert.equal(may('admin', 'Nothing__c').read, false);
  });

  it('see fields by permission set; what a record cannot do without comes with the object', () => {
    assert.deepEqual(sees('finance', 'Bill__c', 'Bill_Total__c'), { readable: true, editable: false });
    assert.deepEqual(sees('agent', 'Bill__c', 'M3ter_Bill_Id__c'), { readable: true, editable: true });
    assert.deepEqual(sees('agent', 'Bill_Line_Item__c', 'Bill__c'), { readable: true, editable: true });
    assert.deepEqual(sees('agent', 'Bill__c', 'Id'), { readable: true, editable: false });
    assert.deepEqual(sees('agent', 'Bill__c', 'Is_Complete__c').editable, false);
    assert.deepEqual(sees('agent', 'Account', 'AccountNumber'), { readable: true, editable: false });
    assert.deepEqual(sees('agent', 'Account', 'Phone'), { readable: false, editable: false });
    assert.deepEqual(sees('viewer', 'Account', 'Phone'), { readable: true, editable: true });
    assert.deepEqual(sees('viewer', 'Bill__c', 'Id'), { readable: false, editable: false });
    assert.deepEqual(sees('admin', 'Bill__c', 'Nothing__c'), { readable: false, editable: false });
  });
});

describe('access to records', () => {
  let org: Org;
  let admin: OrgUser;
  let worker: OrgUser;
  let project: string;
  beforeEach(() => {
    org = openProjects();
    admin = userCalled(org, 'admin');
    worker = userCalled(org, 'viewer');
    project = savedId(insert(org, admin, 'Project__c', { Code__c: 'P1', Note__c: 'n' }));
  });

  const assign = (): string => makeWorker(org, worker);

  it('comes and goes with the assignment of a permission set', () => {
    assert.deepEqual(codesOf(insert(org, worker, 'Project__c', { Code__c: 'P2' })), ['INVALID_TYPE']);
    const assignment = assign();
    savedId(insert(org, worker, 'Project__c', { Code__c: 'P2' }));
    savedId(org.remove(admin, assignment));
    assert.deepEqual(codesOf(insert(org, worker, 'Project__c', { Code__c: 'P3' })), ['INVALID_TYPE']);
  });

  it('is kept from everybody but administrators where it gives access', () => {
    const result = insert(org, worker, 'PermissionSetAssignment', { AssigneeId: worker.id });
    assert.deepEqual(codesOf(result), ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY']);
  });

  it('refuses fields that may be read only, by name, and does not know those that may not be read', () => {
    assign();
    const result = insert(org, worker, 'Project__c', { Code__c: 'P2', Budget__c: 1, Note__c: 'x' });
    assert.deepEqual(codesOf(result), ['INVALID_FIELD_FOR_INSERT_UPDATE']);
    assert.match(result.errors[0]!.message, /^Unable to create\/update fields: Budget__c\. Please check/);
    assert.deepEqual(result.errors[0]!.fields, ['Budget__c']);
    const hidden = insert(org, worker, 'Project__c', { Code__c: 'P2', Region__c: 'EMEA' });
    assert.deepEqual(codesOf(hidden), ['INVALID_FIELD']);
    assert.equal(hidden.errors[0]!.message, "No such column 'Region__c' on sobject of type Project__c");
  });

  it("lets people change their own records, not others', where the object is read-only to all", () => {
    assign();
    const own = savedId(insert(org, worker, 'Project__c', { Code__c: 'P2' }));
    savedId(update(org, worker, 'Project__c', own, { Note__c: 'mine' }));
    assert.deepEqual(codesOf(update(org, worker, 'Project__c', project, { Note__c: 'x' })), [
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ]);
    assert.deepEqual(codesOf(org.remove(worker, project)), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    assert.equal(field(org, 'Project__c', project, 'Note__c'), 'n');
  });

  it("lets people change others' records, not delete them, where the object is open to all", () => {
    const packaged = openPackage();
    const [owner, agent] = [userCalled(packaged, 'admin'), userCalled(packaged, 'agent')];
    const request = savedId(insert(packaged, owner, 'Sync_Request__c', { Type__c: 'SYNC_NOW' }));
    savedId(update(packaged, agent, 'Sync_Request__c', request, { Status__c: 'RUNNING' }));
    assert.deepEqual(codesOf(packaged.remove(agent, request)), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    savedId(packaged.remove(owner, request));
    const run = savedId(insert(packaged, agent, 'Integration_Run__c', { Run_Key__c: 'r' }));
    savedId(packaged.remove(agent, run));
  });

  it('lets details be written under a master that may only be read, where the metadata says so', () => {
    assign();
    savedId(insert(org, worker, 'Time_Entry__c', { Project__r: { Code__c: 'P1' }, Hours__c: 1 }));
  });

  it('needs the parent to be readable', () => {
    assign();
    const finance = userCalled(org, 'finance');
    assert.deepEqual(codesOf(insert(org, finance, 'Time_Entry__c', { Project__c: project })), ['INVALID_TYPE']);
  });
});

describe('access to Bills', () => {
  it('refuses what the permission sets do not give', () => {
    const org = openPackage();
    const admin = userCalled(org, 'admin');
    const bill = { M3ter_Bill_Id__c: 'b1', Source_Version__c: 1 };
    const id = savedId(insert(org, admin, 'Bill__c', bill));
    const finance = userCalled(org, 'finance');
    const agent = userCalled(org, 'agent');
    assert.deepEqual(insert(org, finance, 'Bill__c', bill).errors, [
      {
        statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        message: 'entity type cannot be inserted: Bill',
        fields: [],
      },
    ]);
    assert.deepEqual(update(org, finance, 'Bill__c', id, {}).errors, [
      { statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id', fields: [] },
    ]);
    assert.deepEqual(codesOf(org.remove(agent, id)), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    assert.deepEqual(codesOf(update(org, agent, 'Bill__c', id, {})), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    const line = { Bill__c: id, Line_Item_Key__c: 'l1' };
    assert.deepEqual(codesOf(insert(org, agent, 'Bill_Line_Item__c', line)), [
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    ]);
  });
});
