/** The error table of Salesforce's write path, class by class, with the faults of the local org. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Fault } from '../../sandbox/org/trouble/faults.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { billId, integration, manyBills } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { until } from '../agent/until.ts';
import { EngineTest } from './engineTest.ts';

const BILLS = 12;
const RULES = [integration('All Bills')];
const composite = { method: 'POST', path: '/composite' };

const refusal = (code: string): Fault => ({ kind: 'refuse', code, message: `Refused: ${code}`, object: 'Bill__c' });

const INVALID_SESSION: Fault = {
  kind: 'status',
  status: 401,
  body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
};

describe('an error of the org', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(BILLS, 3));
  });
  after(() => test.close());
  // What a test that fails leaves behind is none of the next one's business.
  afterEach(() => test.settle());

  const recalculate = async (...bills: number[]): Promise<void> => {
    for (const n of bills) await test.world.play('recalculate', billId(`bill-${n}`));
  };
  const runsSince = async (key: string): Promise<JsonRecord[]> =>
    test.world.query(
      'SELECT Run_Key__c, M3ter_Bill_Id__c, Status__c, Error_Code__c, Error__c, Parent_Run__c FROM Integration_Run__c ' +
        `WHERE Name > '${key}' ORDER BY Name`,
    );
  const lastRun = async (): Promise<string> => {
    const [run] = await test.world.query('SELECT Name FROM Integration_Run__c ORDER BY Name DESC LIMIT 1');
    return String(run?.['Name']);
  };
  const events = (): Promise<JsonRecord[]> =>
    test.world.query('SELECT Event_Name__c, M3ter_Bill_Id__c, Message__c FROM Integration_Event__c');

  /** Everything is there once, and nothing tells of trouble. */
  async function assertNoTrace(since: string): Promise<void> {
    await assertHoldsExactly(test.world, RULES);
    assert.deepEqual(await events(), []);
    const failed = (await runsSince(since)).filter((run) => run['Status__c'] !== 'COMPLETE');
    assert.deepEqual(failed, []);
  }

  describe('that passes is tried again at once, and leaves no trace', () => {
    const status = (code: number, errorCode: string): Fault => ({
      kind: 'status',
      status: code,
      body: [{ errorCode, message: 'Try again.' }],
    });
    const passing: Array<[string, Fault, number]> = [
      ['UNABLE_TO_LOCK_ROW', { kind: 'rowLock' }, 2],
      ['UNABLE_TO_LOCK_ROW of one Bill', refusal('UNABLE_TO_LOCK_ROW'), 1],
      ['DUPLICATE_VALUE', refusal('DUPLICATE_VALUE'), 1],
      ['503 SERVER_UNAVAILABLE', status(503, 'SERVER_UNAVAILABLE'), 2],
      ['502 of a gateway', { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }, 1],
      ['504 of a gateway', { kind: 'status', status: 504, body: '<html>Timeout</html>' }, 1],
      ['500 UNKNOWN_EXCEPTION', status(500, 'UNKNOWN_EXCEPTION'), 1],
      ['a connection that breaks before the work', { kind: 'dropBefore' }, 2],
      ['an answer that is lost after the work', { kind: 'dropAfterCommit' }, 2],
      ['a connection that falls silent before the work', { kind: 'halfOpen' }, 1],
      ['a connection that falls silent after the work', { kind: 'halfOpen', afterCommit: true }, 1],
      ['a session that ended', { kind: 'expireSession' }, 1],
      ['a slow answer', { kind: 'latency', ms: 300 }, 2],
    ];
    for (const [what, fault, times] of passing) {
      it(what, async () => {
        const since = await lastRun();
        await test.world.faults({ match: fault.kind === 'refuse' ? {} : composite, times, fault });
        await recalculate(0, 1, 2);
        await until('the Bills', async () => (await runsSince(since)).some((run) => run['Parent_Run__c'] !== null));
        await test.settle();
        await assertNoTrace(since);
      });
    }
  });

  describe('that passes later leaves the Bills in the queue, and few calls are made meanwhile', () => {
    const later: Array<[string, Fault, RegExp]> = [
      ['403 for too many calls at once', { kind: 'limit', of: 'ConcurrentRequests' }, /REQUEST_LIMIT_EXCEEDED/],
      ["403 for the day's calls", { kind: 'limit', of: 'TotalRequests' }, /TotalRequests/],
      ['429', { kind: 'status', status: 429, body: [] }, /429/],
      ['a session that is refused again and again', INVALID_SESSION, /INVALID_SESSION_ID|refuses a session/],
      ['an org that is away', { kind: 'dropBefore' }, /did not answer/],
    ];
    for (const [what, fault, reason] of later) {
      it(what, async () => {
        const since = await lastRun();
        await test.world.faults({ match: { path: '/services/data/' }, fault });
        await recalculate(3, 4);
        const paused = await until('a pause', async () => {
          const [org] = (await test.agents.agent?.health())?.orgs ?? [];
          return org?.isConnected === false ? org : undefined;
        });
        assert.match(paused.detail ?? '', reason);
        const { apiRequests } = await test.world.stats();
        await test.clock.sleep(60_000);
        assert.ok((await test.world.stats()).apiRequests - apiRequests < 20);
        assert.deepEqual(
          (await runsSince(since)).filter((run) => run['Status__c'] === 'ERROR'),
          [],
        );
        await test.settle();
        await assertHoldsExactly(test.world, RULES);
        const open = (await runsSince(since)).filter((run) => run['Status__c'] !== 'COMPLETE');
        assert.deepEqual(open, []);
        const told = (await events()).map((event) => event['Event_Name__c']);
        assert.ok(told.every((name) => name === 'integration.authentication.error'));
      });
    }
  });

  describe("that lies in the agent's setup is told at once with its remedy, and mended by a person", () => {
    const setup = [
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'INVALID_TYPE',
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'CANNOT_EXECUTE_FLOW_TRIGGER',
    ];
    for (const code of setup) {
      it(code, async () => {
        await test.world.faults({ match: {}, fault: refusal(code) });
        await recalculate(5, 6);
        const told = await until('an Event', async () => {
          const found = (await events()).filter((event) => String(event['Message__c']).startsWith(code));
          return found.length === 2 && found;
        });
        for (const event of told) {
          assert.equal(event['Event_Name__c'], 'integration.perform.error');
          assert.match(String(event['Message__c']), /m3ter-bills doctor|package|trigger|Flow|administrator/i);
        }
        await test.world.clearFaults();
        await test.agents.agent?.sync(null, 'MANUAL');
        await test.settle();
        await assertHoldsExactly(test.world, RULES);
      });
    }

    it('API_DISABLED_FOR_ORG', async () => {
      const body = [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'API is disabled for this user or organization.' }];
      await test.world.faults({ match: {}, fault: { kind: 'status', status: 403, body } });
      await recalculate(5);
      await until('a pause', async () => {
        const [org] = (await test.agents.agent?.health())?.orgs ?? [];
        return org?.detail?.includes('API_DISABLED_FOR_ORG');
      });
      await test.settle();
      await assertHoldsExactly(test.world, RULES);
    });
  });

  describe('about a line that is gone already', () => {
    it('is no error: what is left is read again', async () => {
      const [line] = await test.world.query(
        `SELECT Id FROM Bill_Line_Item__c WHERE Bill__r.M3ter_Bill_Id__c = '${billId('bill-7')}' LIMIT 1`,
      );
      const { status } = await test.world.salesforce('DELETE', `/sobjects/Bill_Line_Item__c/${String(line?.['Id'])}`);
      assert.equal(status, 204);
      const since = await lastRun();
      await recalculate(7);
      await recalculate(7);
      await test.settle();
      await assertNoTraceOf(since);
    });

    async function assertNoTraceOf(since: string): Promise<void> {
      await assertHoldsExactly(test.world, RULES);
      assert.deepEqual(
        (await runsSince(since)).filter((run) => run['Status__c'] === 'ERROR'),
        [],
      );
    }
  });

  describe('that says that the org holds a newer version', () => {
    it('is a success: nothing is overwritten and nothing is told', async () => {
      const id = billId('bill-8');
      const before = await events();
      const since = await lastRun();
      const newer = Date.now() * 10_000;
      await test.world.salesforce('PATCH', `/sobjects/Bill__c/M3ter_Bill_Id__c/${id}`, {
        Source_Version__c: newer,
        Purchase_Order_Number__c: 'newer',
      });
      await recalculate(8);
      await test.settle();
      const [held] = await test.world.query(
        `SELECT Purchase_Order_Number__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${id}'`,
      );
      assert.equal(held?.['Purchase_Order_Number__c'], 'newer');
      assert.deepEqual(await events(), before);
      assert.deepEqual(
        (await runsSince(since)).filter((run) => run['Status__c'] === 'ERROR'),
        [],
      );
    });
  });
});

