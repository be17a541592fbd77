import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bill, billFields, startTestOrg } from '../testServer.ts';

const client = await startTestOrg();

function errorCode(body: unknown): string | undefined {
  return (body as Array<{ errorCode: string }>)[0]?.errorCode;
}

describe('record rows', () => {
  it('answers 201 on create and 200 on update of an external id, whatever characters it has', async () => {
    const url = `sobjects/Bill__c/M3ter_Bill_Id__c/${encodeURIComponent('A/1 b:ü')}`;
    const created = await client.send('PATCH', url, billFields('odd'));
    assert.equal(created.status, 201);
    const updated = await client.send('PATCH', url, { Status__c: 'APPROVED' });
    assert.equal(updated.status, 200);
    const { id } = created.body as { id: string };
    assert.deepEqual(updated.body, { id, success: true, errors: [], created: false });
    const read = await client.send('GET', url);
    assert.equal((read.body as Record<string, unknown>)['M3ter_Bill_Id__c'], 'A/1 b:ü');
  });

  it('keeps amounts exact from the request to the answer', async () => {
    const row = 'sobjects/Bill__c/M3ter_Bill_Id__c/exact';
    const body = JSON.stringify(billFields('exact', { Bill_Total__c: 'TOTAL' })).replace(
      '"TOTAL"',
      '12345678901234.5678',
    );
    const response = await fetch(`${client.org.instanceUrl}/services/data/v67.0/${row}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${client.tokenOf('agent')}`, 'content-type': 'application/json' },
      body,
    });
    assert.equal(response.status, 201);
    const read = await client.send('GET', `${row}?fields=Bill_Total__c`);
    assert.equal(String((read.body as Record<string, unknown>)['Bill_Total__c']), '12345678901234.5678');
  });

  it('takes packed bodies', async () => {
    const row = 'sobjects/Bill__c/M3ter_Bill_Id__c/packed';
    const response = await fetch(`${client.org.instanceUrl}/services/data/v67.0/${row}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${client.tokenOf('agent')}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify(billFields('packed'))),
    });
    assert.equal(response.status, 201);
  });

  it('takes doubled slashes and one at the end', async () => {
    const answer = await client.send('GET', '//services//data/v67.0/sobjects/Bill__c/');
    assert.equal(answer.status, 200);
  });

  it('creates, changes and deletes by id with 201, 204 and 204', async () => {
    const created = await client.send('POST', 'sobjects/Account', { Name: 'Rows' }, 'admin');
    assert.equal(created.status, 201);
    const { id } = created.body as { id: string };
    assert.equal((await client.send('PATCH', `sobjects/Account/${id}`, { Name: 'Rows 2' }, 'admin')).status, 204);
    assert.equal((await client.send('DELETE', `sobjects/Account/${id.slice(0, 15)}`, undefined, 'admin')).status, 204);
    const gone = await client.send('DELETE', `sobjects/Account/${id}`, undefined, 'admin');
    assert.deepEqual([gone.status, errorCode(gone.body)], [404, 'ENTITY_IS_DELETED']);
  });

  it('answers errors in words and statuses of the REST API', async () => {
    const cases: Array<[string, string, unknown, number, string]> = [
      ['GET', 'sobjects/Nope__c', undefined, 404, 'NOT_FOUND'],
      ['GET', 'nothing/here', undefined, 404, 'NOT_FOUND'],
      ['GET', '/services/data/v49.0/limits', undefined, 404, 'NOT_FOUND'],
      ['GET', 'sobjects/Bill__c/M3ter_Bill_Id__c/none', undefined, 404, 'NOT_FOUND'],
      ['GET', 'sobjects/Bill__c/Status__c/PENDING', undefined, 404, 'NOT_FOUND'],
      ['PUT', 'sobjects/Bill__c', {}, 405, 'METHOD_NOT_ALLOWED'],
      ['GET', 'query?q=SELECT+Id+FROM', undefined, 400, 'MALFORMED_QUERY'],
      ['GET', 'query', undefined, 400, 'MISSING_ARGUMENT'],
      ['GET', 'query/01gNone-2000', undefined, 400, 'INVALID_QUERY_LOCATOR'],
      ['POST', 'sobjects/Bill__c', { Name: 'x' }, 400, 'REQUIRED_FIELD_MISSING'],
      ['POST', 'sobjects/Bill__c', [], 400, 'JSON_PARSER_ERROR'],
      ['PATCH', 'sobjects/Bill__c/M3ter_Bill_Id__c/twice', bill('twice'), 400, 'INVALID_FIELD'],
      ['PATCH', 'sobjects/Bill__c/M3ter_Bill_Id__c/new?updateOnly=true', billFields('new'), 404, 'NOT_FOUND'],
      ['DELETE', 'composite/sobjects?ids=', undefined, 400, 'MISSING_ARGUMENT'],
      ['PATCH', 'composite/sobjects', { records: Array.from({ length: 201 }, () => ({})) }, 400, 'EXCEEDED_ID_LIMIT'],
    ];
    for (const [method, url, body, status, code] of cases) {
      const answer = await client.send(method, url, body);
      assert.deepEqual([answer.status, errorCode(answer.body)], [status, code], `${method} ${url}`);
    }
  });

  it('answers a broken body with JSON_PARSER_ERROR', async () => {
    const response = await fetch(`${client.org.instanceUrl}/services/data/v67.0/composite`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.tokenOf('agent')}`, 'content-type': 'application/json' },
      body: '{"allOrNone":',
    });
    assert.deepEqual([response.status, errorCode(await response.json())], [400, 'JSON_PARSER_ERROR']);
  });

  it('lists versions to everybody and resources to users', async () => {
    const versions = (await client.send('GET', '/services/data')).body as Array<{ version: string; label: string }>;
    assert.deepEqual([versions[0]?.version, versions.at(-1)?.version], ['50.0', '67.0']);
    assert.equal(versions.at(-1)?.label, "Summer '26");
    const resources = (await client.send('GET', '/services/data/v67.0')).body as Record<string, string>;
    assert.equal(resources['composite'], '/services/data/v67.0/composite');
    const stranger = await fetch(`${client.org.instanceUrl}/services/data/v67.0`);
    assert.equal(stranger.status, 401);
    assert.deepEqual(await stranger.json(), [
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  it('holds each user to the own permissions', async () => {
    const viewer = await client.send('GET', 'query?q=SELECT+Id+FROM+Bill__c', undefined, 'viewer');
    assert.deepEqual([viewer.status, errorCode(viewer.body)], [400, 'INVALID_TYPE']);
    const write = await client.send('POST', 'sobjects/Bill__c', bill('forbidden'), 'finance');
    assert.equal(write.status, 400);
    assert.equal(errorCode(write.body), 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
  });
});
