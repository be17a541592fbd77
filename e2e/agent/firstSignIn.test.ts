import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Environment } from './agentProcess.ts';
import { billId, manyBills } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { until } from './until.ts';
import { World } from './world.ts';

describe('an agent that is refused at its very first sign-in', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(2, 1), { store: 'pglite' });
  });
  after(() => world.close());

  const start = (more: Environment) => world.agent(['start'], world.environment(more)).ended;

  it('ends with 3 when the only org refuses it, and names the org', async () => {
    const { code, stderr } = await start({ SALESFORCE_CLIENT_SECRET: 'wrong' });
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`Salesforce at ${world.org.instanceUrl} refuses the credentials`));
  });

  it('ends with 3 when m3ter refuses it', async () => {
    const { code, stderr } = await start({ M3TER_API_SECRET: 'wrong' });
    assert.equal(code, 3, stderr);
    assert.match(stderr, /m3ter refuses the access key/);
  });

  it('keeps running without any credential, to be given one', async () => {
    const { M3TER_API_KEY = '', M3TER_API_SECRET = '', ...all } = world.environment();
    const { SALESFORCE_LOGIN_URL = '', SALESFORCE_CLIENT_ID = '', SALESFORCE_CLIENT_SECRET = '' } = all;
    const names = ['M3TER_API_KEY', 'M3TER_API_SECRET', 'SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID'];
    const none = [...names, 'SALESFORCE_CLIENT_SECRET'].map((name) => [name, undefined] as const);
    const agent = await LiveAgent.start(world, Object.fromEntries(none));
    const add = ['credential', 'add'];
    const m3ter = [...add, 'm3ter', '--type', 'm3ter', '--api-key', M3TER_API_KEY];
    assert.equal((await agent.command(m3ter, M3TER_API_SECRET)).code, 0);
    const where = ['--login-url', SALESFORCE_LOGIN_URL, '--client-id', SALESFORCE_CLIENT_ID];
    const org = [...add, 'environment', '--type', 'client-credentials', ...where];
    assert.equal((await agent.command(org, SALESFORCE_CLIENT_SECRET)).code, 0);
    await world.play('recalculate', billId('bill-1'));
    await until('the Bill in its new version', async () => {
      const held = await world.query(
        `SELECT Id FROM Integration_Run__c WHERE M3ter_Bill_Id__c = '${billId('bill-1')}'`,
      );
      return held.length > 0;
    });
    await agent.close();
  });
});
