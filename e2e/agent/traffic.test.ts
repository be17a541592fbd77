import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startOrg } from '../../sandbox/org/server.ts';
import type { LocalOrg } from '../../sandbox/org/server.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { SOURCE_DIRS } from '../../sandbox/run/system.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { exchangeOf, readRecording, Recording } from '../../sandbox/traffic/recording.ts';
import { replay } from '../../sandbox/traffic/replay.ts';
import { sendTo } from '../../sandbox/traffic/send.ts';
import { billId, manyBills } from './builders.ts';
import { Opened } from './opened.ts';
import { World } from './world.ts';

const BILLS = manyBills(30, 3);

describe("an agent's traffic with Salesforce", () => {
  const opened = new Opened();
  let world: World;
  let file: string;

  before(async () => {
    world = opened.keep(await World.start(BILLS));
    file = path.join(world.folder, 'traffic.ndjson');
    const recording = new Recording(file);
    const salesforce = opened.keep(await Recorder.before(world.org.instanceUrl));
    salesforce.onAnswer = (call) => {
      const exchange = exchangeOf(call);
      if (exchange) recording.add(exchange);
    };
    const through = { SALESFORCE_LOGIN_URL: salesforce.url };
    assert.equal((await world.sync(through)).code, 0);
    await world.play('recalculate', billId('bill-3'));
    assert.equal((await world.sync(through)).code, 0);
  });
  after(() => opened.close());

  const freshOrg = async (): Promise<LocalOrg> =>
    opened.keep(await startOrg({ port: 0, sourceDirs: SOURCE_DIRS, dataSet: BILLS }));

  const replayTo = (org: LocalOrg) => {
    const token = org.users.find(({ alias }) => alias === 'agent')?.accessToken ?? '';
    return replay(readRecording(file), sendTo(org.instanceUrl, token));
  };

  it('is recorded without what signs it in, for the eyes of the owner', () => {
    const text = readFileSync(file, 'utf8');
    assert.ok(readRecording(file).some(({ path: target }) => target.endsWith('/composite')));
    assert.doesNotMatch(text, /oauth2|access_token|authorization/i);
    assert.ok(!text.includes(world.org.clientSecret));
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('is answered the same when it is sent again to another org', async () => {
    const org = await freshOrg();
    assert.deepEqual(await replayTo(org), []);
    const totals =
      'SELECT M3ter_Bill_Id__c, Bill_Total__c, Line_Items_Written__c FROM Bill__c ORDER BY M3ter_Bill_Id__c';
    assert.deepEqual(await queryAll(org, totals), await world.query(totals));
  });

  it('shows where another org answers otherwise', async () => {
    const org = await freshOrg();
    const fault = {
      kind: 'refuse',
      code: 'STRING_TOO_LONG',
      message: 'data value too large',
      object: 'Bill_Line_Item__c',
    };
    await fetch(`${org.instanceUrl}/sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: {}, times: 1, fault }),
    });
    const text = JSON.stringify(await replayTo(org));
    assert.match(text, /success: true became false/);
  });
});
