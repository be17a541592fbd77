import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Environment } from './agentProcess.ts';
import { manyBills } from './builders.ts';
import { until } from './until.ts';
import { World } from './world.ts';

describe('an agent that is refused at its very first sign-in', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(2, 1));
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

  it('ends with 2 when its store remembers another m3ter organization', async () => {
    assert.equal((await world.sync()).code, 0);
    const { code, stderr } = await start({ M3TER_ORG_ID: '00000000-0000-4000-8000-000000000000' });
    assert.equal(code, 2, stderr);
  });

  it('keeps running without any credential, to be given one', async () => {
    const {
      M3TER_API_KEY,
      M3TER_API_SECRET,
      SALESFORCE_LOGIN_URL,
      SALESFORCE_CLIENT_ID,
      SALESFORCE_CLIENT_SECRET,
      ...bare
    } = world.environment();
    const agent = world.agent(['start'], bare);
    await agent.says(/Listening/);
    const command = (words: string[], secret: string) => world.agent(words, bare, secret).ended;
    const m3ter = ['credential', 'add', 'm3ter', '--type', 'm3ter', '--api-key', M3TER_API_KEY ?? ''];
    assert.equal((await command(m3ter, M3TER_API_SECRET ?? '')).code, 0);
    const org = ['credential', 'add', 'environment', '--type', 'client-credentials'];
    const where = ['--login-url', SALESFORCE_LOGIN_URL ?? '', '--client-id', SALESFORCE_CLIENT_ID ?? ''];
    assert.equal((await command([...org, ...where], SALESFORCE_CLIENT_SECRET ?? '')).code, 0);
    await world.play('recalculate', (await world.listM3ter<{ id: string }>('/bills'))[0]?.id ?? '');
    await until('the Bill to arrive', async () => {
      const [held] = await world.query('SELECT COUNT(Id) bills FROM Integration_Run__c WHERE Parent_Run__c != null');
      return held?.['bills'] === 3;
    });
    agent.process.kill('SIGTERM');
    assert.equal((await agent.ended).code, 0);
  });
});
