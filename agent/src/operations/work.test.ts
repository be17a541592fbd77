import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createExternalMapping } from './mapping.ts';
import { OperationError } from './errors.ts';
import { testFilter } from './filter.ts';
import { historyOperations } from './history.ts';
import { status } from './status.ts';
import { configured, eventRow, fakeEngine, fakeOrg, runRow } from './testing.ts';
import { workOperations } from './work.ts';
import type { Credentials } from '../vault/credentials.ts';

const code = (expected: string, text: RegExp) => (error: Error) => {
  assert.ok(error instanceof OperationError, error.message);
  assert.equal(error.code, expected);
  assert.match(error.message, text);
  return true;
};

describe('work', () => {
  it('is for all integrations, those of an org, or one', async () => {
    const org = fakeOrg({ integrations: [configured(), configured({ id: 'a00000000000002AAA', name: 'B' })] });
    const engine = fakeEngine([org]);
    const operations = workOperations(engine);
    await operations.sync({});
    await operations.sync({ integration: 'B' });
    await operations.reconcile({ org: 'production' });
    await operations.dryRun({ integration: 'B', limit: 7 });
    assert.deepEqual(engine.asked, [
      'sync all MANUAL',
      'sync a00000000000002AAA MANUAL',
      'sync a00000000000001AAA,a00000000000002AAA RECONCILE',
      'dryRun 1 7 "as saved"',
    ]);
  });

  it('rehearses draft settings of one integration, once their filter parses', async () => {
    const engine = fakeEngine();
    const { dryRun } = workOperations(engine);
    const settings = { accountFilter: 'currency == EUR' };
    await dryRun({ integration: 'All Bills', settings });
    assert.deepEqual(engine.asked, ['dryRun 1 50 {"accountFilter":"currency == EUR"}']);
    await assert.rejects(dryRun({ settings }), code('DRAFT_SETTINGS', /none is named/));
    const wrong = { accountFilter: 'currency = EUR' };
    await assert.rejects(dryRun({ integration: 'All Bills', settings: wrong }), code('FILTER_SYNTAX', /character 10/));
    assert.equal(engine.asked.length, 1);
  });

  it('sends a Bill again by reference, for every enabled integration', async () => {
    const off = configured({ id: 'a00000000000003AAA', name: 'Off', enabled: false });
    const org = fakeOrg({ integrations: [configured(), off], billIds: { 'INV-1': 'bill-1' } });
    const engine = fakeEngine([org]);
    assert.equal((await workOperations(engine).resend({ bill: 'INV-1' })).billId, 'bill-1');
    assert.deepEqual(engine.asked, ['push a00000000000001AAA bill-1 null']);
  });

  it('sends a Bill that Salesforce does not know by its m3ter id, and refuses one that nobody knows', async () => {
    const engine = fakeEngine();
    engine.bills = [{ id: 'bill-9' }];
    await workOperations(engine).resend({ bill: 'bill-9', integration: 'All Bills' });
    assert.deepEqual(engine.asked, ['push a00000000000001AAA bill-9 null']);
    await assert.rejects(
      workOperations(engine).resend({ bill: 'bill-0' }),
      code('NOT_FOUND', /Neither Salesforce nor m3ter/),
    );
  });

  it('replays a batch with its Bills, and the Run of one Bill with that', async () => {
    const child = {
      parentRunId: 'a01000000000001AAA',
      m3terBillId: 'bill-1',
      id: 'a01000000000002AAA',
      name: 'RUN-000002',
      key: 'run-1:bill-1',
    };
    const org = fakeOrg({
      runRows: [
        runRow(),
        runRow(child),
        runRow({ ...child, id: 'a01000000000003AAA', name: 'RUN-000003', m3terBillId: 'bill-2' }),
      ],
    });
    const engine = fakeEngine([org]);
    assert.equal((await workOperations(engine).replay({ run: 'RUN-000001' })).runKey, 'run-2');
    await workOperations(engine).replay({ run: 'RUN-000003' });
    assert.deepEqual(engine.asked, [
      'push a00000000000001AAA bill-1,bill-2 run-1',
      'push a00000000000001AAA bill-2 run-1:bill-1',
    ]);
    await assert.rejects(workOperations(engine).replay({ run: 'RUN-9' }), code('NOT_FOUND', /RUN-9/));
  });

  it('replays nothing where a Run has no Bills', async () => {
    const engine = fakeEngine([fakeOrg({ runRows: [runRow()] })]);
    assert.deepEqual(await workOperations(engine).replay({ run: 'run-1' }), {
      replayedFrom: 'run-1',
      runKey: null,
      results: [],
    });
    assert.deepEqual(engine.asked, []);
  });

  it('queues dead letters again, of one org or of all', async () => {
    const engine = fakeEngine();
    assert.equal((await workOperations(engine).redrive({})).redriven, 2);
    await workOperations(engine).redrive({ org: 'production' });
    assert.deepEqual(engine.asked, ['redrive all', 'redrive 00D000000000001AAA']);
  });
});

