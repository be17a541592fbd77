import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTEGRATION, integrationRow, memoryOrg, ORG, OTHER_ORG, testApi } from './testApi.ts';

const REQUEST = { entityType: 'Bill', destination: 'Salesforce', name: 'US gold' };
const DEFAULTS = {
  accountIds: [],
  restrictedAccountIds: [],
  integrationDisabledNotificationUsers: [],
  onlySendBillOnApproval: false,
  useExternalMappingAccountCode: false,
  excludedLineItemTypes: [],
  sortLineItemsBy: 'NONE',
  accountFilter: '',
  triggerType: 'EVENT',
};

function withIntegrations(...names: readonly string[]) {
  const org = memoryOrg();
  org.rows.integrations.push(...names.map((name, at) => integrationRow({ name, id: `a0100000000000${at}AAA` })));
  return { org, ...testApi({}, [org]) };
}

describe('integrationconfigs', () => {
  it('gives an integration in m3ter’s shape', async () => {
    const org = memoryOrg();
    org.rows.integrations.push(integrationRow({ accountFilter: 'accountCode == a', notificationUserIds: ['005x'] }));
    const { call } = testApi({}, [org]);
    const { status, body } = await call('GET', `/integrationconfigs/${INTEGRATION}`);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      id: INTEGRATION,
      version: 1,
      dtCreated: '2026-11-22T10:00:00.000Z',
      dtLastModified: '2026-11-22T10:00:00.000Z',
      createdBy: '005000000000001AAA',
      entityType: 'Bill',
      destination: 'Salesforce',
      destinationId: ORG,
      configData: {
        ...DEFAULTS,
        name: 'UK finance',
        accountFilter: 'accountCode == a',
        integrationDisabledNotificationUsers: ['005x'],
      },
      authorized: true,
      enabled: true,
      triggerType: 'EVENT',
      integrationCredentialsId: 'prod-uk',
      name: 'UK finance',
    });
  });

  it('lists page by page, over all orgs, or of one', async () => {
    const [uk, us] = [memoryOrg(ORG, 'uk'), memoryOrg(OTHER_ORG, 'us')];
    uk.rows.integrations.push(
      ...['1', '2', '3'].map((at) => integrationRow({ id: `a0100000000000${at}AAA`, name: at })),
    );
    us.rows.integrations.push(integrationRow({ id: 'a01000000000009AAA', name: '9' }));
    const { call } = testApi({}, [uk, us]);
    const pages: string[][] = [];
    let next = '';
    do {
      const { body } = await call('GET', `/integrationconfigs?pageSize=2${next && `&nextToken=${next}`}`);
      pages.push((body.data as { name: string }[]).map(({ name }) => name));
      next = (body.nextToken as string | undefined) ?? '';
    } while (next !== '');
    assert.deepEqual(pages, [
      ['1', '2'],
      ['3', '9'],
    ]);
    const { body } = await call('GET', `/integrationconfigs?destinationId=${OTHER_ORG.slice(0, 15)}`);
    assert.deepEqual(
      (body.data as { name: string }[]).map(({ name }) => name),
      ['9'],
    );
    assert.equal((await call('GET', '/integrationconfigs?nextToken=nonsense')).status, 400);
  });

  it('creates an enabled integration with defaults for what is left out', async () => {
    const org = memoryOrg();
    const { call, called } = testApi({}, [org]);
    const configData = { excludedLineItemTypes: ['CREDIT_MEMO'], triggerType: 'SCHEDULE' };
    const { status, body } = await call('POST', '/integrationconfigs', { ...REQUEST, configData });
    assert.equal(status, 200);
    assert.deepEqual(body.configData, { ...DEFAULTS, name: 'US gold', ...configData });
    assert.deepEqual(
      [body.version, body.enabled, body.authorized, body.integrationCredentialsId],
      [1, true, false, undefined],
    );
    assert.deepEqual(called, [['refresh', ORG]]);
  });

  it('creates it in the org that the request names, by id or by credential, and asks when there are several', async () => {
    const [uk, us] = [memoryOrg(ORG, 'uk'), memoryOrg(OTHER_ORG, 'us')];
    const { call } = testApi({}, [uk, us]);
    const unclear = await call('POST', '/integrationconfigs', REQUEST);
    assert.equal(unclear.status, 400);
    assert.match(String(unclear.body.message), new RegExp(`${ORG} \\(uk\\), ${OTHER_ORG} \\(us\\)`));
    await call('POST', '/integrationconfigs', { ...REQUEST, destinationId: OTHER_ORG });
    await call('POST', '/integrationconfigs', { ...REQUEST, integrationCredentialsId: 'uk' });
    assert.deepEqual(
      uk.rows.integrations.map(({ credentialKey }) => credentialKey),
      ['uk'],
    );
    assert.deepEqual(
      us.rows.integrations.map(({ credentialKey }) => credentialKey),
      [null],
    );
  });

  it('refuses what it cannot do, and says what to send', async () => {
    const { call } = testApi();
    const refusals: [object, RegExp][] = [
      [{ ...REQUEST, entityType: 'Notification' }, /entityType Bill/],
      [{ ...REQUEST, destination: 'Stripe' }, /destination Salesforce/],
      [{ ...REQUEST, entityId: 'bill-1' }, /entityId/],
      [{ ...REQUEST, credentials: { type: 'HTTP_BASIC' } }, /credential add/],
      [
        { ...REQUEST, integrationCredentialsId: 'other' },
        /no Salesforce credential other\. The agent knows: prod-uk\./,
      ],
      [{ entityType: 'Bill', destination: 'Salesforce' }, /no name/],
      [{ ...REQUEST, configData: { accountFilter: 'currency = USD' } }, /accountFilter does not parse at character 10/],
      [{ ...REQUEST, configData: { sortLineItemsBy: 'PRICE' } }, /configData\.sortLineItemsBy/],
      [{ ...REQUEST, configData: { onlySendBillOnApprovel: true } }, /configData/],
      [{ ...REQUEST, configData: { accountIds: ['two words'] } }, /configData\.accountIds\.0/],
    ];
    for (const [request, message] of refusals) {
      const { status, body } = await call('POST', '/integrationconfigs', request);
      assert.equal(status, 400);
      assert.match(String(body.message), message);
    }
  });

  it('updates all settings when the version is the one that was read, and keeps the credential', async () => {
    const { org, call } = withIntegrations('a');
    const id = String(org.rows.integrations[0]?.id);
    const configData = { accountIds: ['account-1'] };
    const { status, body } = await call('PUT', `/integrationconfigs/${id}`, { ...REQUEST, configData, version: 1 });
    assert.equal(status, 200);
    assert.deepEqual(body.configData, { ...DEFAULTS, name: 'US gold', ...configData });
    assert.equal(body.integrationCredentialsId, 'prod-uk');
    assert.equal(body.version, 2);
  });

  it('refuses an update of another version with 409, of none with 400, and into another org', async () => {
    const { org, call } = withIntegrations('a');
    const id = String(org.rows.integrations[0]?.id);
    const stale = await call('PUT', `/integrationconfigs/${id}`, { ...REQUEST, version: 7 });
    assert.deepEqual([stale.status, stale.headers['x-should-retry']], [409, 'false']);
    assert.equal((await call('PUT', `/integrationconfigs/${id}`, REQUEST)).status, 400);
    const moved = await call('PUT', `/integrationconfigs/${id}`, { ...REQUEST, version: 1, destinationId: OTHER_ORG });
    assert.equal(moved.status, 400);
    assert.equal(org.rows.integrations[0]?.name, 'a');
  });

  it('deletes an integration and gives what it was', async () => {
    const { org, call } = withIntegrations('a', 'b');
    const id = String(org.rows.integrations[0]?.id);
    const { status, body } = await call('DELETE', `/integrationconfigs/${id}`);
    assert.deepEqual([status, body.name], [200, 'a']);
    assert.deepEqual(
      org.rows.integrations.map(({ name }) => name),
      ['b'],
    );
    assert.equal((await call('GET', `/integrationconfigs/${id}`)).status, 404);
  });

  it('enables after a connection test and disables, through the operations', async () => {
    const org = memoryOrg();
    org.rows.integrations.push(integrationRow({ enabled: false }));
    let status: 'working' | 'rejected' = 'rejected';
    const set = (enabled: boolean) => (org.rows.integrations[0] = { ...integrationRow(), enabled });
    const { call } = testApi(
      {
        operations: {
          enable: ({ integration, org: orgId }) => {
            assert.deepEqual([integration, orgId], [INTEGRATION, ORG]);
            if (status === 'working') set(true);
            const test = { credential: 'prod-uk', status, message: 'The org refuses it.', orgId: null, testedAt: '' };
            return Promise.resolve({ integration: {} as never, test });
          },
          disable: () => {
            set(false);
            return Promise.resolve({ integration: {} as never });
          },
          replay: () => assert.fail(),
          actionEvents: () => assert.fail(),
        },
      },
      [org],
    );
    const refused = await call('POST', `/integrationconfigs/${INTEGRATION}/enable`);
    assert.equal(refused.status, 422);
    assert.match(String(refused.body.message), /stays disabled\. The org refuses it\./);
    status = 'working';
    assert.equal((await call('POST', `/integrationconfigs/${INTEGRATION}/enable`)).body.enabled, true);
    assert.equal((await call('POST', `/integrationconfigs/${INTEGRATION}/disable`)).body.enabled, false);
  });

  it('gives for an entity type the integration that comes first by name', async () => {
    const { call } = withIntegrations('a', 'b');
    assert.equal((await call('GET', '/integrationconfigs/entity/Bill?destination=Salesforce')).body.name, 'a');
    for (const path of ['entity/Notification', 'entity/Bill?destination=Stripe', 'entity/Bill?entityId=x']) {
      assert.equal((await call('GET', `/integrationconfigs/${path}`)).status, 404, path);
    }
  });

  it('asks for the org when a clone has an integration of the same id', async () => {
    const [one, clone] = [memoryOrg(ORG), memoryOrg(OTHER_ORG, 'sandbox')];
    one.rows.integrations.push(integrationRow({ name: 'original' }));
    clone.rows.integrations.push(integrationRow({ name: 'clone' }));
    const { call } = testApi({}, [one, clone]);
    const unclear = await call('GET', `/integrationconfigs/${INTEGRATION}`);
    assert.equal(unclear.status, 400);
    assert.match(String(unclear.body.message), /destinationId/);
    const { body } = await call('GET', `/integrationconfigs/${INTEGRATION}?destinationId=${OTHER_ORG}`);
    assert.equal(body.name, 'clone');
  });

  it('knows what can be set up', async () => {
    const { call } = testApi();
    const { body } = await call('GET', '/integrationconfigs/available?systemName=Salesforce&entityType=Bill');
    assert.deepEqual(Object.keys(body.supportedEntities as object), ['Bill']);
    const systems = await call('GET', '/integrationconfigs/available/systems');
    assert.deepEqual((systems.body as unknown as { identifier: string }[])[0]?.identifier, 'Salesforce');
    assert.equal((await call('GET', '/integrationconfigs/available/Stripe/entities')).status, 404);
    assert.equal((await call('GET', '/integrationconfigs/available/Salesforce/auth/Bill')).status, 200);
  });
});
