import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Org, OrgUser } from '../model.ts';
import { openOrg } from '../org.ts';
import { query } from '../soql/query.ts';
import { accessOf } from '../uiapi/access.ts';
import { viewCondition } from '../uiapi/lists/filters.ts';
import { MetadataError } from './element.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'list-views-'));
after(() => rmSync(folder, { recursive: true }));

const filter = (field: string, operation: string, value: string) =>
  `<filters><field>${field}</field><operation>${operation}</operation><value>${value}</value></filters>`;

/** Opens an org whose Accounts have this list view. */
function orgWith(inner: string, scope = 'Everything'): Org {
  const views = path.join(folder, 'objects/Account/listViews');
  mkdirSync(views, { recursive: true });
  writeFileSync(
    path.join(views, 'Tested.listView-meta.xml'),
    `<?xml version="1.0"?><ListView xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Tested</fullName>
     <columns>ACCOUNT.NAME</columns>${inner}<filterScope>${scope}</filterScope><label>Tested</label></ListView>`,
  );
  return openOrg({ sourceDirs: [folder], now: () => new Date('2026-11-22T18:00:00Z') });
}

/** The names of the Accounts that a list view shows, of Acme Ltd (Energy), Bolt_1 (Banking) and Cat (no industry). */
function shown(inner: string, scope?: string): string[] {
  const org = orgWith(inner, scope);
  const [admin, other] = org.users as [OrgUser, OrgUser];
  const insert = (Name: string, Industry: string | null, OwnerId = admin.id) =>
    org.save(admin, { operation: 'insert', object: 'Account', fields: { Name, Industry, OwnerId } });
  insert('Acme Ltd', 'Energy');
  insert('Bolt_1', 'Banking', other.id);
  insert('Cat', null);
  const account = org.object('Account');
  const view = account.listViews.find(({ name }) => name === 'Tested')!;
  const condition = viewCondition(accessOf(org, admin), account, view);
  const where = condition === '' ? '' : ` WHERE ${condition}`;
  const { records } = query(org, admin, `SELECT Name FROM Account${where} ORDER BY Name`);
  org.close();
  return records.map((record) => String(record['Name']));
}

describe('list views from metadata', () => {
  it('filter by every operation', () => {
    const cases: Array<[operation: string, value: string, expected: string[]]> = [
      ['equals', 'Energy,Banking', ['Acme Ltd', 'Bolt_1']],
      ['notEqual', 'Energy', ['Bolt_1', 'Cat']],
      ['equals', '', ['Cat']],
      ['contains', 'nerg', ['Acme Ltd']],
      ['notContain', 'nerg', ['Bolt_1', 'Cat']],
      ['startsWith', 'Ban', ['Bolt_1']],
      ['greaterThan', 'Banking', ['Acme Ltd']],
    ];
    for (const [operation, value, expected] of cases) {
      assert.deepEqual(shown(filter('Industry', operation, value)), expected, `${operation} ${value}`);
    }
    assert.deepEqual(shown(filter('ACCOUNT.NAME', 'contains', 't_')), ['Bolt_1']);
    assert.deepEqual(shown(filter('CREATED_DATE', 'equals', 'TODAY')).length, 3);
    assert.deepEqual(shown(filter('CREATED_DATE', 'lessThan', '11/22/2026')), []);
  });

  it('join filters by their logic, and keep to the own records of the user', () => {
    const two = filter('Industry', 'equals', 'Energy') + filter('ACCOUNT.NAME', 'equals', 'Cat');
    assert.deepEqual(shown(two), []);
    assert.deepEqual(shown(`<booleanFilter>1 OR 2</booleanFilter>${two}`), ['Acme Ltd', 'Cat']);
    assert.deepEqual(shown('', 'Mine'), ['Acme Ltd', 'Cat']);
    assert.throws(() => shown(`<booleanFilter>1 OR 3</booleanFilter>${two}`), { errorCode: 'INVALID_FILTER' });
  });

  it('are refused when the org could not honour them', () => {
    assert.throws(() => orgWith(filter('Industry', 'within', '5')), MetadataError);
    assert.throws(() => orgWith('', 'Queue'), MetadataError);
  });

  it('exist for every object that Salesforce gives some', () => {
    const org = openOrg({ sourceDirs: ['force-app'] });
    const names = (object: string) => org.object(object).listViews.map(({ name }) => name);
    assert.ok(names('Bill__c').includes('All'));
    assert.ok(names('Account').includes('AllAccounts'));
    org.close();
  });
});