describe('the history', () => {
  const children = [
    runRow({ id: 'a01000000000002AAA', name: 'RUN-000002', parentRunId: 'a01000000000001AAA', m3terBillId: 'bill-1' }),
  ];
  const org = () =>
    fakeOrg({
      runRows: [runRow(), ...children],
      eventRows: [
        eventRow({ runId: 'a01000000000002AAA' }),
        eventRow({ id: 'a02000000000002AAA', name: 'EVT-000002', actioned: true }),
      ],
      billIds: { 'INV-1': 'bill-1' },
    });

  it('shows batches, or the Runs of a Bill', async () => {
    const operations = historyOperations(fakeEngine([org()]));
    assert.deepEqual(
      (await operations.runs({})).runs.map(({ name }) => name),
      ['RUN-000001'],
    );
    assert.deepEqual(
      (await operations.runs({ bill: 'INV-1' })).runs.map(({ name }) => name),
      ['RUN-000002'],
    );
    await assert.rejects(operations.runs({ since: 'yesterday' }), code('WRONG_INPUT', /yesterday/));
  });

  it('shows the newest of all orgs first', async () => {
    const later = fakeOrg({
      orgId: '00D000000000002AAA',
      credentialName: 'us',
      runRows: [runRow({ name: 'RUN-7', startedAt: new Date('2026-11-22T11:30:00.000Z') })],
    });
    const { runs } = await historyOperations(fakeEngine([org(), later])).runs({});
    assert.deepEqual(
      runs.map(({ name }) => name),
      ['RUN-7', 'RUN-000001'],
    );
  });

  it('shows a Run with its Bills and their Events', async () => {
    const { run, children: bills, events } = await historyOperations(fakeEngine([org()])).run({ run: 'run-1' });
    assert.deepEqual(
      [run.name, bills.map(({ billId }) => billId), events.map(({ name }) => name)],
      ['RUN-000001', ['bill-1'], ['EVT-000001']],
    );
  });

  it('shows Events to act on, others when asked, and marks them', async () => {
    const operations = historyOperations(fakeEngine([org()]));
    assert.deepEqual(
      (await operations.events({})).events.map(({ name }) => name),
      ['EVT-000001'],
    );
    assert.equal((await operations.events({ actioned: 'all' })).events.length, 2);
    const { events } = await operations.actionEvents({ events: ['EVT-000001'] });
    assert.deepEqual(
      events.map(({ actioned }) => actioned),
      [true],
    );
    assert.deepEqual((await operations.events({})).events, []);
    await assert.rejects(operations.actionEvents({ events: ['EVT-9'] }), code('NOT_FOUND', /EVT-9/));
  });
});

