import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { PACKAGE_SOURCES, PROJECTS_SOURCE } from '../fixtures/projects.ts';
import { startTestOrg } from '../testServer.ts';
import { temporaryHome, toolEnvironment } from './sfHome.ts';

// @salesforce/core keeps its files below the home folder and reads these variables when it is loaded.
const home = temporaryHome();
Object.assign(process.env, toolEnvironment(home));

const { AuthInfo, Connection, Org } = await import('@salesforce/core');
const { org } = await startTestOrg({ sourceDirs: [...PACKAGE_SOURCES, PROJECTS_SOURCE] });

const privateKeyFile = path.join(home, 'key.pem');
writeFileSync(privateKeyFile, org.jwt.privateKey, { mode: 0o600 });

const byJwt = () =>
  AuthInfo.create({
    username: org.jwt.username,
    oauth2Options: { clientId: org.jwt.clientId, privateKeyFile, loginUrl: org.instanceUrl },
  });

const byAccessToken = () =>
  AuthInfo.create({
    username: org.accessToken,
    accessTokenOptions: { accessToken: org.accessToken, instanceUrl: org.instanceUrl },
  });

describe('@salesforce/core', () => {
  it('signs in with a JWT, and again when its session has ended', async () => {
    const authInfo = await byJwt();
    const connection = await Connection.create({ authInfo });
    assert.equal((await connection.identity()).username, org.jwt.username);
    assert.equal(authInfo.getFields().orgId, org.orgId);
    const before = connection.accessToken;
    const ended = await fetch(`${org.instanceUrl}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: String(before) }),
    });
    assert.equal(ended.status, 200);
    const { records } = await connection.query<{ Name: string }>('SELECT Name FROM Organization');
    assert.equal(records[0]?.Name, 'Local Org');
    assert.notEqual(connection.accessToken, before);
  });

  it('works with an access token', async () => {
    const connection = await Connection.create({ authInfo: await byAccessToken() });
    const { totalSize } = await connection.query("SELECT Id, Profile.Name FROM User WHERE Alias = 'admin'");
    assert.equal(totalSize, 1);
    assert.equal((await connection.describe('Bill__c')).name, 'Bill__c');
    assert.equal(await connection.retrieveMaxApiVersion(), '67.0');
    assert.equal(
      await connection.singleRecordQuery("SELECT Id FROM Profile WHERE Name = 'None'").catch(nameOf),
      'SingleRecordQuery_NoRecords',
    );
  });

  it('saves records of objects that are not the package’s', async () => {
    const connection = await Connection.create({ authInfo: await byAccessToken() });
    const projects = connection.sobject('Project__c');
    const saved = await projects.create({ Code__c: 'C1', Name: 'Core', Budget__c: 20.5 });
    assert.ok(saved.success);
    await assert.rejects(projects.update({ Id: saved.id, Budget__c: -1 }), {
      name: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
    const { records } = await connection.query<{ Title__c: string }>(
      "SELECT Title__c FROM Project__c WHERE Code__c = 'C1'",
    );
    assert.equal(records[0]?.Title__c, 'C1: Core');
    const answer = await connection.request<{ Remaining__c: number }>(`/sobjects/Project__c/${saved.id}`);
    assert.equal(answer.Remaining__c, 20.5);
    assert.ok((await projects.destroy(saved.id)).success);
  });

  it('knows the org as an org', async () => {
    const known = await Org.create({ aliasOrUsername: org.jwt.username });
    assert.equal(known.getOrgId(), org.orgId);
    await known.refreshAuth();
    assert.equal(await known.determineIfDevHubOrg(true), false);
    assert.equal((await known.retrieveOrganizationInformation()).IsSandbox, true);
    assert.equal((await known.getConnection().identity()).organization_id, org.orgId);
  });
});

const nameOf = ({ name }: Error): string => name;
