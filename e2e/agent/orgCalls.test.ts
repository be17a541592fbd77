/** What the agent asks of an org beside the Bills, against the local org: its queries have to be ones that an org takes. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Names } from '../../agent/src/rules/names.ts';
import { eventRecord, runRecord, type RunInput } from '../../agent/src/rules/records.ts';
import { systemRuntime } from '../../agent/src/runtime.ts';
import { SalesforceConnection } from '../../agent/src/salesforce/connection.ts';
import { VersionConflictError } from '../../agent/src/salesforce/control/integrations.ts';
import { ControlPlane } from '../../agent/src/salesforce/controlPlane.ts';
import { OrgMailbox } from '../../agent/src/salesforce/email.ts';
import { SalesforceError, SalesforceLimitError } from '../../agent/src/salesforce/errors.ts';
import { excessRights, orgFacts } from '../../agent/src/salesforce/organization.ts';
import { detectNames } from '../../agent/src/salesforce/prefix.ts';
import { deleteOld } from '../../agent/src/salesforce/retention.ts';
import { manyBills } from './builders.ts';
import { World } from './world.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const runtime = systemRuntime(quiet, new AbortController().signal);
const NOTHING = new Date('2000-01-01T00:00:00Z');

let world: World;
let connection: SalesforceConnection;
let names: Names;
let control: ControlPlane;

function connect(more: { recheckLimitsEvery?: number } = {}): SalesforceConnection {
  const { instanceUrl, jwt } = world.org;
  const credentials = { kind: 'jwtBearer' as const, ...jwt };
  return new SalesforceConnection({ loginUrl: instanceUrl, credentials, concurrency: 4, ...more }, runtime);
}

async function created(object: string, record: object): Promise<string> {
  const { body } = await world.salesforce('POST', `/sobjects/${object}`, record);
  const { id } = body as { id?: string };
  assert.ok(id, JSON.stringify(body));
  return id;
}

before(async () => {
  world = await World.start(manyBills(3, 0), { store: 'none' });
  connection = connect();
  names = await detectNames(connection);
  control = new ControlPlane(connection, names);
});
beforeEach(() => world.clearFaults());
after(() => world.close());

describe('the control plane', () => {
  it('reads configurations, requests and changed Accounts and leaves its heartbeat in one call', async () => {
    const request = await created('Sync_Request__c', { Type__c: 'SYNC_NOW' });
    const before = connection.apiCalls;
    const seenAt = new Date('2026-11-22T12:00:00.000Z');
    const poll = await control.poll({
      wantsAccountsSince: NOTHING,
      heartbeat: {
        key: 'agent-1',
        version: '0.1.0',
        startedAt: seenAt,
        seenAt,
        queueDepth: 3,
        apiCallsUsed: 5,
        apiCallLimit: 100_000,
        apiBudget: 80_000,
      },
    });
    assert.equal(connection.apiCalls - before, 1);
    assert.equal(poll.heartbeatRefused, undefined);
    assert.equal(poll.integrations.length, 1);
    assert.deepEqual(
      poll.requests.map(({ id, type, status }) => ({ id, type, status })),
      [{ id: request, type: 'SYNC_NOW', status: 'NEW' }],
    );
    assert.ok(poll.accountsChanged && poll.accountsChanged.length > 0);
    const [agent] = await world.query('SELECT Agent_Key__c, Queue_Depth__c, API_Budget__c FROM Sync_Agent__c');
    assert.deepEqual(
      [agent?.['Agent_Key__c'], agent?.['Queue_Depth__c'], agent?.['API_Budget__c']],
      ['agent-1', 3, 80_000],
    );
    const next = await control.poll({ wantsAccountsSince: new Date('2999-01-01T00:00:00Z') });
    assert.deepEqual(next.accountsChanged, []);
    await control.claimRequests([request], 'done', runtime.now());
    await control.writeRequest(request, { status: 'DONE', text: 'Done', completedAt: runtime.now() });
  });

  it('lets only one of two agents take a request, whatever got lost', async () => {
    const id = await created('Sync_Request__c', { Type__c: 'DRY_RUN' });
    const claims = ['agent-1', 'agent-2'].map((claim) => control.claimRequests([id], claim, runtime.now()));
    const taken = (await Promise.all(claims)).map((ids) => ids.has(id));
    assert.deepEqual(taken.toSorted(), [false, true]);
    const winner = taken[0] ? 'agent-1' : 'agent-2';
    assert.ok((await control.claimRequests([id], winner, runtime.now())).has(id));
    const { running } = await control.poll({ wantsAccountsSince: null });
    assert.deepEqual(
      running.map((request) => [request.id, request.claim]),
      [[id, winner]],
    );
    assert.deepEqual(await control.releaseRequests([id]), []);
    const { requests } = await control.poll({ wantsAccountsSince: null });
    assert.deepEqual(
      requests.map((request) => [request.id, request.claim]),
      [[id, null]],
    );
    await control.claimRequests([id], 'again', runtime.now());
    await control.writeRequest(id, {
      status: 'FAILED',
      text: 'It did not work.',
      data: { rows: [1] },
      errorCode: 'NETWORK',
      completedAt: runtime.now(),
    });
    const [row] = await world.query(
      `SELECT Status__c, Result_Data__c, Error_Code__c FROM Sync_Request__c WHERE Id = '${id}'`,
    );
    assert.deepEqual(
      [row?.['Status__c'], row?.['Result_Data__c'], row?.['Error_Code__c']],
      ['FAILED', '{"rows":[1]}', 'NETWORK'],
    );
    assert.deepEqual(await control.claimRequests([id], 'late', runtime.now()), new Set());
  });

  it('makes, changes by version, and deletes an integration', async () => {
    const credential = { key: 'uk', type: 'OAUTH_JWT_BEARER', destination: 'SALESFORCE', status: 'WORKING' } as const;
    assert.deepEqual(
      await control.upsertCredentials([{ ...credential, myDomain: 'https://uk.my.salesforce.com' }]),
      [],
    );
    const made = await control.createIntegration({ name: 'UK', accountIds: ['a1', 'a2'], credentialKey: 'uk' });
    assert.deepEqual([made.name, made.enabled, made.accountIds, made.credentialKey], ['UK', false, ['a1', 'a2'], 'uk']);
    const changed = await control.updateIntegration(made.id, { enabled: true, credentialKey: null }, made.version);
    assert.deepEqual([changed?.enabled, changed?.credentialKey, changed?.name], [true, null, 'UK']);
    assert.notEqual(changed?.version, made.version);
    await assert.rejects(control.updateIntegration(made.id, { name: 'late' }, made.version), VersionConflictError);
    const checked = await control.updateIntegration(made.id, { lastCheck: runtime.now(), successiveErrors: 2 });
    assert.equal(checked?.version, changed?.version);
    assert.equal(checked?.successiveErrors, 2);
    assert.equal(await control.deleteIntegration(made.id), true);
    assert.equal(await control.deleteIntegration(made.id), false);
    assert.equal(await control.integration(made.id), undefined);
    assert.equal(await control.updateIntegration(made.id, { enabled: false }), undefined);
    assert.equal(await control.integration('no-id'), undefined);
  });
});

describe('Runs and Events', () => {
  let integrationId: string;
  const run = (key: string, more: Partial<RunInput> = {}) =>
    runRecord({ key, integrationId, status: 'COMPLETE', trigger: 'MANUAL', ...more }, names);

  before(async () => {
    integrationId = (await control.readIntegrations())[0]?.id ?? '';
    const refusals = await control.write({
      parentRuns: [run('p1'), run('p2', { replayedFromKey: 'p1' })],
      childRuns: ['c1', 'c2', 'c3'].map((key) =>
        run(key, { parentKey: 'p1', status: 'ERROR', bill: { id: `bill-${key}`, version: 1, exists: false } }),
      ),
      events: ['e1', 'e2'].map((key) =>
        eventRecord(
          {
            key,
            integrationId,
            eventName: 'integration.perform.error',
            eventTime: new Date('2026-11-22T12:00:00Z'),
            message: 'why',
            runKey: 'p1',
            m3terAccountId: key,
          },
          names,
        ),
      ),
    });
    assert.deepEqual(refusals, []);
  });

  it('are found by what people ask for', async () => {
    const keys = async (filter: Parameters<ControlPlane['runs']>[0]) =>
      (await control.runs(filter)).rows.map(({ key }) => key).toSorted();
    const parent = await control.run('p1');
    assert.ok(parent);
    assert.equal((await control.run(parent.name))?.id, parent.id);
    assert.equal((await control.run(parent.id))?.key, 'p1');
    assert.equal(await control.run('nobody'), undefined);
    assert.deepEqual(await keys({ level: 'batches' }), ['p1', 'p2']);
    assert.deepEqual(await keys({ level: 'bills', status: 'ERROR' }), ['c1', 'c2', 'c3']);
    assert.deepEqual(await keys({ level: { parentRunId: parent.id }, m3terBillIds: ['bill-c2', 'x'] }), ['c2']);
    assert.deepEqual(await keys({ m3terBillIds: [] }), []);
    assert.deepEqual(await keys({ trigger: 'EVENT' }), []);
    assert.deepEqual(await keys({ integrationId, since: NOTHING, until: NOTHING }), []);
    assert.equal((await control.run('p2'))?.replayedFromId, parent.id);
    const [child] = (await control.runs({ keys: ['c1'] })).rows;
    assert.deepEqual([child?.parentRunId, child?.m3terBillId, child?.sourceVersion], [parent.id, 'bill-c1', 1]);
  });

  it('are read a page at a time, each once, in either order', async () => {
    for (const order of ['newestFirst', 'oldestFirst'] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await control.runs({ limit: 2, order, ...(after === null ? {} : { after }) });
        assert.ok(page.rows.length <= 2);
        seen.push(...page.rows.map(({ key }) => key));
        after = page.next;
      } while (after !== null);
      assert.deepEqual(seen.toSorted(), ['c1', 'c2', 'c3', 'p1', 'p2']);
    }
  });

  it('of which Events can be acted on', async () => {
    const open = await control.events({ actioned: false, eventName: 'integration.perform.error' });
    assert.deepEqual(open.rows.map(({ key }) => key).toSorted(), ['e1', 'e2']);
    const [first] = (await control.events({ m3terAccountId: 'e1' })).rows;
    assert.ok(first?.runId);
    assert.deepEqual(await control.actionEvents([first.id], new Date('2026-11-22T13:00:00Z')), []);
    assert.deepEqual(
      (await control.events({ actioned: false, runId: first.runId })).rows.map(({ key }) => key),
      ['e2'],
    );
    const [actioned] = (await control.events({ ids: [first.name] })).rows;
    assert.deepEqual(actioned?.actionedAt, new Date('2026-11-22T13:00:00Z'));
  });

  it('are deleted when they are old, as far as one call may, and then to the end', async () => {
    assert.deepEqual((await deleteOld(connection, names, { before: NOTHING, limit: 100 })).deleted, {
      runs: 0,
      events: 0,
      requests: 0,
    });
    const before = new Date(Date.now() + 60_000);
    const first = await deleteOld(connection, names, { before, limit: 3 });
    assert.deepEqual([first.deleted, first.isDone], [{ runs: 1, events: 2, requests: 0 }, false]);
    assert.equal((await control.run('p1'))?.key, 'p1');
    const second = await deleteOld(connection, names, { before, limit: 100 });
    assert.deepEqual([second.deleted, second.isDone], [{ runs: 4, events: 0, requests: 0 }, true]);
    // Requests belong to the people who made them.
    assert.deepEqual(
      second.refusals.map(({ code }) => code),
      ['INSUFFICIENT_ACCESS_OR_READONLY', 'INSUFFICIENT_ACCESS_OR_READONLY'],
    );
    assert.deepEqual((await control.runs({})).rows, []);
  });
});

describe('the org itself', () => {
  it('tells its facts', async () => {
    const facts = await orgFacts(connection);
    assert.deepEqual([facts.orgId, facts.timeZone, facts.namespace], [await connection.orgId(), 'Europe/London', null]);
  });

  it('tells which rights the agent has and does not need', async () => {
    assert.deepEqual(await excessRights(connection), []);
  });

  it('sends e-mails to its users, five in each', async () => {
    const mailbox = new OrgMailbox(connection);
    const users = await mailbox.users([await connection.userId(), '005000000000999AAA']);
    assert.equal(users.length, 1);
    const addresses = Array.from({ length: 6 }, (_, n) => `user${n}@example.com`);
    await mailbox.sendEmail({ addresses, subject: 'Disabled', body: 'Why' });
    const response = await fetch(`${world.org.instanceUrl}/sandbox/emails`);
    const text = JSON.stringify(await response.json());
    for (const address of addresses) assert.match(text, new RegExp(address));
    await assert.rejects(mailbox.sendEmail({ addresses: ['no address'], subject: 's', body: 'b' }), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.equal(error.code, 'INVALID_EMAIL_ADDRESS');
      return true;
    });
  });

  it('is left alone at the budget, and called again when there is room', async () => {
    const limits = (body: object) =>
      fetch(`${world.org.instanceUrl}/sandbox/limits`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const own = connect({ recheckLimitsEvery: 0 });
    await limits({ dailyApiRequests: 1000, used: 900 });
    await own.request('GET', '/sobjects');
    const patient = connect();
    await patient.request('GET', '/sobjects');
    const calls = patient.apiCalls;
    await assert.rejects(patient.request('GET', '/sobjects'), (error: Error) => {
      assert.ok(error instanceof SalesforceLimitError);
      assert.equal(error.code, 'API_BUDGET');
      return true;
    });
    assert.equal(patient.apiCalls, calls);
    await assert.rejects(own.request('GET', '/sobjects'), SalesforceLimitError);
    await limits({ dailyApiRequests: 100_000, used: 10 });
    await own.request('GET', '/sobjects');
    assert.equal(own.usage?.limit, 100_000);
  });
});
