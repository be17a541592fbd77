import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Connection } from 'jsforce';
import { EXPENSES_SOURCE } from '../../fixtures/projects.ts';
import type { LocalOrgUser } from '../../server.ts';
import { startTestOrg } from '../../testServer.ts';
import { connectAs } from './connect.ts';

const client = await startTestOrg({ sourceDirs: [EXPENSES_SOURCE], now: () => new Date('2026-11-22T18:00:00Z') });
const admin = connectAs(client);
const employee = connectAs(client, 'viewer');
const lead = connectAs(client, 'finance');

type Row = Record<string, unknown>;

async function rows(connection: Connection, soql: string): Promise<Row[]> {
  const { records } = await connection.query(soql);
  return records.map(({ attributes: _, ...fields }) => fields);
}

async function idOf(object: string, condition: string): Promise<string> {
  const [found] = await rows(admin, `SELECT Id FROM ${object} WHERE ${condition}`);
  assert.ok(found, `there is a ${object} where ${condition}`);
  return String(found['Id']);
}

/** What an administrator does for a user in Setup: a permission set and a role. */
async function equip(alias: LocalOrgUser['alias'], permissionSet: string, role: string): Promise<void> {
  const user = await idOf('User', `Alias = '${alias}'`);
  const set = await idOf('PermissionSet', `Name = '${permissionSet}'`);
  await admin.sobject('PermissionSetAssignment').create({ AssigneeId: user, PermissionSetId: set });
  await admin.sobject('User').update({ Id: user, UserRoleId: await idOf('UserRole', `DeveloperName = '${role}'`) });
}

describe('an org of a source folder that it was not made for, by jsforce', () => {
  before(async () => {
    await equip('viewer', 'Expense_User', 'Employee');
    await equip('finance', 'Expense_User', 'Director');
    const reports = ['r1', 'r2'].map((key) => ({
      Report_Key__c: key,
      Employee_Number__c: 'AB1234',
      Month__c: '2026-11-01',
    }));
    const saved = await employee.sobject('Expense_Report__c').create(reports);
    assert.ok(saved.every(({ success }) => success));
    const expense = (report: string, Kind__c: string, Amount__c: number, Day__c: string) => ({
      Name: `${Kind__c} of ${report}`,
      Report__r: { Report_Key__c: report },
      Kind__c,
      Amount__c,
      Day__c,
      ...(Kind__c === 'MEAL' ? { Attendees__c: 4 } : {}),
    });
    const expenses = [
      expense('r1', 'MEAL', 80.5, '2026-11-22'),
      expense('r1', 'TRAVEL', 120, '2026-11-03'),
      expense('r2', 'TRAVEL', 1500.25, '2026-10-31'),
    ];
    const lines = await employee.sobject('Expense__c').create(expenses);
    assert.ok(lines.every(({ success }) => success));
  });

  it('computes formulas and roll-ups, and describes them as read-only', async () => {
    assert.deepEqual(
      await rows(
        employee,
        "SELECT Caption__c, Expenses__c, Total__c, Billable_Total__c, Largest__c FROM Expense_Report__c WHERE Report_Key__c = 'r1'",
      ),
      [{ Caption__c: 'ER-00001: in work', Expenses__c: 2, Total__c: 200.5, Billable_Total__c: 120, Largest__c: 120 }],
    );
    const { fields } = await employee.describe('Expense_Report__c');
    const total = fields.find(({ name }) => name === 'Total__c');
    assert.deepEqual([total?.type, total?.calculated, total?.updateable, total?.scale], ['currency', true, false, 2]);
  });

  it('answers subtotals, labels, formats and date literals', async () => {
    assert.deepEqual(
      await rows(
        employee,
        'SELECT toLabel(Kind__c) kind, GROUPING(Kind__c) isTotal, SUM(Amount__c) total FROM Expense__c GROUP BY ROLLUP(Kind__c)',
      ),
      [
        { kind: 'Meal', isTotal: 0, total: 80.5 },
        { kind: 'Travel', isTotal: 0, total: 1620.25 },
        { kind: null, isTotal: 1, total: 1700.75 },
      ],
    );
    assert.deepEqual(
      await rows(employee, 'SELECT FORMAT(Amount__c) shown, Amount__c FROM Expense__c WHERE Day__c = LAST_MONTH'),
      [{ shown: '$1,500.25', Amount__c: 1500.25 }],
    );
    assert.equal((await rows(employee, 'SELECT Id FROM Expense__c WHERE Day__c = TODAY')).length, 1);
  });

  it('shows private records to their owner and to the roles above, and hides them from others', async () => {
    const soql = 'SELECT Name, (SELECT Name FROM Expenses__r) FROM Expense_Report__c';
    assert.equal((await rows(employee, soql)).length, 2);
    assert.equal((await rows(lead, soql)).length, 2);
    const [id] = (await rows(admin, 'SELECT Id FROM Expense_Report__c')).map((row) => String(row['Id']));
    const own = await lead
      .sobject('Expense_Report__c')
      .create({ Report_Key__c: 'own', Employee_Number__c: 'CD5678', Month__c: '2026-11-01' });
    assert.equal((await rows(employee, soql)).length, 2);
    await assert.rejects(employee.sobject('Expense_Report__c').retrieve(own.id!), { errorCode: 'NOT_FOUND' });
    await assert.rejects(employee.sobject('Expense_Report__c').update({ Id: own.id!, Status__c: 'PAID' }), {
      errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    });
    await lead.sobject('Expense_Report__c').update({ Id: id!, Status__c: 'SUBMITTED' });
  });

  it('refuses what its rules refuse', async () => {
    const bad = { Report_Key__c: 'x', Employee_Number__c: '1', Month__c: '2027-01-01' };
    const [result] = await employee.sobject('Expense_Report__c').create([bad]);
    assert.deepEqual<unknown>(result?.errors, [
      {
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'An employee number is two letters and four digits.',
        fields: ['Employee_Number__c'],
      },
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'The month has not begun.', fields: [] },
    ]);
  });
});