describe('an External Mapping', () => {
  const input = { m3terAccountId: 'acc-1', externalId: '001000000000001AAA' };
  const engineWith = (more: Parameters<typeof fakeOrg>[0] = {}) => {
    const account = { id: '001000000000001AAA', m3terAccountId: null, accountNumber: 'N-1' };
    const engine = fakeEngine([fakeOrg({ accounts: [account], ...more })]);
    engine.accounts = [{ id: 'acc-1' }];
    return engine;
  };

  it('is made where both Accounts exist, and wakes the Bills that waited', async () => {
    const engine = engineWith();
    const made = await createExternalMapping(engine, { ...input, externalId: 'N-1' });
    assert.deepEqual([made.accountId, made.externalId, made.integrationId], ['001000000000001AAA', 'N-1', null]);
    assert.deepEqual(engine.asked, ['mapped acc-1']);
  });

  it('is tied to an integration when one is named', async () => {
    const engine = engineWith();
    const { integrationId } = await createExternalMapping(engine, { ...input, integration: 'All Bills' });
    assert.equal(integrationId, 'a00000000000001AAA');
    assert.equal(engine.mappings[0]?.integrationConfigId, 'a00000000000001AAA');
  });

  it('is refused where an Account is missing on one side, or not the only one', async () => {
    await assert.rejects(
      createExternalMapping(engineWith(), { ...input, m3terAccountId: 'acc-2' }),
      code('NOT_FOUND', /m3ter has no Account acc-2/),
    );
    await assert.rejects(
      createExternalMapping(engineWith({ accounts: [] }), input),
      code('NOT_FOUND', /No Account in Salesforce/),
    );
    const twins = ['001000000000001AAA', '001000000000002AAA'].map((id) => ({
      id,
      m3terAccountId: null,
      accountNumber: 'N-1',
    }));
    await assert.rejects(
      createExternalMapping(engineWith({ accounts: twins }), { ...input, externalId: 'N-1' }),
      code('AMBIGUOUS', /2 Accounts/),
    );
  });

  it('is refused by name where the m3ter Account has one already', async () => {
    const engine = engineWith();
    engine.mappings = [
      {
        id: 'm-1',
        m3terId: 'acc-1',
        m3terEntity: 'Account',
        externalTable: 'Account',
        externalId: '001000000000009AAA',
      },
    ];
    await assert.rejects(createExternalMapping(engine, input), code('ALREADY_MAPPED', /001000000000009AAA.*m-1/));
    assert.equal((await createExternalMapping(engine, { ...input, integration: 'All Bills' })).id, 'mapping-1');
  });
});

describe('testing a filter', () => {
  const engineWith = () => {
    const engine = fakeEngine([
      fakeOrg({ integrations: [configured({ accountFilter: `currency == 'EUR'`, restrictedAccountIds: ['a3'] })] }),
    ]);
    engine.accounts = [
      { id: 'a1', code: 'one', currency: 'EUR' },
      { id: 'a2', code: 'two', currency: 'USD' },
      { id: 'a3', code: 'three', currency: 'EUR' },
    ];
    return engine;
  };

  it('counts and names the Accounts that are let through', async () => {
    const result = await testFilter(engineWith(), { filter: `currency == 'EUR'`, limit: 1 });
    assert.deepEqual([result.accountsRead, result.matching, result.accounts.map(({ id }) => id)], [3, 2, ['a1']]);
  });

  it('takes filter and lists of an integration, and says why for one Account', async () => {
    const result = await testFilter(engineWith(), { integration: 'All Bills', account: 'three' });
    assert.equal(result.matching, 1);
    assert.equal(result.account?.isLetThrough, false);
    assert.match(result.account?.reason ?? '', /restricted/);
  });

  it('refuses a filter that does not parse, with the position, and an Account that there is not', async () => {
    await assert.rejects(testFilter(engineWith(), { filter: 'currency =' }), code('FILTER_SYNTAX', /character \d+/));
    await assert.rejects(testFilter(engineWith(), { filter: '', account: 'nine' }), code('NOT_FOUND', /nine/));
  });

  it('counts Accounts for which it cannot be told', async () => {
    const { unclear, matching } = await testFilter(engineWith(), { filter: 'currency' });
    assert.equal(matching, 0);
    assert.equal(unclear.count, 3);
    assert.match(unclear.example ?? '', /Account one/);
  });
});

describe('the status', () => {
  const credentials = {
    list: () =>
      Promise.resolve([
        {
          name: 'production',
          kind: 'jwtBearer',
          destination: 'SALESFORCE',
          details: {},
          source: 'vault',
          createdAt: null,
          rotatedAt: null,
        },
      ]),
  } as unknown as Credentials;

  it('tells agent, orgs, queue, Bills and batches without asking anybody', async () => {
    const engine = fakeEngine();
    const found = await status({ engine, credentials, version: '1.2.3' });
    assert.deepEqual(found.agent, { version: '1.2.3', isRunning: false, startedAt: null, processId: null });
    assert.deepEqual(found.orgs[0], {
      credential: 'production',
      orgId: '00D000000000001AAA',
      isConnected: true,
      detail: null,
      apiCallsUsed: 10,
      apiCallLimit: 100,
      apiBudget: 80,
    });
    assert.deepEqual([found.queue.dead, found.bills, found.batches[0]?.integration], [2, { sent: 5 }, 'All Bills']);
  });

  it('tells why the agent does not call an org now, though it is signed in', async () => {
    const reason = { message: 'The org is not available.' };
    const found = await status({ engine: fakeEngine([fakeOrg({ pause: { reason } })]), credentials, version: '1' });
    assert.deepEqual([found.orgs[0]?.isConnected, found.orgs[0]?.detail], [false, reason.message]);
  });
});
