import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { connectAs, startProjectsOrg } from './connect.ts';

const client = await startProjectsOrg();

async function sessionOf(alias: 'admin' | 'agent') {
  const form = {
    grant_type: 'client_credentials',
    client_id: client.org.clientId,
    client_secret: client.org.clientSecret,
  };
  const answer = await fetch(`${client.org.instanceUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { alias, ...((await answer.json()) as { access_token: string }) };
}

const endNextSession = () =>
  client.send('POST', '/sandbox/faults', { match: { path: '/query' }, times: 1, fault: { kind: 'expireSession' } });

describe('a session of jsforce', () => {
  beforeEach(async () => {
    await client.send('DELETE', '/sandbox/faults');
  });

  it('is refreshed once for many calls at a time, which all succeed', async () => {
    const { access_token: accessToken } = await sessionOf('agent');
    let refreshed = 0;
    const connection = connectAs(client, 'agent', {
      accessToken,
      refreshFn: (_connection, done) => {
        refreshed += 1;
        sessionOf('agent').then(
          ({ access_token: fresh }) => void done(null, fresh),
          (error: Error) => void done(error),
        );
      },
    });
    await connection.query('SELECT Id FROM User');
    await endNextSession();
    const query = async (): Promise<number> => (await connection.query('SELECT Id FROM User')).totalSize;
    const sizes = await Promise.all([query(), query(), query(), query()]);
    assert.ok(sizes.every((size) => size > 0));
    assert.equal(refreshed, 1);
    assert.notEqual(connection.accessToken, accessToken);
  });

  it('that has ended is refused where nothing refreshes it', async () => {
    const { access_token: accessToken } = await sessionOf('agent');
    const connection = connectAs(client, 'agent', { accessToken });
    await endNextSession();
    await assert.rejects(async () => await connection.query('SELECT Id FROM User'), {
      errorCode: 'INVALID_SESSION_ID',
    });
    await assert.rejects(connection.sobject('Account').create({ Name: 'x' }), { errorCode: 'INVALID_SESSION_ID' });
  });

  it('tells who is signed in, and ends when its user signs out', async () => {
    const { access_token: accessToken } = await sessionOf('agent');
    const { clientId, clientSecret, instanceUrl: loginUrl } = client.org;
    const connection = connectAs(client, 'agent', { accessToken, oauth2: { clientId, clientSecret, loginUrl } });
    const { username, organization_id: orgId, urls } = await connection.identity();
    assert.deepEqual([username, orgId], [client.org.jwt.username, client.org.orgId]);
    assert.equal(urls.rest, `${client.org.instanceUrl}/services/data/v{version}/`);
    await connection.logout();
    await assert.rejects(connectAs(client, 'agent', { accessToken }).identity());
  });

  it('counts its calls against the limits of the org', async () => {
    const connection = connectAs(client);
    const { DailyApiRequests: daily } = await connection.limits();
    await connection.query('SELECT Id FROM User');
    assert.equal(connection.limitInfo.apiUsage?.used, Number(daily?.Max) - Number(daily?.Remaining) + 1);
    assert.equal(connection.limitInfo.apiUsage?.limit, daily?.Max);
  });
});
