import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { inRepository, startTestOrg } from '../testServer.ts';
import { startOrg } from '../server.ts';

const client = await startTestOrg();
const { org } = client;
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${org.instanceUrl}/services/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

function assertion(claims: object = {}, key = org.jwt.privateKey): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { clientId: iss, username: sub } = org.jwt;
  const all = { iss, sub, aud: org.instanceUrl, exp: Math.floor(Date.now() / 1000) + 60, ...claims };
  const content = `${part({ alg: 'RS256' })}.${part(all)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
}

describe('token endpoint', () => {
  it('answers with everything a client needs', async () => {
    const { clientId, clientSecret } = org;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { status, body } = await token(form);
    assert.equal(status, 200);
    assert.match(body['access_token'] ?? '', /^00D[A-Za-z0-9]{12}!.+/);
    assert.match(body['id'] ?? '', new RegExp(`^${org.instanceUrl}/id/${org.orgId}/005\\w{15}$`));
    assert.deepEqual([body['instance_url'], body['token_type']], [org.instanceUrl, 'Bearer']);
    assert.ok(body['issued_at'] && body['signature'] && body['scope']);
  });

  it('takes the client from a Basic header', async () => {
    const basic = Buffer.from(`${org.clientId}:${org.clientSecret}`).toString('base64');
    const { status } = await token({ grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` });
    assert.equal(status, 200);
  });

  it('refuses with the documented error', async () => {
    const credentials = { grant_type: 'client_credentials', client_id: org.clientId, client_secret: org.clientSecret };
    const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const jwt = (text: string) => ({ grant_type: JWT_BEARER, assertion: text });
    const cases: Array<[Record<string, string>, string]> = [
      [{ grant_type: 'password' }, 'unsupported_grant_type'],
      [{ ...credentials, client_id: 'other' }, 'invalid_client_id'],
      [{ ...credentials, client_secret: 'other' }, 'invalid_client'],
      [jwt('x.y.z'), 'invalid_grant'],
      [jwt(assertion({}, otherKey.toString())), 'invalid_grant'],
      [jwt(assertion({ exp: 1 })), 'invalid_grant'],
      [jwt(assertion({ aud: 'https://example.com' })), 'invalid_grant'],
      [jwt(assertion({ sub: 'nobody@example.com' })), 'invalid_grant'],
      [jwt(assertion({ iss: 'other' })), 'invalid_client_id'],
    ];
    for (const [form, error] of cases) {
      const { status, body } = await token(form);
      assert.deepEqual([status, body['error']], [400, error], JSON.stringify(body));
      assert.ok(body['error_description']);
    }
  });
});

describe('sessions', () => {
  it('end when they are revoked', async () => {
    const { body } = await token({ grant_type: JWT_BEARER, assertion: assertion() });
    const headers = { authorization: `Bearer ${body['access_token']}` };
    const userInfo = () => fetch(`${org.instanceUrl}/services/oauth2/userinfo`, { headers });
    const before = (await (await userInfo()).json()) as Record<string, string>;
    assert.deepEqual([before['preferred_username'], before['organization_id']], [org.jwt.username, org.orgId]);
    const form = new URLSearchParams({ token: body['access_token'] ?? '' });
    assert.equal(
      (await fetch(`${org.instanceUrl}/services/oauth2/revoke`, { method: 'POST', body: form })).status,
      200,
    );
    assert.equal((await userInfo()).status, 403);
    assert.equal((await fetch(`${org.instanceUrl}/services/data/v67.0`, { headers })).status, 401);
  });

  it('of the org and its keys are the same after a restart on the same state file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'org-'));
    const options = { port: 0, sourceDirs: [inRepository('force-app')], stateFile: path.join(folder, 'org.sqlite') };
    const first = await startOrg(options);
    await first.close();
    const second = await startOrg(options);
    const answer = await fetch(`${second.instanceUrl}/services/data/v67.0`, {
      headers: { authorization: `Bearer ${first.accessToken}` },
    });
    await second.close();
    rmSync(folder, { recursive: true });
    assert.equal(answer.status, 200);
    assert.deepEqual([second.clientSecret, second.jwt], [first.clientSecret, first.jwt]);
  });
});
