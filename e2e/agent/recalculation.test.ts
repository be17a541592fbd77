import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import { startCheckedM3ter } from '../../sandbox/m3ter/contract/checked.ts';
import { account, accountId, bill, billId, integration, line, mapping, salesforceAccount } from './builders.ts';
import { assertHolds, assertHoldsExactly, expectations, readHeld } from './holds.ts';
import type { Held } from './holds.ts';
import type { OracleIntegration } from './oracle.ts';
import { World } from './world.ts';

const MAIN = integration('Main', { restrictedAccountIds: ['mapped', 'gold', 'silver'].map(accountId) });
const MAPPED = integration('Mapped', { accountIds: [accountId('mapped')], useExternalMappingAccountCode: true });
const FILTERED: OracleIntegration = {
  ...integration('Filtered', {
    accountIds: ['gold', 'silver'].map(accountId),
    accountFilter: 'customFields.tier == gold',
  }),
  passes: ({ customFields }) => customFields?.['tier'] === 'gold',
};
const ALL = [MAIN, MAPPED, FILTERED];

const lines = (name: string, count: number) => Array.from({ length: count }, (_, n) => line(name, n + 1, `${n}.125`));

const noIds = (name: string, count: number) =>
  lines(name, count).map((one, n) => (n % 2 === 0 ? { ...one, id: undefined } : one));

const DATA: DataSet = {
  accounts: [
    ...['main', 'late', 'mapped'].map((name) => account(name)),
    ...['gold', 'silver'].map((tier) => account(tier, { customFields: { tier } })),
  ],
  bills: [
    ...['changing', 'deleted', 'untouched'].map((name) => bill(name, 'main', lines(name, 6))),
    bill('many lines', 'main', lines('many lines', 900)),
    bill('no ids', 'main', noIds('no ids', 6)),
    bill('unmatched', 'late', lines('unmatched', 3)),
    bill('waiting', 'mapped', lines('waiting', 3)),
    ...['gold', 'silver'].map((name) => bill(name, name, lines(name, 3))),
  ],
  externalMappings: [],
  salesforceAccounts: [
    salesforceAccount(1, 'main'),
    salesforceAccount(2, 'mapped', { M3ter_Account_Id__c: null }),
    salesforceAccount(3, 'gold'),
    salesforceAccount(4, 'silver'),
  ],
  integrations: ALL.map((one) => integration(one.name, { ...one })),
};

const keysOf = ({ lines: held }: Held, name: string): unknown[] =>
  (held.get(billId(name)) ?? []).map((one) => one['Line_Item_Key__c']);

