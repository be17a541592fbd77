import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SalesforceError } from '../salesforce/errors.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import type { DisabledNotice } from './notice.ts';
import { Notifier, type NotifierParts } from './notifier.ts';
import type { OrgMail } from './recipients.ts';
import { memoryFacts, memoryOutbox } from './testing.ts';

const ORG = '00D000000000001AAA';
const [ANN, BOB] = ['005000000000001AAA', '005000000000002AAA'];
const NOTICE: DisabledNotice = {
  kind: 'disabled',
  orgId: ORG,
  integrationId: 'a01000000000001AAA',
  integrationName: 'UK Bills',
  recordUrl: 'https://acme.my.salesforce.com/a01000000000001AAA',
  disabledAt: '2026-11-22T12:00:00.000Z',
  reason: '10 errors one after the other.',
  errors: ['Bill INV-1 is too large.'],
  userIds: [ANN, BOB],
};
const ADDRESSES = { [ANN]: 'ann@acme.example', [BOB]: 'bob@acme.example' };
const DOWN = new SalesforceError('NETWORK', 'Salesforce did not answer.', 'transient');

interface Sent {
  readonly by: 'Salesforce' | 'SMTP';
  readonly addresses: readonly string[];
}

/** A notifier whose org and mail server work unless they are switched off. */
function setUp(parts: Partial<NotifierParts> = {}) {
  const [sent, runtime, outbox, facts] = [[] as Sent[], testRuntime(), memoryOutbox(), memoryFacts()];
  const addresses: Partial<Record<string, string>> = { ...ADDRESSES };
  const state = { isSignedIn: true, isOrgUp: true, isSmtpUp: true, addresses, asked: 0 };
  const answer = <T>(isUp: boolean, value: () => T): Promise<T> =>
    isUp ? Promise.resolve(value()) : Promise.reject(DOWN);
  const org: OrgMail = {
    users: (ids) =>
      answer(state.isOrgUp, () => {
        state.asked += 1;
        return ids.flatMap((id) => (addresses[id] === undefined ? [] : [{ id, email: addresses[id] }]));
      }),
    sendEmail: (mail) => answer(state.isOrgUp, () => sent.push({ by: 'Salesforce', addresses: mail.addresses })),
  };
  const make = (): Notifier =>
    new Notifier({
      outbox,
      facts,
      org: (orgId) => (state.isSignedIn && orgId === ORG ? org : undefined),
      smtp: (to) => answer(state.isSmtpUp, () => void sent.push({ by: 'SMTP', addresses: to })),
      runtime,
      ...parts,
    });
  return { notifier: make(), make, sent, runtime, outbox, state };
}

const BOTH = Object.values(ADDRESSES);

