import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrgSession } from './orgSession.ts';
import { ORG, watching } from './testing.ts';

describe('a look before some work', () => {
  it('is taken beside the work in good time, and waited for only when the last one is ten seconds old', async () => {
    const { watch, session, org, runtime } = watching();
    let goOn: () => void = () => undefined;
    const after = async (milliseconds: number): Promise<number> => {
      runtime.time = new Date(runtime.time.getTime() + milliseconds);
      await watch.lookAt(session);
      return org.asked.length;
    };
    assert.equal(await after(0), 1);
    org.afterRead = () => new Promise<void>((resolve) => (goOn = resolve));
    assert.equal(await after(6000), 1);
    assert.equal(await after(2000), 1);
    await new Promise(setImmediate);
    assert.equal(org.asked.length, 2);
    goOn();
    await watch.poll(session);
    org.afterRead = () => Promise.resolve();
    assert.equal(await after(11_000), 3);
    assert.deepEqual(session.view.readAt, runtime.now());
  });

  it('is only taken where it is waited for in a single sync', async () => {
    const { watch, session, org, runtime } = watching({ isSustained: false });
    await watch.lookAt(session);
    runtime.time = new Date(runtime.time.getTime() + 8000);
    await watch.lookAt(session);
    await new Promise(setImmediate);
    assert.equal(org.asked.length, 1);
  });
});

describe('a look at an org', () => {
  it('connects an integration at the first time, binds it to the org, and scans for it', async () => {
    const { poll, change, org } = watching();
    change({ connectionStatus: 'NOT_CONNECTED', pinnedOrgId: null });
    assert.deepEqual(await poll(), ['new rules']);
    assert.deepEqual([org.integrations[0]?.connectionStatus, org.integrations[0]?.pinnedOrgId], ['CONNECTED', ORG]);
    assert.deepEqual(await poll(), []);
  });

  it('disconnects an integration whose credential was taken away, and leaves it alone', async () => {
    const { poll, change, session, org } = watching();
    await poll();
    change({ credentialKey: null });
    assert.deepEqual(await poll(), []);
    assert.equal(org.integrations[0]?.connectionStatus, 'NOT_CONNECTED');
    assert.deepEqual(
      session.view.idle.map(({ reason }) => reason),
      ['noCredential'],
    );
  });

  it('refuses an integration of another org and writes nothing', async () => {
    const { poll, change, session, written } = watching();
    change({ pinnedOrgId: '00D000000000002EAA', connectionStatus: 'NOT_CONNECTED' });
    assert.deepEqual(await poll(), []);
    assert.deepEqual(written, []);
    assert.deepEqual(
      session.view.idle.map(({ reason }) => reason),
      ['otherOrg'],
    );
  });

  it('asks for Accounts from a little before it begins, for the clock of the org may be behind', async () => {
    const { poll, org, runtime } = watching();
    await poll();
    const [first] = org.asked as Date[];
    assert.equal(runtime.now().getTime() - (first?.getTime() ?? NaN), 300_000);
  });

  it('reads Accounts again that could not be acted on, and takes requests first', async () => {
    const { poll, org, parts } = watching();
    const [begin, later] = [new Date('2026-11-22T12:00:00Z'), new Date('2026-11-22T12:01:00Z')];
    const done: string[] = [];
    Object.assign(parts, {
      onRequests: () => Promise.resolve(void done.push('requests')),
      onAccounts: () => (done.push('accounts'), Promise.reject(new Error('m3ter is away'))),
    });
    org.accountsSince = begin;
    await poll();
    org.accountsSince = later;
    await assert.rejects(poll(), /m3ter is away/);
    await assert.rejects(poll(), /m3ter is away/);
    assert.deepEqual(done, ['requests', 'requests', 'accounts', 'requests', 'accounts']);
    assert.deepEqual(org.asked.slice(-2), [begin, begin]);
  });

  it('looks again for Bills that wait for an Account, when they were being decided about as it changed', async () => {
    const { poll, org, parts, session } = watching();
    const met: string[] = [];
    Object.assign(parts, {
      onAccounts: (_session: OrgSession, changed: readonly { m3terAccountId: string | null }[]) =>
        Promise.resolve(void met.push(changed.map(({ m3terAccountId }) => m3terAccountId).join())),
    });
    org.accountsSince = new Date('2026-11-22T12:00:00Z');
    await poll();
    const goesOn = Promise.withResolvers<void>();
    const decided = [true, false].map((doesAnyWait) =>
      session.accountNews.during(
        () => goesOn.promise,
        () => doesAnyWait,
      ),
    );
    await poll();
    org.accountsChanged = [];
    await poll();
    assert.deepEqual(met, ['one']);
    goesOn.resolve();
    await Promise.all(decided);
    await poll();
    await poll();
    assert.deepEqual(met, ['one', 'one']);
  });
});
