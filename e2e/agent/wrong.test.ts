import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import type { DataSet } from '../../sandbox/data/model.ts';
import { bill, billId, integration, line, manyBills } from './builders.ts';
import { assertHolds, assertHoldsExactly, expectations, readHeld } from './holds.ts';
import { until } from './until.ts';
import { World } from './world.ts';
import type { Report } from './world.ts';
import type { Ended } from './agentProcess.ts';

const RULES = integration('All Bills');

/** Good Bills, one whose amount no field can hold, and one that Salesforce refuses. */
function data(): DataSet {
  const many = manyBills(40, 3);
  many.bills.splice(
    7,
    0,
    bill('too large', 'customer-1', [line('too large', 1, '1e21', { lineItemType: 'AD_HOC' })], { billTotal: 1 }),
    bill('too large a total', 'customer-1', [line('too large a total', 1, '1')], { billTotal: new Big('1e20') }),
  );
  return many;
}

const BAD = ['too large', 'too large a total'];

describe('Bills that Salesforce cannot hold', () => {
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    world = await World.start(data());
    first = await world.sync();
  });
  after(() => world.close());

  it('fail alone, counted by code, with exit code 1', async () => {
    const [report] = first.report.integrations;
    assert.equal(first.code, 1);
    assert.deepEqual([report?.billsRead, report?.billsSent], [42, 40]);
    assert.equal(
      Object.values(report?.failed ?? {}).reduce((total, count) => total + count, 0),
      BAD.length,
    );
    const held = await readHeld(world);
    assert.equal(held.bills.size, 40);
    for (const expectation of await expectations(world, [RULES])) {
      if (held.bills.has(expectation.bill.id)) assertHolds(held, expectation);
    }
  });

  it('each have a Run in state ERROR with the reason', async () => {
    const runs = await world.query(
      "SELECT M3ter_Bill_Id__c, Error_Code__c, Error__c FROM Integration_Run__c WHERE Status__c = 'ERROR' " +
        'AND Parent_Run__c != null',
    );
    assert.deepEqual(runs.map((run) => run['M3ter_Bill_Id__c']).sort(), BAD.map(billId).sort());
    const codes = Object.keys(first.report.integrations[0]?.failed ?? {});
    for (const run of runs) {
      assert.ok(codes.includes(String(run['Error_Code__c'])));
      assert.match(String(run['Error__c']), /cannot hold/);
    }
  });

  it('each have an Event that names cause and remedy', async () => {
    const events = await world.query(
      'SELECT Event_Name__c, M3ter_Bill_Id__c, Message__c, Run__r.Status__c FROM Integration_Event__c',
    );
    assert.deepEqual(events.map((event) => event['M3ter_Bill_Id__c']).sort(), BAD.map(billId).sort());
    for (const event of events) {
      assert.equal(event['Event_Name__c'], 'integration.perform.error');
      assert.match(String(event['Message__c']), /Sent_Lines_Total__c|Bill_Total__c/);
      assert.match(String(event['Message__c']), /Correct it in m3ter/);
      assert.equal((event['Run__r'] as { Status__c: string }).Status__c, 'ERROR');
    }
  });

  it('are reported again by the next sync, without a second Event', async () => {
    const { code, report } = await world.sync();
    const [events] = await world.query('SELECT COUNT(Id) events FROM Integration_Event__c');
    assert.equal(code, 1);
    assert.deepEqual(report.integrations[0]?.failed, first.report.integrations[0]?.failed);
    assert.equal(events?.['events'], BAD.length);
  });

  it('are sent once a rule leaves out what does not fit, or are forgotten once m3ter has deleted them', async () => {
    const [record] = await world.query('SELECT Id FROM Integration_Configuration__c');
    const rules = `/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`;
    await world.salesforce('PATCH', rules, { Excluded_Line_Item_Types__c: 'AD_HOC' });
    await world.play('delete', billId('too large a total'));
    const { code, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    await assertHoldsExactly(world, [{ ...RULES, excludedLineItemTypes: ['AD_HOC'] }]);
  });
});

