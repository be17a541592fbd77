import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { startTestOrg } from './testServer.ts';

// @salesforce/core keeps its files below the home folder and reads these variables when it is loaded.
const home = mkdtempSync(path.join(tmpdir(), 'sf-home-'));
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_DISABLE_TELEMETRY: 'true',
});
after(() => rmSync(home, { recursive: true, force: true }));

const { AuthInfo, Connection } = await import('@salesforce/core');
const { org } = await startTestOrg();

describe('@salesforce/core', () => {
  it('signs in with a JWT and queries', async () => {
    const privateKeyFile = path.join(home, 'key.pem');
    writeFileSync(privateKeyFile, org.jwt.privateKey, { mode: 0o600 });
    const authInfo = await AuthInfo.create({
      username: org.jwt.username,
      oauth2Options: { clientId: org.jwt.clientId, privateKeyFile, loginUrl: org.instanceUrl },
    });
    const connection = await Connection.create({ authInfo });
    const { records } = await connection.query<{ Name: string }>('SELECT Name FROM Organization');
    assert.equal(records[0]?.Name, 'Local Org');
    assert.equal(authInfo.getFields().orgId, org.orgId);
  });

  it('works with an access token', async () => {
    const authInfo = await AuthInfo.create({
      username: org.accessToken,
      accessTokenOptions: { accessToken: org.accessToken, instanceUrl: org.instanceUrl },
    });
    const connection = await Connection.create({ authInfo });
    const { totalSize } = await connection.query("SELECT Id, Profile.Name FROM User WHERE Alias = 'admin'");
    assert.equal(totalSize, 1);
    assert.equal((await connection.describe('Bill__c')).name, 'Bill__c');
  });
});
