import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { bill, billFields, startTestOrg } from '../../testServer.ts';

const client = await startTestOrg();
const { org } = client;

function connect(options: object = {}): Connection {
  const { clientId, clientSecret, instanceUrl } = org;
  return new Connection({
    loginUrl: instanceUrl,
    instanceUrl,
    version: '67.0',
    oauth2: { clientId, clientSecret, loginUrl: instanceUrl },
    ...options,
  });
}

async function signedIn(): Promise<Connection> {
  const connection = connect();
  await connection.authorize({ grant_type: 'client_credentials' });
  return connection;
}

function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256' })}.${part(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), org.jwt.privateKey).toString('base64url')}`;
}

describe('jsforce', () => {
  it('signs in with client credentials as the agent and asks who it is', async () => {
    const connection = connect();
    const user = await connection.authorize({ grant_type: 'client_credentials' });
    assert.equal(user.organizationId, org.orgId);
    const identity = await connection.identity();
    assert.equal(identity.username, org.jwt.username);
    assert.equal(identity.user_id, user.id);
  });

  it('signs in with a JWT that the right key has signed', async () => {
    const connection = connect();
    const { clientId, username } = org.jwt;
    const exp = Math.floor(Date.now() / 1000) + 120;
    const assertion = jwt({ iss: clientId, sub: username, aud: org.instanceUrl, exp });
    await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    assert.equal((await connection.identity()).username, username);
  });

  it('is refused with a wrong secret and after its session has ended', async () => {
    const wrong = connect({ oauth2: { clientId: org.clientId, clientSecret: 'no', loginUrl: org.instanceUrl } });
    await assert.rejects(async () => await wrong.authorize({ grant_type: 'client_credentials' }), {
      name: 'invalid_client',
    });
    const connection = await signedIn();
    const { accessToken } = connection;
    await connection.logout();
    const again = new Connection({ instanceUrl: org.instanceUrl, accessToken: accessToken ?? '', version: '67.0' });
    await assert.rejects(async () => await again.query('SELECT Id FROM Account'), { errorCode: 'INVALID_SESSION_ID' });
  });

  it('creates, reads, changes, upserts and destroys one record', async () => {
    const bills = (await signedIn()).sobject('Bill__c');
    const created = await bills.create(bill('one', { Bill_Total__c: 12.5 }));
    assert.ok(created.success);
    await bills.update({ Id: created.id, Status__c: 'APPROVED' });
    const read = await bills.retrieve(created.id);
    assert.equal(read['Status__c'], 'APPROVED');
    assert.equal(read['Bill_Total__c'], 12.5);
    const again = await bills.upsert({ M3ter_Bill_Id__c: 'one', Bill_Total__c: 13 }, 'M3ter_Bill_Id__c');
    assert.ok(again.success);
    assert.equal(again.id, created.id);
    const admin = connect({ accessToken: org.accessToken }).sobject('Bill__c');
    assert.equal((await admin.destroy(created.id)).success, true);
    await assert.rejects(async () => await admin.retrieve(created.id), { errorCode: 'NOT_FOUND' });
  });

  it('creates, upserts, retrieves and destroys many records', async () => {
    const connection = connect({ accessToken: org.accessToken });
    const bills = connection.sobject('Bill__c');
    const created = await bills.create([bill('m1'), bill('m2')]);
    const upserted = await bills.upsert([bill('m2', { Status__c: 'APPROVED' }), bill('m3')], 'M3ter_Bill_Id__c');
    assert.deepEqual(
      upserted.map(({ success, id }, index) => [success, (upserted[index] as { created?: boolean }).created, id]),
      [
        [true, false, created[1]?.id],
        [true, true, upserted[1]?.id],
      ],
    );
    const ids = [...created, ...upserted.slice(1)].map(({ id }) => id as string);
    const read = await bills.retrieve(ids);
    assert.deepEqual(
      read.map((record) => record['Status__c'] as unknown),
      [null, 'APPROVED', null],
    );
    assert.ok((await bills.destroy(ids)).every(({ success }) => success));
    assert.equal((await connection.query("SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c LIKE 'm_'")).totalSize, 0);
  });

  it('reads long results page by page', async () => {
    const connection = connect({ accessToken: org.accessToken });
    for (let start = 0; start < 2400; start += 200) {
      const accounts = Array.from({ length: 200 }, (_, n) => ({ Name: `Page ${String(start + n).padStart(4, '0')}` }));
      await connection.sobject('Account').create(accounts, { allOrNone: true });
    }
    const first = await connection.query("SELECT Name FROM Account WHERE Name LIKE 'Page %' ORDER BY Name");
    assert.deepEqual([first.totalSize, first.records.length, first.done], [2400, 2000, false]);
    const next = await connection.queryMore(first.nextRecordsUrl ?? '');
    assert.deepEqual([next.records.length, next.done, next.records.at(-1)?.['Name']], [400, true, 'Page 2399']);
    const all = await connection
      .query("SELECT Name FROM Account WHERE Name LIKE 'Page %'")
      .execute({ autoFetch: true, maxFetch: 5000, headers: { 'Sforce-Query-Options': 'batchSize=500' } });
    assert.equal(all.records.length, 2400);
  });

  it('sends composite requests and graphs', async () => {
    const connection = await signedIn();
    const row = '/services/data/v67.0/sobjects/Bill__c/M3ter_Bill_Id__c';
    const subrequest = { method: 'PATCH', url: `${row}/c1`, referenceId: 'bill', body: billFields('c1') };
    const composite = await connection.requestPost<{ compositeResponse: Array<{ httpStatusCode: number }> }>(
      '/composite',
      { allOrNone: true, compositeRequest: [subrequest] },
    );
    assert.equal(composite.compositeResponse[0]?.httpStatusCode, 201);
    const graph = await connection.requestPost<{ graphs: Array<{ isSuccessful: boolean }> }>('/composite/graph', {
      graphs: [{ graphId: 'g1', compositeRequest: [subrequest] }],
    });
    assert.equal(graph.graphs[0]?.isSuccessful, true);
  });

  it('describes objects as the user sees them', async () => {
    const connection = await signedIn();
    const { sobjects } = await connection.describeGlobal();
    assert.ok(sobjects.some(({ name, custom }) => name === 'Bill__c' && custom));
    const described = await connection.describe('Bill__c');
    const total = described.fields.find(({ name }) => name === 'Bill_Total__c');
    assert.deepEqual([total?.type, total?.precision, total?.scale, total?.createable], ['double', 18, 4, true]);
    const state = described.fields.find(({ name }) => name === 'Sync_State__c');
    assert.deepEqual(
      state?.picklistValues?.map(({ value }) => value as unknown),
      ['Writing', 'Complete'],
    );
    assert.ok(described.childRelationships.some(({ relationshipName }) => relationshipName === 'Line_Items__r'));
    const viewer = connect({ accessToken: client.tokenOf('viewer') });
    await assert.rejects(async () => await viewer.describe('Bill__c'), { errorCode: 'NOT_FOUND' });
  });

  it('sees its use of the API', async () => {
    const connection = await signedIn();
    const limits = await connection.limits();
    assert.equal(limits['DailyApiRequests']?.Max, 100_000);
    const used = connection.limitInfo.apiUsage?.used ?? 0;
    await connection.query('SELECT Id FROM Bill__c');
    assert.equal(connection.limitInfo.apiUsage?.used, used + 1);
  });
});
