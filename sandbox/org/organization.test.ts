import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { startOrg } from './server.ts';
import { billFields, inRepository, startTestOrg, TestClient } from './testServer.ts';

const SOURCES = ['force-app', 'unpackaged'].map(inRepository);

describe('an organization', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-orgs-'));
  after(() => rmSync(folder, { recursive: true }));

  it('tells its time zone, its users with their e-mail addresses, and the time', async () => {
    const now = new Date('2026-11-22T12:00:00Z');
    const client = await startTestOrg({ organization: { timeZone: 'America/New_York' }, now: () => now });
    const [own] = await client.query(
      'SELECT Id, TimeZoneSidKey, IsSandbox, NamespacePrefix FROM Organization',
      'agent',
    );
    assert.equal(own?.['Id'], client.org.orgId);
    assert.deepEqual(
      [own['TimeZoneSidKey'], own['IsSandbox'], own['NamespacePrefix']],
      ['America/New_York', true, null],
    );
    const users = await client.query('SELECT Id, Email, IsActive, TimeZoneSidKey FROM User', 'agent');
    assert.ok(users.every((user) => String(user['Email']).includes('@') && user['IsActive'] === true));
    assert.equal((await client.send('GET', 'limits')).headers.get('date'), now.toUTCString());
  });

  it('shows what its permission sets grant', async () => {
    const client = await startTestOrg();
    const ofAgent = "Parent.Name = 'M3ter_Sync_Agent'";
    const objects = await client.query(
      `SELECT SobjectType, PermissionsRead, PermissionsModifyAllRecords FROM ObjectPermissions WHERE ${ofAgent}`,
      'agent',
    );
    const bills = objects.find((one) => one['SobjectType'] === 'Bill__c');
    assert.deepEqual([bills?.['PermissionsRead'], bills?.['PermissionsModifyAllRecords']], [true, false]);
    const fields = await client.query(
      `SELECT PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ${ofAgent} AND Field = 'Bill__c.Status__c'`,
      'agent',
    );
    assert.deepEqual(
      fields.map((one) => [one['PermissionsRead'], one['PermissionsEdit']]),
      [[true, true]],
    );
  });

  it('keeps its records and their ids when a sandbox is made of it, which is another organization', async () => {
    const stateFile = path.join(folder, 'production.sqlite');
    const organization = { isSandbox: false };
    const production = new TestClient(await startOrg({ port: 0, sourceDirs: SOURCES, stateFile, organization }));
    await production.send('PATCH', 'sobjects/Bill__c/M3ter_Bill_Id__c/one', billFields('one'));
    const ids = await production.query('SELECT Id FROM Bill__c');
    await production.org.close();
    cpSync(stateFile, path.join(folder, 'clone.sqlite'));
    const clone = await startTestOrg({ stateFile: path.join(folder, 'clone.sqlite'), organization: { number: 2 } });
    assert.notEqual(clone.org.orgId, production.org.orgId);
    assert.deepEqual(
      (await clone.query('SELECT Id FROM Bill__c')).map((one) => one['Id']),
      ids.map((one) => one['Id']),
    );
    const organizations = await clone.query('SELECT Id, IsSandbox FROM Organization');
    assert.deepEqual(
      organizations.map((one) => [one['Id'], one['IsSandbox']]),
      [[clone.org.orgId, true]],
    );
  });
});