describe('an error of one Bill', () => {
  const codes = [
    'REQUIRED_FIELD_MISSING',
    'STRING_TOO_LONG',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'MALFORMED_ID',
    'INVALID_FIELD',
    'INVALID_CROSS_REFERENCE_KEY',
    'DUPLICATES_DETECTED',
    'NUMBER_OUTSIDE_VALID_RANGE',
  ];
  const idOf = (n: number): string => billId(`bill-${n}`);
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(codes.length + 3, 2));
    await test.world.faults(
      ...codes.map((code, n) => ({
        match: {},
        fault: { kind: 'refuse', code, message: `Refused: ${code}`, object: 'Bill__c', containing: idOf(n) } as const,
      })),
    );
    for (let n = 0; n < codes.length + 3; n += 1) await test.world.play('recalculate', idOf(n));
    await until('all Bills to be sent or refused', async () => {
      const failed = await test.world.query(
        "SELECT Id FROM Integration_Run__c WHERE Status__c = 'ERROR' AND Bill__c != null",
      );
      return failed.length >= codes.length;
    });
  });
  after(() => test.close());

  for (const [n, code] of codes.entries()) {
    it(`${code} has a Run with the code and an Event that names cause and remedy`, async () => {
      const [run] = await test.world.query(
        `SELECT Status__c, Error_Code__c FROM Integration_Run__c WHERE M3ter_Bill_Id__c = '${idOf(n)}' ORDER BY Name DESC`,
      );
      assert.deepEqual([run?.['Status__c'], run?.['Error_Code__c']], ['ERROR', code]);
      const told = await test.world.query(
        `SELECT Event_Name__c, Message__c FROM Integration_Event__c WHERE M3ter_Bill_Id__c = '${idOf(n)}'`,
      );
      assert.deepEqual(
        told.map((event) => event['Event_Name__c']),
        ['integration.perform.error'],
      );
      assert.match(String(told[0]?.['Message__c']), new RegExp(`Refused: ${code}`));
    });
  }

  it('does not hold up the others, is not sent again by itself, and is sent once it is mended', async () => {
    const writes = await Promise.all(codes.map((_code, n) => test.writesOf(idOf(n))));
    await test.clock.sleep(120_000);
    assert.deepEqual(await Promise.all(codes.map((_code, n) => test.writesOf(idOf(n)))), writes);
    await test.world.clearFaults();
    for (const n of codes.keys()) await test.world.play('recalculate', idOf(n));
    await test.settle();
    await assertHoldsExactly(test.world, RULES);
  });
});
