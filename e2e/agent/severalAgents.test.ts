/** Two whole agents that share a store on a real PostgreSQL server, one of which is killed in the middle of its work. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshDatabase } from '../../agent/src/testing/postgres.ts';
import type { LoggedWrite } from '../../sandbox/org/rest/writeLog.ts';
import type { Environment, RunningAgent } from './agentProcess.ts';
import { billId, manyBills } from './builders.ts';
import { assertHoldsExactly } from './holds.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const BILLS = 90;
const DATA = manyBills(BILLS, 4);

let world: World;
let shared: Environment;
const agents: Array<{ process: RunningAgent; salesforce: Recorder }> = [];

/** Starts an agent with its own way to Salesforce. */
async function startAgent(): Promise<void> {
  const salesforce = await Recorder.before(world.org.instanceUrl);
  const environment = world.environment({ ...shared, SALESFORCE_LOGIN_URL: salesforce.url });
  const process = world.agent(['start'], environment);
  agents.push({ process, salesforce });
  await process.says(/Listening\./);
}

/** Runs a command in a process of its own, as an operator beside the agents does. */
async function command(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await world.agent([...words, '--json'], world.environment(shared)).ended;
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const pushes = ({ calls }: Recorder): number => calls.filter(({ body }) => body.includes('Bill_Line_Item__c')).length;

before(async () => {
  world = await World.start(DATA, { store: 'none' });
  shared = {
    STORE_URL: await freshDatabase(),
    VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
    TAKE_OVER_SECONDS: '10',
  };
  await startAgent();
  await startAgent();
});
after(async () => {
  for (const { process } of agents) process.process.kill('SIGTERM');
  for (const { process, salesforce } of agents) {
    await process.ended;
    await salesforce.close();
  }
  await world.close();
});

describe('two agents on one PostgreSQL', () => {
  it('send every Bill once, and their operator sees one agent', async () => {
    await until('all Bills', async () => {
      const [row] = await world.query("SELECT COUNT(Id) n FROM Bill__c WHERE Sync_State__c = 'Complete'");
      return Number(row?.['n']) === BILLS;
    });
    await assertHoldsExactly(world, DATA.integrations);
    assertNeverTwiceAtOnce(await world.writes());
    const { queue } = await command('status');
    assert.deepEqual(queue, { ...(queue as object), queued: 0, dead: 0 });
  });

  it('go on when one is killed: its Bills are finished by the other, none at the same time', async () => {
    const [killed, other] = agents;
    assert.ok(killed && other);
    // What the first agent sends from now on is never answered, so that it is killed with work in its hands.
    killed.salesforce.swallows = /Bill_Line_Item__c/;
    for (const { salesforce } of agents) salesforce.forget();
    for (let n = 0; n < BILLS && pushes(killed.salesforce) === 0; n += 1) {
      await world.play('recalculate', billId(`bill-${n}`));
      await until('somebody who sends it', async () =>
        Promise.resolve(pushes(killed.salesforce) > 0 || pushes(other.salesforce) > n),
      );
    }
    assert.ok(pushes(killed.salesforce) > 0);
    killed.process.process.kill('SIGKILL');
    assert.equal((await killed.process.ended).signal, 'SIGKILL');
    await until('an empty queue', async () => {
      const { queue } = (await command('status')) as { queue: Record<string, number> };
      return queue['queued'] === 0 && queue['active'] === 0 && queue['retrying'] === 0;
    });
    await assertHoldsExactly(world, DATA.integrations);
    assertNeverTwiceAtOnce(await world.writes());
    await until('the end of every Run', async () => {
      const rows = await world.query("SELECT Id FROM Integration_Run__c WHERE Status__c IN ('STARTED', 'WAITING')");
      return rows.length === 0;
    });
  });

  it('leave nothing to send to a sync beside them', async () => {
    const { integrations } = (await command('sync')) as { integrations: Array<{ billsSent: number }> };
    assert.deepEqual(
      integrations.map(({ billsSent }) => billsSent),
      [0],
    );
  });
});

function assertNeverTwiceAtOnce(writes: LoggedWrite[]): void {
  const last = new Map<string, LoggedWrite>();
  for (const write of writes) {
    for (const key of write.keys.filter((one) => one.startsWith('Bill__c:'))) {
      const before = last.get(key);
      assert.ok(!before || (before.until ?? Infinity) <= write.from, `${key} was written by two at once`);
      last.set(key, write);
    }
  }
}