/** Validation rules that an administrator may have added: formulas that are true for what is refused. */
const RULES_OF_THE_ORG = {
  Bill__c: "Purchase_Order_Number__c = 'none'",
  Bill_Line_Item__c: "Unit__c = 'dozen'",
};

function validationRule(formula: string): string {
  return (
    '<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Ours</fullName><active>true</active>' +
    `<errorConditionFormula>${formula}</errorConditionFormula><errorMessage>Ours: ask Finance.</errorMessage>` +
    '</ValidationRule>'
  );
}

describe('Bills that a validation rule of the org refuses', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-rules-'));
  const refused = ['bill-3', 'bill-31'];
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    for (const [object, formula] of Object.entries(RULES_OF_THE_ORG)) {
      const rules = path.join(folder, 'objects', object, 'validationRules');
      mkdirSync(rules, { recursive: true });
      writeFileSync(path.join(rules, 'Ours.validationRule-meta.xml'), validationRule(formula));
    }
    const many = manyBills(40, 3);
    many.bills[3] = { ...many.bills[3], id: billId('bill-3'), purchaseOrderNumber: 'none' };
    Object.assign(many.bills[31]?.lineItems?.[1] ?? {}, { unit: 'dozen' });
    world = await World.start(many, { sourceDirs: [folder] });
    first = await world.sync();
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('fail alone, the others of their call are sent', async () => {
    const [report] = first.report.integrations;
    assert.equal(first.code, 1);
    assert.deepEqual([report?.billsSent, report?.failed], [38, { FIELD_CUSTOM_VALIDATION_EXCEPTION: 2 }]);
    const held = await readHeld(world);
    assert.deepEqual(
      refused.map((name) => held.bills.has(billId(name))),
      [false, false],
    );
    for (const expectation of await expectations(world, [RULES])) {
      if (!refused.map(billId).includes(expectation.bill.id)) assertHolds(held, expectation);
    }
  });

  it("each have a Run and an Event in the rule's words", async () => {
    const failedRuns = "SELECT M3ter_Bill_Id__c, Error__c FROM Integration_Run__c WHERE Status__c = 'ERROR'";
    const runs = await world.query(`${failedRuns} AND Parent_Run__c != null`);
    const events = await world.query('SELECT M3ter_Bill_Id__c, Message__c FROM Integration_Event__c');
    for (const records of [runs, events]) {
      assert.deepEqual(records.map((record) => record['M3ter_Bill_Id__c']).sort(), refused.map(billId).sort());
    }
    for (const run of runs) assert.match(String(run['Error__c']), /Ours: ask Finance/);
    for (const event of events) assert.match(String(event['Message__c']), /Ours: ask Finance/);
  });
});

type BrokenOff = Report & { error: { code: string; message: string } };

describe('the agent with wrong settings', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(1, 1));
  });
  after(() => world.close());

  const sync = (more: Record<string, string | undefined>): Promise<Ended> =>
    world.agent(['sync', '--once', '--json'], world.environment(more)).ended;

  it('ends with 3 and names m3ter when m3ter refuses its secret, which it does not tell', async () => {
    const { code, stderr, stdout } = await sync({ M3TER_API_SECRET: 'not-the-secret' });
    assert.equal(code, 3);
    assert.match(stderr, /M3TER_API_SECRET/);
    const { integrations, apiCalls, error } = JSON.parse(stdout) as BrokenOff;
    assert.deepEqual([integrations[0]?.billsSent, error.code], [0, 'M3TER_AUTHENTICATION']);
    assert.ok(apiCalls.salesforce > 0);
    assert.ok(stderr.includes(error.message));
    assert.doesNotMatch(stderr + stdout, /not-the-secret/);
  });

  it('ends with 3 and names Salesforce when Salesforce refuses its secret, which it does not tell', async () => {
    const { code, stderr, stdout } = await sync({ SALESFORCE_CLIENT_SECRET: 'not-the-secret' });
    assert.equal(code, 3);
    assert.match(stderr, /SALESFORCE_CLIENT_ID/);
    const { error, ...report } = JSON.parse(stdout) as BrokenOff;
    assert.equal(error.code, 'SALESFORCE_AUTHENTICATION');
    assert.deepEqual([report.integrations, report.apiCalls.m3ter], [[], 0]);
    assert.doesNotMatch(stderr + stdout, /not-the-secret/);
  });

  it('ends with 1 and prints what it did by then when m3ter cannot be reached', async () => {
    const { code, stderr, stdout } = await sync({ M3TER_BASE_URL: 'http://127.0.0.1:1' });
    assert.equal(code, 1, stderr);
    const { integrations, error } = JSON.parse(stdout) as BrokenOff;
    assert.deepEqual([integrations.length, error.code], [1, 'M3TER_UNAVAILABLE']);
    assert.match(error.message, /cannot be reached/);
  });

  it('ends with 2 and lists everything that is missing or wrong at once', async () => {
    const missing = ['M3TER_ORG_ID', 'M3TER_API_SECRET', 'SALESFORCE_CLIENT_ID'];
    const { code, stderr } = await sync({
      ...Object.fromEntries(missing.map((name) => [name, undefined])),
      SALESFORCE_CONCURRENCY: 'many',
    });
    assert.equal(code, 2);
    for (const name of [...missing, 'SALESFORCE_CONCURRENCY']) assert.match(stderr, new RegExp(name));
  });

  it('ends with 2 on a command or an option that there is not, naming it', async () => {
    for (const args of [['frobnicate'], ['sync', '--onse']]) {
      const { code, stderr } = await world.agent(args).ended;
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(args.at(-1) ?? ''));
    }
  });
});

