import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { codesOf, field, insert, openProjects, savedId, userCalled } from '../fixtures/projects.ts';
import type { Org, OrgUser } from '../model.ts';

let org: Org;
let admin: OrgUser;
let parent: string;
beforeEach(() => {
  org = openProjects();
  admin = userCalled(org, 'admin');
  parent = savedId(insert(org, admin, 'Project__c', { Code__c: 'P1', Name: 'One' }));
});

describe('deleting a record', () => {
  it('deletes its details', () => {
    const entry = savedId(insert(org, admin, 'Time_Entry__c', { Project__c: parent, Hours__c: 1 }));
    assert.deepEqual(org.remove(admin, parent), { id: parent, success: true, created: false, errors: [] });
    assert.equal(org.read('Time_Entry__c', entry), undefined);
    assert.deepEqual(codesOf(org.remove(admin, entry)), ['ENTITY_IS_DELETED']);
  });

  it('empties lookups to it', () => {
    const follower = savedId(insert(org, admin, 'Project__c', { Code__c: 'P2', Follows__c: parent }));
    savedId(org.remove(admin, parent));
    assert.equal(field(org, 'Project__c', follower, 'Follows__c'), null);
  });

  it('is refused while a lookup forbids it', () => {
    const account = savedId(insert(org, admin, 'Account', { Name: 'Acme' }));
    const held = savedId(insert(org, admin, 'Project__c', { Code__c: 'P2', Name: 'Two', Account__c: account }));
    const result = org.remove(admin, account);
    assert.deepEqual(codesOf(result), ['DELETE_FAILED']);
    assert.match(result.errors[0]!.message, /delete Acme .* the following Projects: Two/);
    savedId(org.remove(admin, held));
    savedId(org.remove(admin, account));
  });

  it('fails for ids that never were', () => {
    assert.deepEqual(codesOf(org.remove(admin, 'a00LC0000zzzzzz')), ['INVALID_CROSS_REFERENCE_KEY']);
    assert.deepEqual(codesOf(org.remove(admin, 'zzzLC0000zzzzzz')), ['INVALID_CROSS_REFERENCE_KEY']);
    assert.deepEqual(codesOf(org.remove(admin, 'nothing')), ['MALFORMED_ID']);
  });

  it('does not use the id again', () => {
    org.remove(admin, parent);
    assert.notEqual(savedId(insert(org, admin, 'Project__c', { Code__c: 'P1' })), parent);
  });
});
