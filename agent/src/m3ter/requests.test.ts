import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { M3terAuthenticationError, M3terUnavailableError } from './errors.ts';
import { calls, clientOf, scene } from './testing.ts';

afterEach(() => scene.server.close());

describe("m3ter's permissions", () => {
  it('are probed by a small request each, and the missing one is named', async () => {
    const client = await clientOf(({ url }) =>
      url.includes('/events?') ? { status: 403, body: { message: 'no.' } } : { body: { data: [] } },
    );
    const probes = await client.probe();
    assert.deepEqual(
      probes.map(({ what, error }) => [what, error === undefined]),
      [
        ['bills', true],
        ['accounts', true],
        ['externalmappings', true],
        ['events', false],
      ],
    );
    assert.match(probes[3]?.error ?? '', /events answered 403: no\. Give .*config:retrieve/);
    assert.ok(calls().every(({ url }) => url.endsWith('?pageSize=1')));
  });

  it('are not blamed for a key that m3ter refuses as a whole', async () => {
    const client = await clientOf(() => ({ status: 401, body: {} }));
    await assert.rejects(client.probe(), M3terAuthenticationError);
  });
});

describe('an External Mapping', () => {
  const mapping = { m3terId: 'a', externalId: '001000000000001AAA' };

  it('is made for an Account of Salesforce', async () => {
    const client = await clientOf(() => ({ body: { id: 'm', ...mapping } }));
    assert.equal((await client.createExternalMapping({ ...mapping, integrationConfigId: 'i' })).id, 'm');
    const [call] = calls();
    assert.deepEqual([call?.method, call?.url], ['POST', '/organizations/org/externalmappings']);
    assert.equal(call?.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(call?.body ?? ''), {
      m3terEntity: 'Account',
      m3terId: 'a',
      externalSystem: 'Salesforce',
      externalTable: 'Account',
      externalId: '001000000000001AAA',
      integrationConfigId: 'i',
    });
  });

  it('is not made twice because an answer was lost', async () => {
    const client = await clientOf(() => ({ status: 503 }));
    await assert.rejects(client.createExternalMapping(mapping), M3terUnavailableError);
    assert.equal(calls().length, 1);
  });

  it('is tried again when m3ter says that it did nothing yet', async () => {
    const client = await clientOf((_request, count) => (count === 1 ? { status: 429 } : { body: { id: 'm' } }));
    await client.createExternalMapping(mapping);
    assert.equal(calls().length, 2);
  });

  it('needs a permission that is named when it is missing', async () => {
    const client = await clientOf(() => ({ status: 403, body: { message: 'no' } }));
    await assert.rejects(client.createExternalMapping(mapping), /config:create/);
  });
});

describe('what m3ter tells of changes', () => {
  it('is asked for by name, those acted on included', async () => {
    const m3terEvent = { eventData: { newDto: { id: 'b' } } };
    const client = await clientOf(() => ({
      body: { data: [{ id: 'e', eventTime: '2026-11-22T12:00:00Z', m3terEvent }] },
    }));
    const { hints } = await client.events(['billing.bill.updated'], new Date('2026-11-22T11:00:00Z'));
    assert.deepEqual(
      hints.map(({ billId, eventId }) => [billId, eventId]),
      [['b', 'e']],
    );
    assert.match(calls()[0]?.url ?? '', /\/events\?eventName=billing.bill.updated&includeActioned=true&pageSize=100$/);
  });
});

describe('a request that is passed on', () => {
  it('comes back as it is, with a fresh token where that is needed', async () => {
    const client = await clientOf(({ headers, body }) =>
      headers.authorization === 'Bearer token-1'
        ? { status: 401, body: {} }
        : { status: 409, body: `{"message":"${body.length} characters"}` },
    );
    const answer = await client.forward('PUT', '/externalmappings/m?x=1', '{"version": 1.0}');
    assert.deepEqual(answer, {
      status: 409,
      contentType: 'application/json',
      body: '{"message":"16 characters"}',
    });
    assert.deepEqual(
      calls()
        .map(({ method, url }) => `${method} ${url}`)
        .slice(-1),
      ['PUT /organizations/org/externalmappings/m?x=1'],
    );
  });
});