describe('the agent with other credentials', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(1, 1));
  });
  after(() => world.close());

  const secretFile = (name: string, text: string): string => {
    const file = path.join(world.folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };

  it('signs in to Salesforce by JWT, and takes secrets from files', async () => {
    const { username, clientId, privateKey } = world.org.jwt;
    const { code, report, stderr } = await world.sync({
      SALESFORCE_CLIENT_SECRET: undefined,
      SALESFORCE_CLIENT_ID: clientId,
      SALESFORCE_USERNAME: username,
      SALESFORCE_JWT_KEY_FILE: secretFile('key.pem', privateKey),
      M3TER_API_SECRET: undefined,
      M3TER_API_SECRET_FILE: secretFile('m3ter-secret', `${world.m3ter.apiSecret}\n`),
    });
    assert.equal(code, 0, stderr);
    assert.equal(report.integrations[0]?.billsSent, 1);
  });
});

describe('the agent that keeps running', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(200, 5), { store: 'pglite' });
  });
  after(() => world.close());

  it('sends what changes, refuses a second agent on its store by name, and ends well on SIGTERM', async () => {
    const agent = world.agent(['start']);
    await until('what changed', async () => (await world.query('SELECT Id FROM Bill__c')).length === 200);
    await world.play('approve', billId('bill-5'));
    await world.play('recalculate', billId('bill-5'));
    await until('what changed', async () => {
      const [held] = await world.query(
        `SELECT Source_Version__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId('bill-5')}'`,
      );
      return held?.['Source_Version__c'] !== 1;
    });
    const second = await world.agent(['sync', '--once']).ended;
    assert.equal(second.code, 2);
    assert.match(second.stderr, new RegExp(world.folder));
    agent.process.kill('SIGTERM');
    const { code, signal, stderr } = await agent.ended;
    assert.deepEqual([code, signal], [0, null], stderr);
  });

  it('ends well on SIGTERM in the middle of its work, and the rest follows', async () => {
    for (let n = 0; n < 200; n += 1) await world.play('recalculate', billId(`bill-${n}`));
    await world.faults({ match: { path: '/composite' }, fault: { kind: 'latency', ms: 300 } });
    const countBefore = (await world.stats()).routes['POST composite'] ?? 0;
    const agent = world.agent(['start']);
    await until('what changed', async () => ((await world.stats()).routes['POST composite'] ?? 0) > countBefore);
    agent.process.kill('SIGTERM');
    const { code, signal, stderr } = await agent.ended;
    assert.deepEqual([code, signal], [0, null], stderr);
    await world.clearFaults();
    assert.equal((await world.sync()).code, 0);
    const held = await readHeld(world);
    for (const expectation of await expectations(world, [RULES])) assertHolds(held, expectation);
  });
});