describe('after a change, one sync later', () => {
  let world: World;
  let first: Held;

  before(async () => {
    world = await World.start(DATA);
    const { code, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    first = await assertHoldsExactly(world, ALL);
  });
  after(() => world.close());

  /** A sync after which every Bill is in Salesforce as m3ter has it now. */
  async function syncAndCompare(bills: number): Promise<Held> {
    const { code, report, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    assert.equal(
      report.integrations.reduce((total, { billsSent }) => total + billsSent, 0),
      bills,
    );
    return assertHoldsExactly(world, ALL);
  }

  it('Salesforce holds exactly the new Line Items of recalculated Bills', async () => {
    for (const name of ['changing', 'many lines', 'no ids']) await world.play('recalculate', billId(name));
    const held = await syncAndCompare(3);
    for (const name of ['changing', 'many lines']) {
      const [before, now] = [keysOf(first, name), keysOf(held, name)];
      const stayed = now.filter((key) => before.includes(key));
      assert.ok(stayed.length > 0 && stayed.length < before.length, `${name}: some Line Items vanish, some stay`);
      assert.ok(now.length > stayed.length, `${name}: some Line Items appear`);
      const [told] = await world.query(`SELECT Changes__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId(name)}'`);
      const { added, removed } = JSON.parse(String(told?.['Changes__c'])) as Record<string, { count: number }>;
      assert.equal(added?.count, now.length - stayed.length, `${name}: Line Items that came are told`);
      assert.equal(removed?.count, before.length - stayed.length, `${name}: Line Items that went are told`);
    }
  });

  it('what several changes between two syncs came to is sent once', async () => {
    await world.play('late-usage', billId('changing'));
    await world.play('recalculate', billId('changing'));
    await world.play('approve', billId('changing'));
    await syncAndCompare(1);
  });

  it('a Bill that m3ter deleted is kept and marked', async () => {
    await world.play('delete', billId('deleted'));
    const { code, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    const held = await readHeld(world);
    assert.deepEqual(held.bills.get(billId('deleted')), {
      ...first.bills.get(billId('deleted')),
      Deleted_In_M3ter__c: true,
    });
    assert.deepEqual(held.lines.get(billId('deleted')), first.lines.get(billId('deleted')));
    assert.equal(held.bills.get(billId('untouched'))?.['Deleted_In_M3ter__c'], false);
    const { report } = await world.sync();
    assert.ok(report.integrations.every(({ billsSent }) => billsSent === 0));
  });

  it('a Bill is linked to the Account that has appeared for it', async () => {
    const created = await world.salesforce('POST', '/sobjects/Account', {
      Name: 'Late',
      M3ter_Account_Id__c: accountId('late'),
    });
    assert.equal(created.status, 201);
    await syncOthers();
    const held = await readHeld(world);
    const { id } = created.body as { id: string };
    assert.equal(held.bills.get(billId('unmatched'))?.['Account__c'], id);
  });

  it('a Bill that waited for an External Mapping is sent', async () => {
    assert.equal((await readHeld(world)).bills.has(billId('waiting')), false);
    const { m3terEntity, m3terId, externalSystem, externalTable, externalId } = mapping('mapped', 'ACME-2');
    const body = { m3terEntity, m3terId, externalSystem, externalTable, externalId };
    await world.callM3ter('POST', '/externalmappings', body);
    await syncOthers();
    const held = await readHeld(world);
    assert.equal(held.bills.get(billId('waiting'))?.['Account__c'], salesforceAccount(2, 'mapped').Id);
  });

  it('a changed account filter decides anew, and takes back nothing', async () => {
    const [record] = await world.query("SELECT Id FROM Integration_Configuration__c WHERE Name = 'Filtered'");
    const changed = await world.salesforce(
      'PATCH',
      `/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`,
      { Account_Filter__c: 'customFields.tier == silver' },
    );
    assert.equal(changed.status, 204);
    await syncOthers();
    const held = await readHeld(world);
    assert.ok(held.bills.has(billId('silver')) && held.bills.has(billId('gold')));
  });

  it('a changed list of excluded types replaces the Line Items', async () => {
    const [record] = await world.query("SELECT Id FROM Integration_Configuration__c WHERE Name = 'Mapped'");
    await world.salesforce('PATCH', `/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`, {
      Excluded_Line_Item_Types__c: 'USAGE',
    });
    await syncOthers({ ...MAPPED, excludedLineItemTypes: ['USAGE'] });
    const held = await readHeld(world);
    assert.deepEqual(keysOf(held, 'waiting'), []);
    assert.equal(held.bills.get(billId('waiting'))?.['Excluded_Line_Item_Count__c'], '3');
  });

  /** A sync, and the comparison of those Bills that m3ter still has and a rule still sends. */
  async function syncOthers(mapped: OracleIntegration = MAPPED): Promise<void> {
    const { code, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    const held = await readHeld(world);
    for (const expectation of await expectations(world, [MAIN, mapped])) {
      if (expectation.verdict.kind === 'sent') assertHolds(held, expectation);
    }
  }
});

describe('an older version', () => {
  let world: World;
  let newest: Held;
  const id = billId('changing');

  before(async () => {
    world = await World.start(DATA);
    await world.play('recalculate', id);
    await world.play('recalculate', id);
    await world.sync();
    newest = await assertHoldsExactly(world, ALL);
  });
  after(() => world.close());

  const url = `/sobjects/Bill__c/M3ter_Bill_Id__c/${id}`;
  const older = { Source_Version__c: 2, Status__c: 'APPROVED', Bill_Total__c: 1 };

  it('is refused by Salesforce itself when the agent writes it', async () => {
    const { status, body } = await world.salesforce('PATCH', url, older, 'agent');
    assert.equal(status, 400);
    const [error] = body as Array<{ errorCode: string; message: string }>;
    assert.equal(error?.errorCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(String(error?.message), /^STALE_VERSION: /);
    assert.deepEqual(await readHeld(world), newest);
  });

  it('takes its Line Items, its Run and the other Bills of the call with it', async () => {
    const api = '/services/data/v67.0';
    const [first] = await world.query(`SELECT Id FROM Bill_Line_Item__c WHERE Bill__r.M3ter_Bill_Id__c = '${id}'`);
    const upsert = (referenceId: string, object: string, field: string, record: object) => ({
      method: 'PATCH',
      referenceId,
      url: `${api}/composite/sobjects/${object}/${field}`,
      body: { allOrNone: true, records: [{ attributes: { type: object }, ...record }] },
    });
    const runs = await world.query('SELECT Id FROM Integration_Run__c');
    const { status, body } = await world.salesforce(
      'POST',
      '/composite',
      {
        allOrNone: true,
        collateSubrequests: false,
        compositeRequest: [
          upsert('run', 'Integration_Run__c', 'Run_Key__c', { Run_Key__c: 'stale', Status__c: 'COMPLETE' }),
          upsert('line', 'Bill_Line_Item__c', 'Line_Item_Key__c', {
            Line_Item_Key__c: 'of the older version',
            Bill__r: { M3ter_Bill_Id__c: id },
          }),
          { method: 'DELETE', referenceId: 'stale', url: `${api}/composite/sobjects?ids=${String(first?.['Id'])}` },
          upsert('other', 'Bill__c', 'M3ter_Bill_Id__c', {
            M3ter_Bill_Id__c: billId('untouched'),
            Source_Version__c: 9_000_000_000_000_000,
            Status__c: 'PENDING',
          }),
          { method: 'PATCH', referenceId: 'header', url: api + url, body: older },
        ],
      },
      'agent',
    );
    assert.equal(status, 200);
    const { compositeResponse } = body as { compositeResponse: Array<{ httpStatusCode: number; body: unknown }> };
    assert.deepEqual(
      compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
      [400, 400, 400, 400, 400],
    );
    assert.match(JSON.stringify(compositeResponse[4]?.body), /STALE_VERSION/);
    assert.deepEqual(await readHeld(world), newest);
    assert.deepEqual(await world.query('SELECT Id FROM Integration_Run__c'), runs);
  });

  it('is not sent by an agent that lost its memory and reads an older m3ter', async () => {
    const events = await world.query('SELECT Id FROM Integration_Event__c');
    const past = await startCheckedM3ter({ port: 0, dataSet: DATA, rateLimit: false });
    await world.addStore('forgetful');
    const { code, report, stderr } = await world.sync(
      { M3TER_BASE_URL: past.baseUrl, M3TER_API_KEY: past.apiKey, M3TER_API_SECRET: past.apiSecret },
      'forgetful',
    );
    await past.close();
    assert.equal(code, 0, stderr);
    assert.ok(report.integrations.every(({ failed }) => Object.keys(failed).length === 0));
    assert.deepEqual(await readHeld(world), newest);
    assert.deepEqual(await world.query('SELECT Id FROM Integration_Event__c'), events);
  });
});

describe('a Bill that m3ter deleted while the agent lost its memory', () => {
  let world: World;

  before(async () => {
    world = await World.start(DATA);
    await world.sync();
    await world.play('delete', billId('deleted'));
    await world.addStore('lost');
  });
  after(() => world.close());

  it('is marked by the first sync with a new store, and no other is', async () => {
    const { code, stderr } = await world.sync({}, 'lost');
    assert.equal(code, 0, stderr);
    const marked = await world.query('SELECT M3ter_Bill_Id__c FROM Bill__c WHERE Deleted_In_M3ter__c = true');
    assert.deepEqual(
      marked.map((one) => one['M3ter_Bill_Id__c']),
      [billId('deleted')],
    );
  });
});
