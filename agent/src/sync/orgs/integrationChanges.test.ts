import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configured } from '../testing.ts';
import { watching } from './testing.ts';

describe('integrations that people change', () => {
  it('scans when rules changed, and when the rules of one before it did', async () => {
    const { poll, change, org } = watching();
    org.integrations = [configured({ id: 'a', name: 'A' }), configured({ id: 'b', name: 'B' })];
    await poll();
    org.integrations = [
      configured({ id: 'a', name: 'A', accountFilter: 'currency == USD' }),
      configured({ id: 'b', name: 'B' }),
    ];
    assert.deepEqual(await poll(), ['new rules']);
    change({});
    assert.deepEqual(await poll(), []);
  });

  it('scans when another process acted on new rules by which this one had not worked yet', async () => {
    const { poll, change, store } = watching();
    await poll();
    const before = new Map(store.facts.values);
    change({ accountFilter: 'currency == USD' });
    await poll();
    // The other one saw at once that they were changed back.
    change({ accountFilter: '' });
    for (const [name, value] of before) store.facts.values.set(name, value);
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('scans when another process met first that an integration was enabled', async () => {
    const { poll, change, store } = watching();
    await poll();
    const before = new Map(store.facts.values);
    change({ enabled: false });
    await poll();
    change({ enabled: true });
    for (const [name, value] of before) store.facts.values.set(name, value);
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('scans when hints begin to matter, which they did not on a schedule', async () => {
    const { poll, change } = watching();
    change({ triggerType: 'SCHEDULE' });
    await poll();
    change({ triggerType: 'EVENT' });
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual(await poll(), []);
  });

  it('catches up once with what happened while the agent was not there', async () => {
    const { poll, store, session, watch } = watching();
    await poll();
    const again = watching();
    for (const [name, value] of store.facts.values) again.store.facts.values.set(name, value);
    assert.deepEqual(await again.poll(), ['start']);
    assert.deepEqual(await again.poll(), []);
    await watch.lookAt(session);
  });

  it('leaves changed rules to a running agent in a single sync', async () => {
    const { poll, change, store } = watching({ isSustained: false });
    await poll();
    change({ accountFilter: 'currency == USD' });
    assert.deepEqual(await poll(), []);
    assert.equal(store.facts.values.size, 0);
  });
});

describe('an integration that is enabled again', () => {
  const disabled = { enabled: false, disabledReason: '10 successive errors.', successiveErrors: 10 };

  it('is tested, counts anew, forgets the reason, and is scanned', async () => {
    const { poll, change, org, streaks } = watching();
    change(disabled);
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['e'] });
    assert.deepEqual(await poll(), []);
    change({ enabled: true });
    assert.deepEqual(await poll(), ['new rules']);
    const [integration] = org.integrations;
    assert.deepEqual(
      [integration?.enabled, integration?.disabledReason, integration?.successiveErrors],
      [true, null, 0],
    );
    assert.equal(streaks.get(integration?.id ?? '')?.count, 0);
  });

  it('is disabled again, with the reason, when the connection test fails', async () => {
    const { poll, change, org, m3ter, session } = watching();
    change(disabled);
    await poll();
    change({ enabled: true });
    m3ter.trouble = 'm3ter refuses the access key.';
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    assert.match(org.integrations[0]?.disabledReason ?? '', /connection test failed: m3ter refuses the access key/);
    assert.deepEqual(session.view.ready, []);
    m3ter.trouble = undefined;
    change({ enabled: true });
    assert.deepEqual(await poll(), ['new rules']);
  });

  it('is scanned by the agent that runs by itself, though a single sync saw it first', async () => {
    const single = watching({ isSustained: false });
    single.change(disabled);
    await single.poll();
    single.change({ enabled: true });
    assert.deepEqual(await single.poll(), []);
    assert.equal(single.org.integrations[0]?.disabledReason, null);
    const running = watching();
    for (const [name, value] of single.store.facts.values) running.store.facts.values.set(name, value);
    assert.deepEqual(await running.poll(), ['new rules']);
  });

  it('is not what a look shows that was under way while the agent disabled it', async () => {
    const { poll, org, session, disabling, streaks } = watching();
    await poll();
    org.afterRead = async () => {
      const [ready] = session.view.ready;
      assert.ok(ready);
      streaks.set(ready.integration.id, { count: 10, evidence: ['the last'] });
      await disabling.disableForErrors(session, ready, { count: 10, evidence: ['the last'] });
    };
    assert.deepEqual(await poll(), []);
    org.afterRead = () => Promise.resolve();
    assert.deepEqual(await poll(), []);
    assert.match(org.integrations[0]?.disabledReason ?? '', /10 successive errors/);
    assert.equal(streaks.get(org.integrations[0]?.id ?? '')?.count, 10);
  });

  it('is not what a look shows that another process overtook, which disabled it', async () => {
    const { poll, change, org, written } = watching({ kind: 'postgres' });
    change(disabled);
    await poll();
    change({ enabled: true });
    // The look has read it by now.
    org.afterRead = () => Promise.resolve(change(disabled));
    assert.deepEqual(await poll(), []);
    assert.deepEqual(written, []);
    assert.deepEqual(org.integrations[0]?.disabledReason, disabled.disabledReason);
  });

  it('is disabled once, when a look meets it while it is being disabled', async () => {
    const { poll, org, session, disabling, streaks, written } = watching();
    await poll();
    const [ready] = session.view.ready;
    assert.ok(ready);
    const streak = { count: 10, evidence: ['the last'] };
    streaks.set(ready.integration.id, streak);
    const disabled = session.writing.runAlone(() => disabling.disableForErrors(session, ready, streak));
    await Promise.all([disabled, poll()]);
    assert.equal(written.filter((record) => record['Enabled__c'] === false).length, 1);
    assert.equal(org.integrations[0]?.enabled, false);
  });

  it('stays disabled for the agent, and is tried again, while the org does not take it', async () => {
    const { poll, org, streaks, notices, store, runtime } = watching();
    await poll();
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['the last'] });
    org.refusesChanges = true;
    for (let look = 0; look < 2; look += 1) {
      runtime.time = new Date(runtime.time.getTime() + 60_000);
      assert.deepEqual(await poll(), []);
      assert.equal(org.integrations[0]?.enabled, true);
    }
    assert.ok(![...store.facts.values.values()].includes('disabled'));
    org.refusesChanges = false;
    runtime.time = new Date(runtime.time.getTime() + 60_000);
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    // People are told once, and the org holds one Event.
    assert.deepEqual([new Set(org.events).size, notices.length], [1, 1]);
    assert.equal(streaks.get(org.integrations[0]?.id ?? '')?.count, 10);
  });

  it('is disabled at the next look when that could not be written at the tenth error', async () => {
    const { poll, org, streaks } = watching();
    await poll();
    streaks.set(org.integrations[0]?.id ?? '', { count: 10, evidence: ['the last'] });
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.enabled, false);
    assert.match(org.integrations[0]?.disabledReason ?? '', /10 successive errors.*the last/);
  });
});
