import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  assign,
  codesOf,
  giveRole,
  insert,
  openExpenses,
  openProjects,
  savedId,
  update,
  userCalled,
} from '../fixtures/projects.ts';
import type { Org, OrgUser } from '../model.ts';
import { query } from '../soql/query.ts';

describe('records of a private object', () => {
  let org: Org;
  let admin: OrgUser;
  let employee: OrgUser;
  let colleague: OrgUser;
  let report: string;
  let expense: string;

  const find = (user: OrgUser, soql: string): number => query(org, user, soql).totalSize;
  const newReport = (user: OrgUser, key: string): string =>
    savedId(
      insert(org, user, 'Expense_Report__c', {
        Report_Key__c: key,
        Employee_Number__c: 'AB1234',
        Month__c: '2026-11-01',
      }),
    );

  before(() => {
    org = openExpenses();
    admin = userCalled(org, 'admin');
    employee = userCalled(org, 'viewer');
    colleague = userCalled(org, 'finance');
    assign(org, employee, 'Expense_User');
    assign(org, colleague, 'Expense_User');
    report = newReport(employee, 'r1');
    expense = savedId(
      insert(org, employee, 'Expense__c', { Report__c: report, Name: 'Train', Amount__c: 40, Kind__c: 'TRAVEL' }),
    );
  });

  it('are there for their owner and for administrators, with their details, in every kind of query', () => {
    for (const [user, count] of [
      [employee, 1],
      [admin, 1],
      [colleague, 0],
    ] as const) {
      assert.equal(find(user, 'SELECT Id FROM Expense_Report__c'), count);
      assert.equal(find(user, 'SELECT COUNT() FROM Expense_Report__c'), count);
      assert.equal(find(user, 'SELECT Id FROM Expense__c'), count);
      assert.equal(find(user, 'SELECT Kind__c, COUNT(Id) FROM Expense__c GROUP BY Kind__c'), count);
      assert.equal(org.access.record(user, 'Expense__c', expense), count === 1);
    }
    assert.equal(find(admin, 'SELECT Id FROM Expense_Report__c USING SCOPE mine'), 0);
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c USING SCOPE mine'), 1);
    assert.equal(find(colleague, 'SELECT Id FROM User WHERE Id IN (SELECT OwnerId FROM Expense_Report__c)'), 0);
    assert.equal(find(employee, 'SELECT Id FROM User WHERE Id IN (SELECT OwnerId FROM Expense_Report__c)'), 1);
  });

  it('cannot be changed, deleted or referred to by somebody who does not see them', () => {
    const hidden = ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'];
    assert.deepEqual(codesOf(update(org, colleague, 'Expense_Report__c', report, { Status__c: 'PAID' })), hidden);
    assert.deepEqual(codesOf(update(org, colleague, 'Expense__c', expense, { Amount__c: 1 })), hidden);
    assert.deepEqual(codesOf(org.remove(colleague, report)), hidden);
    const line = { Report__c: report, Name: 'Mine', Amount__c: 1, Kind__c: 'OTHER' };
    assert.deepEqual(codesOf(insert(org, colleague, 'Expense__c', line)), hidden);
  });

  it('are there for who may view all, to read and not to change', () => {
    const auditor = userCalled(org, 'agent');
    assign(org, auditor, 'Expense_Auditor');
    assert.equal(find(auditor, 'SELECT Id FROM Expense__c'), 1);
    assert.deepEqual(codesOf(update(org, auditor, 'Expense__c', expense, { Amount__c: 1 })), [
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ]);
  });

  it('are as good as their own for people above the owner in the roles, over any number of steps', () => {
    giveRole(org, employee, 'Employee');
    giveRole(org, colleague, 'Employee');
    assert.equal(find(colleague, 'SELECT Id FROM Expense_Report__c'), 0, 'a role does not see its own level');
    giveRole(org, colleague, 'Director');
    assert.equal(find(colleague, 'SELECT Id FROM Expense__c'), 1);
    savedId(update(org, colleague, 'Expense__c', expense, { Amount__c: 41 }));
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c'), 1, 'nothing goes down');
    const own = newReport(colleague, 'r2');
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c'), 1);
    savedId(org.remove(colleague, own));
  });

  it('take a new reader with a new owner', () => {
    const given = newReport(admin, 'r3');
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c'), 1);
    savedId(update(org, admin, 'Expense_Report__c', given, { OwnerId: employee.id }));
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c'), 2);
    savedId(update(org, employee, 'Expense_Report__c', given, { OwnerId: colleague.id }));
    assert.equal(find(employee, 'SELECT Id FROM Expense_Report__c'), 1);
  });
});

describe('the owner of a record', () => {
  const org = openProjects();
  const [admin, worker, other] = ['admin', 'viewer', 'finance'].map((alias) => userCalled(org, alias)) as [
    OrgUser,
    OrgUser,
    OrgUser,
  ];

  it('is a user who may read the object', () => {
    const fields = { Code__c: 'P1', OwnerId: other.id };
    assert.deepEqual(codesOf(insert(org, admin, 'Project__c', fields)), ['TRANSFER_REQUIRES_READ']);
    assign(org, other, 'Project_Worker');
    savedId(insert(org, admin, 'Project__c', fields));
  });

  it('gives it away; others may not, even where they may change it', () => {
    const account = savedId(insert(org, worker, 'Account', { Name: 'Acme' }));
    savedId(update(org, other, 'Account', account, { Phone: '1' }));
    assert.deepEqual(codesOf(update(org, other, 'Account', account, { OwnerId: other.id })), [
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ]);
    savedId(update(org, other, 'Account', account, { OwnerId: worker.id, Phone: '2' }));
    savedId(update(org, worker, 'Account', account, { OwnerId: other.id }));
  });
});