describe('a notice', () => {
  it('goes through Salesforce, once', async () => {
    const { notifier, sent, outbox } = setUp();
    await notifier.add(NOTICE);
    await notifier.sendDue();
    await notifier.sendDue();
    assert.deepEqual(sent, [{ by: 'Salesforce', addresses: BOTH }]);
    assert.equal(outbox.waiting.size, 0);
  });

  it('is added once, whoever adds it again', async () => {
    const { notifier, outbox } = setUp();
    await notifier.add(NOTICE);
    await notifier.add(NOTICE);
    assert.equal(outbox.waiting.size, 1);
    await notifier.add({ ...NOTICE, disabledAt: '2026-11-23T12:00:00.000Z' });
    assert.equal(outbox.waiting.size, 2);
  });

  it('goes by SMTP to addresses that are remembered, while Salesforce cannot be reached', async () => {
    const { notifier, sent, state, outbox } = setUp();
    await notifier.meet(ORG, NOTICE.userIds);
    state.isOrgUp = false;
    await notifier.add(NOTICE);
    await notifier.sendDue();
    assert.deepEqual(sent, [{ by: 'SMTP', addresses: BOTH }]);
    assert.equal(outbox.waiting.size, 0);
  });

  it('goes by SMTP while the agent is not signed in', async () => {
    const { notifier, sent, state } = setUp();
    await notifier.meet(ORG, NOTICE.userIds);
    state.isSignedIn = false;
    await notifier.add(NOTICE);
    await notifier.sendDue();
    assert.deepEqual(sent, [{ by: 'SMTP', addresses: BOTH }]);
  });

  it('waits longer and longer when nothing works, across a restart, and is sent in the end', async () => {
    const { notifier, make, sent, state, runtime, outbox } = setUp();
    [state.isOrgUp, state.isSmtpUp] = [false, false];
    await notifier.add(NOTICE);
    await notifier.sendDue();
    const [first] = outbox.waiting.values();
    assert.equal(first?.nextAt.getTime(), runtime.time.getTime() + 30_000);
    assert.match(first.error ?? '', /did not answer.*no address is remembered/);
    await notifier.sendDue();
    assert.equal([...outbox.waiting.values()][0]?.attempts, 1);
    runtime.time = new Date(runtime.time.getTime() + 30_000);
    await notifier.sendDue();
    assert.equal([...outbox.waiting.values()][0]?.nextAt.getTime(), runtime.time.getTime() + 60_000);
    state.isOrgUp = true;
    runtime.time = new Date(runtime.time.getTime() + 60_000);
    await make().sendDue();
    assert.deepEqual(sent, [{ by: 'Salesforce', addresses: BOTH }]);
  });

  it('is given up after three days, which is logged', async () => {
    const { notifier, state, runtime, outbox } = setUp({ smtp: undefined });
    state.isOrgUp = false;
    await notifier.add(NOTICE);
    runtime.time = new Date(runtime.time.getTime() + 3 * 24 * 3600_000);
    await notifier.sendDue();
    assert.equal(outbox.waiting.size, 0);
    const [last] = runtime.logged.slice(-1);
    assert.equal(last?.level, 'error');
    assert.match(last.message, /given up.*SMTP_URL is not set/);
  });

  it('to many is split into e-mails that Salesforce sends as a whole', async () => {
    const { notifier, outbox } = setUp();
    const userIds = Array.from({ length: 12 }, (_, index) => `user-${index}`);
    await notifier.add({ ...NOTICE, userIds });
    assert.deepEqual(
      [...outbox.waiting.values()].map(({ payload }) => (payload['userIds'] as string[]).length),
      [5, 5, 2],
    );
  });

  it('to nobody is not kept', async () => {
    const { notifier, outbox, sent } = setUp();
    await notifier.add({ ...NOTICE, userIds: [] });
    assert.equal(outbox.waiting.size, 0);
    await notifier.add({ ...NOTICE, userIds: ['005000000000009AAA'] });
    await notifier.sendDue();
    assert.deepEqual([outbox.waiting.size, sent], [0, []]);
  });

  it('that cannot be read is left out, and the next one is sent', async () => {
    const { notifier, outbox, sent, runtime } = setUp();
    await outbox.add({ key: 'odd', payload: { kind: 'odd' }, createdAt: runtime.now() });
    await notifier.add(NOTICE);
    await notifier.sendDue();
    assert.deepEqual([outbox.waiting.size, sent.length], [0, 1]);
  });

  it('is sent once by two calls at the same time', async () => {
    const { notifier, sent } = setUp();
    await notifier.add(NOTICE);
    await Promise.all([notifier.sendDue(), notifier.sendDue()]);
    assert.equal(sent.length, 1);
  });

  it('leaves no address in a log', async () => {
    const { notifier, runtime, state } = setUp();
    await notifier.meet(ORG, NOTICE.userIds);
    await notifier.add(NOTICE);
    [state.isOrgUp, state.isSmtpUp] = [false, false];
    await notifier.sendDue();
    assert.ok(runtime.logged.length > 0);
    assert.doesNotMatch(JSON.stringify(runtime.logged), /@acme/);
  });
});

describe('the addresses of users', () => {
  it('are forgotten when the org does not give them any more', async () => {
    const { notifier, state, sent, runtime } = setUp();
    await notifier.meet(ORG, NOTICE.userIds);
    delete state.addresses[BOB];
    runtime.time = new Date(runtime.time.getTime() + 24 * 3600_000);
    await notifier.meet(ORG, NOTICE.userIds);
    state.isOrgUp = false;
    await notifier.add(NOTICE);
    await notifier.sendDue();
    assert.deepEqual(sent, [{ by: 'SMTP', addresses: ['ann@acme.example'] }]);
  });

  it('are asked for when the users change, else once a day', async () => {
    const { notifier, state, runtime } = setUp();
    await notifier.meet(ORG, [ANN]);
    await notifier.meet(ORG, [ANN]);
    assert.equal(state.asked, 1);
    await notifier.meet(ORG, [ANN, BOB]);
    assert.equal(state.asked, 2);
    runtime.time = new Date(runtime.time.getTime() + 24 * 3600_000);
    await notifier.meet(ORG, [ANN, BOB]);
    assert.equal(state.asked, 3);
  });

  it('are asked for again when the org could not be asked', async () => {
    const { notifier, state } = setUp();
    state.isOrgUp = false;
    await notifier.meet(ORG, [ANN]);
    state.isOrgUp = true;
    await notifier.meet(ORG, [ANN]);
    assert.equal(state.asked, 1);
  });
});
