import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventRow, INTEGRATION, memoryOrg, ORG, testApi } from './testApi.ts';

const EVENT = 'a04000000000001AAA';

describe('events', () => {
  it('gives an Event in m3ter’s shape', async () => {
    const org = memoryOrg();
    org.rows.events.push(eventRow());
    const { call } = testApi({}, [org]);
    const { status, body } = await call('GET', `/events/${EVENT}`);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      id: EVENT,
      eventName: 'integration.perform.error',
      eventTime: '2026-11-22T10:00:00.000Z',
      m3terEvent: {
        eventData: {
          newDto: {
            id: EVENT,
            message: 'Region__c is required by your org. Fill it in, then resend the Bill.',
            entityType: 'Bill',
            entityId: 'bill-1',
            integrationConfigId: INTEGRATION,
            integrationRunId: 'a02000000000001AAA',
            accountId: 'account-1',
            destination: 'Salesforce',
            destinationId: ORG,
          },
        },
      },
      dtActioned: null,
    });
  });

  it('lists those to act on, or all, with m3ter’s filters', async () => {
    const org = memoryOrg();
    org.rows.events.push(eventRow(), eventRow({ id: 'a04000000000002AAA', actioned: true, actionedAt: new Date(0) }));
    const { call } = testApi({}, [org]);
    const count = async (query: string): Promise<number> =>
      ((await call('GET', `/events?${query}`)).body.data as unknown[]).length;
    assert.equal(await count('eventType=IntegrationEvent'), 1);
    assert.equal(await count('includeActioned=true'), 2);
    assert.equal(await count(`ids=${EVENT},a04000000000002AAA`), 2);
    assert.equal(await count('eventType=Notification'), 0);
    assert.equal(await count('notificationCode=bill_changed'), 0);
    await call('GET', '/events?eventName=integration.perform.error&accountId=account-1&resourceId=bill-1&pageSize=100');
    assert.deepEqual(org.seen.at(-1), {
      eventName: 'integration.perform.error',
      m3terAccountId: 'account-1',
      m3terBillIds: ['bill-1'],
      actioned: false,
      limit: 100,
    });
    await call('GET', `/events?resourceId=${INTEGRATION}`);
    assert.deepEqual(org.seen.at(-1), { integrationId: INTEGRATION, actioned: false, limit: 100 });
    assert.equal((await call('GET', '/events?pageSize=101')).status, 400);
  });

  it('marks an Event as acted on', async () => {
    const org = memoryOrg();
    org.rows.events.push(eventRow());
    const actionEvents = (input: object) => {
      assert.deepEqual(input, { events: [EVENT], org: ORG });
      org.rows.events[0] = eventRow({ actioned: true, actionedAt: new Date('2026-11-22T11:00:00Z') });
      return Promise.resolve({ events: [] });
    };
    const none = () => assert.fail();
    const { call } = testApi({ operations: { actionEvents, enable: none, disable: none, replay: none } }, [org]);
    const { status, body } = await call('POST', `/events/${EVENT}/action`);
    assert.deepEqual([status, body.dtActioned], [200, '2026-11-22T11:00:00.000Z']);
  });

  it('knows the kinds of Events and their fields', async () => {
    const { call } = testApi();
    const types = (await call('GET', '/events/types')).body.events as string[];
    assert.equal(types.length, 5);
    assert.ok(types.every((name) => /^integration\.[a-z]+\.error$/.test(name)));
    const fields = (await call('GET', '/events/fields?eventName=integration.disabled.error')).body.events;
    assert.deepEqual(Object.keys(fields as object), ['integration.disabled.error']);
    assert.equal(
      (fields as Record<string, Record<string, string>>)['integration.disabled.error']?.['new.message'],
      'string',
    );
  });
});
