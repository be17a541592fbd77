/** The agent's writer alone against the local org: what the sweep's own guards would keep from happening. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bill } from '../../agent/src/m3ter/resources.ts';
import { shapeLines } from '../../agent/src/rules/lines.ts';
import type { Names } from '../../agent/src/rules/names.ts';
import { billPayload, runRecord } from '../../agent/src/rules/records.ts';
import { systemRuntime } from '../../agent/src/runtime.ts';
import { BillWriter } from '../../agent/src/salesforce/billWriter.ts';
import { SalesforceConnection } from '../../agent/src/salesforce/connection.ts';
import { sendGraphs } from '../../agent/src/salesforce/graph.ts';
import { OrgReader } from '../../agent/src/salesforce/orgReader.ts';
import type { Outcome } from '../../agent/src/salesforce/packAnswer.ts';
import type { WriteItem } from '../../agent/src/salesforce/packRequest.ts';
import { detectNames } from '../../agent/src/salesforce/prefix.ts';
import { bill, billId, line, manyBills } from './builders.ts';
import { World } from './world.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const runtime = systemRuntime(quiet, new AbortController().signal);

interface ItemOptions {
  version: number;
  lines: number;
  staleIds?: string[];
  header?: object;
}

describe("the agent's writer", () => {
  let world: World;
  let connection: SalesforceConnection;
  let names: Names;
  let writer: BillWriter;
  let integrationId: string;

  before(async () => {
    world = await World.start(manyBills(0, 0), { store: 'none' });
    const { instanceUrl, jwt } = world.org;
    const credentials = { kind: 'jwtBearer' as const, ...jwt };
    connection = new SalesforceConnection({ loginUrl: instanceUrl, credentials, concurrency: 2 }, runtime);
    names = await detectNames(connection);
    writer = new BillWriter({
      connection,
      names,
      reader: new OrgReader(connection, names),
      pace: connection.pace,
      runtime,
    });
    const [integration] = await world.query('SELECT Id FROM Integration_Configuration__c');
    integrationId = String(integration?.['Id']);
  });
  after(() => world.close());

  function item(name: string, { version, lines, staleIds = [], header = {} }: ItemOptions): WriteItem {
    const lineItems = Array.from({ length: lines }, (_, n) => line(name, n + 1, '1.5'));
    const source = bill(name, 'nobody', lineItems, { version }) as Bill;
    const shaped = shapeLines(source, { excludedLineItemTypes: [], sortLineItemsBy: 'NONE' });
    const input = { bill: source, shaped, integrationId, accountId: null, syncedAt: new Date() };
    const payload = billPayload({ ...input, syncState: 'Complete' }, names);
    const run = { key: `run:${name}:${version}`, integrationId, status: 'COMPLETE', trigger: 'MANUAL' } as const;
    return {
      billId: source.id,
      header: { ...payload.header, ...header },
      lines: payload.lines,
      staleIds,
      childRun: runRecord({ ...run, bill: { id: source.id, version, exists: true } }, names),
      lineCount: payload.lines.length,
      staleCount: staleIds.length,
    };
  }

  async function write(...items: WriteItem[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    await writer.write(items, (some) => {
      outcomes.push(...some);
      return Promise.resolve();
    });
    return items.map(({ billId: id }) => outcomes.find((outcome) => outcome.item.billId === id) as Outcome);
  }

  const held = async (name: string) => {
    const [header] = await world.query(
      `SELECT Id, Source_Version__c, Is_Complete__c, Line_Items_Written__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId(name)}'`,
    );
    const runs = await world.query(
      `SELECT Run_Key__c FROM Integration_Run__c WHERE M3ter_Bill_Id__c = '${billId(name)}'`,
    );
    return { header, runs: runs.map((run) => run['Run_Key__c']) };
  };

  it('leaves a newer version as it is and sends the other Bills of the call', async () => {
    await write(item('newer', { version: 5, lines: 4 }));
    const before = await held('newer');
    const [older, other] = await write(
      item('newer', { version: 4, lines: 2 }),
      item('other', { version: 1, lines: 1 }),
    );
    assert.deepEqual([older?.kind, other?.kind], ['superseded', 'sent']);
    assert.deepEqual(await held('newer'), before);
    assert.equal((await held('other')).header?.['Is_Complete__c'], true);
  });

  it('writes the same again without any change', async () => {
    await write(item('same', { version: 1, lines: 3 }));
    const before = await held('same');
    const [again] = await write(item('same', { version: 1, lines: 3 }));
    assert.equal(again?.kind, 'sent');
    assert.deepEqual(await held('same'), before);
  });

  it('deletes the right lines when those to delete are gone already', async () => {
    const [first] = await write(item('shrinking', { version: 1, lines: 5 }));
    assert.ok(first?.kind === 'sent');
    const ids = Object.values(first.lineIds);
    await world.salesforce('DELETE', `/sobjects/Bill_Line_Item__c/${ids[4]}`);
    const [second] = await write(item('shrinking', { version: 2, lines: 2, staleIds: [String(ids[4])] }));
    assert.equal(second?.kind, 'sent');
    const { header } = await held('shrinking');
    assert.deepEqual([header?.['Line_Items_Written__c'], header?.['Is_Complete__c']], [2, true]);
  });

  it('completes a Bill of more lines than a call can hold, and shrinks it again', async () => {
    const [first] = await write(item('huge', { version: 1, lines: 2300 }));
    assert.ok(first?.kind === 'sent');
    assert.equal((await held('huge')).header?.['Line_Items_Written__c'], 2300);
    const stale = Object.values(first.lineIds).slice(2);
    const [second] = await write(item('huge', { version: 2, lines: 2, staleIds: stale }));
    assert.equal(second?.kind, 'sent');
    const { header, runs } = await held('huge');
    assert.deepEqual([header?.['Line_Items_Written__c'], header?.['Is_Complete__c']], [2, true]);
    assert.equal(runs.length, 2);
  });

  it('gives each Bill its own verdict when it sends graphs', async () => {
    await write(item('graph newer', { version: 9, lines: 1 }));
    const [before] = await write(item('graph shrinking', { version: 1, lines: 3 }));
    assert.ok(before?.kind === 'sent');
    const answers = await sendGraphs(
      connection,
      [
        item('graph good', { version: 1, lines: 2 }),
        item('graph bad', { version: 1, lines: 2, header: { Sync_State__c: 'No such state' } }),
        item('graph newer', { version: 8, lines: 1 }),
        item('graph shrinking', { version: 2, lines: 1, staleIds: Object.values(before.lineIds).slice(1) }),
      ],
      names,
    );
    const verdicts = answers.map(({ sent, roots }) => (sent ? 'sent' : roots.map(({ errorClass }) => errorClass)));
    assert.deepEqual(verdicts, ['sent', ['badData'], ['superseded'], 'sent']);
    assert.deepEqual((await held('graph bad')).runs, []);
    for (const [name, lines] of [
      ['graph good', 2],
      ['graph shrinking', 1],
    ] as const) {
      const { header } = await held(name);
      assert.deepEqual([header?.['Line_Items_Written__c'], header?.['Is_Complete__c']], [lines, true], name);
    }
    const [sent] = answers;
    assert.equal(sent?.sent?.recordId, (await held('graph good')).header?.['Id']);
    assert.equal(Object.keys(sent?.sent?.lineIds ?? {}).length, 2);
  });
});
