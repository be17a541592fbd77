import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { field, insert, openExpenses, savedId, update, userCalled } from '../fixtures/projects.ts';
import type { Org, OrgUser, SaveResult } from '../model.ts';

describe('a source folder that the local org was not made for', () => {
  let org: Org;
  let admin: OrgUser;
  let report: string;
  before(() => {
    org = openExpenses();
    admin = userCalled(org, 'admin');
    const customer = savedId(insert(org, admin, 'Account', { Name: 'Acme' }));
    const fields = { Report_Key__c: 'r1', Employee_Number__c: 'AB1234', Month__c: '2026-11-01', Customer__c: customer };
    report = savedId(insert(org, admin, 'Expense_Report__c', fields));
  });

  const expense = (fields: Record<string, unknown>): SaveResult =>
    insert(org, admin, 'Expense__c', {
      Report__c: report,
      Name: 'x',
      Kind__c: 'OTHER',
      Day__c: '2026-11-05',
      ...fields,
    });
  const shown = (name: string): string | null => field(org, 'Expense_Report__c', report, name);
  const messages = (result: SaveResult): string[] => result.errors.map(({ message }) => message);

  it('has its defaults, auto numbers and formulas over parents', () => {
    assert.deepEqual([shown('Name'), shown('Status__c')], ['ER-00001', 'DRAFT']);
    assert.equal(shown('Caption__c'), 'ER-00001: in work for Acme');
    const lunch = savedId(
      insert(org, admin, 'Expense__c', {
        Report__c: report,
        Name: 'Lunch',
        Kind__c: 'MEAL',
        Amount__c: 10,
        Attendees__c: 3,
      }),
    );
    assert.equal(field(org, 'Expense__c', lunch, 'Per_Person__c'), '3.33');
    assert.equal(field(org, 'Expense__c', lunch, 'Billable__c'), 'true');
    assert.equal(field(org, 'Expense__c', lunch, 'Day__c'), '2026-11-22');
    assert.equal(field(org, 'Expense__c', lunch, 'Weekday__c'), 'Sunday');
    savedId(org.remove(admin, lunch));
  });

  it('rolls up with filters, and follows changes, moves and deletes', () => {
    const meal = savedId(expense({ Kind__c: 'MEAL', Amount__c: '20.005', Attendees__c: 2 }));
    const train = savedId(expense({ Kind__c: 'TRAVEL', Amount__c: 60, Day__c: '2026-11-02' }));
    savedId(expense({ Amount__c: 20, Billable__c: false }));
    const figures = (): Array<string | null> =>
      ['Expenses__c', 'Total__c', 'Billable_Total__c', 'First_Day__c', 'Largest__c', 'Share_Billable__c'].map(shown);
    assert.deepEqual(figures(), ['3', '100.01', '60', '2026-11-02', '60', '59.99']);
    savedId(update(org, admin, 'Expense__c', train, { Amount__c: 30, Day__c: '2026-11-09' }));
    assert.deepEqual(figures(), ['3', '70.01', '30', '2026-11-05', '30', '42.85']);
    savedId(org.remove(admin, meal));
    assert.deepEqual(figures(), ['2', '50', '30', '2026-11-05', '30', '60']);
    const other = { Report_Key__c: 'r2', Employee_Number__c: 'AB1234', Month__c: '2026-10-01' };
    const target = savedId(insert(org, admin, 'Expense_Report__c', other));
    savedId(update(org, admin, 'Expense__c', train, { Report__c: target }));
    assert.deepEqual(figures(), ['1', '20', '0', '2026-11-05', '20', '0']);
    assert.equal(field(org, 'Expense_Report__c', target, 'Total__c'), '30');
  });

  it('keeps the values of a multi-select picklist in the order of the field', () => {
    const tagged = savedId(expense({ Amount__c: 1, Tags__c: 'late; travel;late' }));
    assert.equal(field(org, 'Expense__c', tagged, 'Tags__c'), 'travel;late');
    savedId(org.remove(admin, tagged));
  });

  it('refuses what its rules refuse, in their words', () => {
    const wrong = { Report_Key__c: 'r9', Employee_Number__c: '12', Month__c: '2026-12-01' };
    assert.deepEqual(messages(insert(org, admin, 'Expense_Report__c', wrong)), [
      'An employee number is two letters and four digits.',
      'The month has not begun.',
    ]);
    assert.deepEqual(messages(expense({ Kind__c: 'MEAL', Amount__c: 1 })), ['Say how many people ate.']);
    assert.deepEqual(messages(expense({ Kind__c: 'GIFT', Amount__c: 1 })), [
      'Kind: bad value for restricted picklist field: GIFT',
    ]);
    const empty = { Report_Key__c: 'r3', Employee_Number__c: 'AB1234', Month__c: '2026-11-01' };
    const id = savedId(insert(org, admin, 'Expense_Report__c', empty));
    assert.deepEqual(messages(update(org, admin, 'Expense_Report__c', id, { Status__c: 'SUBMITTED' })), [
      'A report without expenses cannot be submitted.',
    ]);
    savedId(update(org, admin, 'Expense_Report__c', report, { Status__c: 'PAID' }));
    assert.deepEqual(messages(expense({ Amount__c: 1 })), ['The report is paid out.']);
  });

  it('keeps an Account that a report refers to', () => {
    const account = String(org.read('Expense_Report__c', report)?.['Customer__c']);
    assert.match(
      messages(org.remove(admin, account)).join(),
      /^Your attempt to delete Acme could not be completed because/,
    );
  });
});
