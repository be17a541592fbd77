import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SalesforceError } from '../salesforce/errors.ts';
import { OrgMailbox } from '../salesforce/email.ts';
import { scriptedCalls, type SeenCall } from '../testing/scriptedCalls.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { mailServer, type MailServer } from '../testing/mailServer.ts';
import { Notifier } from './notifier.ts';
import type { DisabledNotice } from './notice.ts';
import { smtpSender } from './smtp.ts';
import { memoryFacts, memoryOutbox } from './testing.ts';

const [ORG, ANN] = ['00D000000000001AAA', '005000000000001AAA'];
const NOTICE: DisabledNotice = {
  kind: 'disabled',
  orgId: ORG,
  integrationId: 'a01000000000001AAA',
  integrationName: 'UK Bills',
  recordUrl: 'https://acme.my.salesforce.com/a01000000000001AAA',
  disabledAt: '2026-11-22T12:00:00.000Z',
  reason: '10 errors one after the other.',
  errors: ['Bill INV-1 is too large.'],
  userIds: [ANN],
};

/** What a scripted Salesforce says to the e-mail action. */
type MailAnswer = 'sends' | 'refuses' | 'is down';

function salesforce(answer: () => MailAnswer) {
  return scriptedCalls(({ path }: SeenCall) => {
    if (answer() === 'is down') throw new SalesforceError('ERROR_HTTP_503', 'Salesforce is down.', 'transient');
    if (!path.includes('emailSimple')) return { done: true, records: [{ Id: ANN, Email: 'ann@acme.example' }] };
    if (answer() === 'sends') return [{ actionName: 'emailSimple', errors: null, isSuccess: true }];
    return [{ isSuccess: false, errors: [{ statusCode: 'LIMIT_EXCEEDED', message: 'The daily limit is reached.' }] }];
  });
}

describe('a notice, on its way through Salesforce and a mail server', () => {
  let server: MailServer;
  before(async () => {
    server = await mailServer();
  });
  after(() => server.close());

  function setUp(answer: () => MailAnswer) {
    const [runtime, outbox, calls] = [testRuntime(), memoryOutbox(), salesforce(answer)];
    const url = `smtp://agent:hush@127.0.0.1:${server.port}`;
    const smtp = smtpSender({ url, from: 'bills@acme.example' });
    const org = () => new OrgMailbox(calls);
    const sentByOrg = () => calls.seen.filter(({ path }) => path.includes('emailSimple')).length;
    return { notifier: new Notifier({ outbox, facts: memoryFacts(), org, smtp, runtime }), outbox, sentByOrg };
  }

  it('is sent by Salesforce alone while it sends', async () => {
    const { notifier, outbox, sentByOrg } = setUp(() => 'sends');
    const before = server.received.length;
    await notifier.add(NOTICE);
    await notifier.sendDue();
    assert.deepEqual([sentByOrg(), server.received.length - before, outbox.waiting.size], [1, 0, 0]);
  });

  for (const trouble of ['refuses', 'is down'] as const) {
    it(`is sent by the mail server, once, when Salesforce ${trouble}`, async () => {
      let state: MailAnswer = 'sends';
      const { notifier, outbox } = setUp(() => state);
      const before = server.received.length;
      await notifier.meet(ORG, [ANN]);
      state = trouble;
      await notifier.add(NOTICE);
      await notifier.sendDue();
      await notifier.sendDue();
      assert.equal(outbox.waiting.size, 0);
      assert.equal(server.received.length - before, 1);
      assert.equal(server.to.at(-1), 'ann@acme.example');
      assert.match(server.received.at(-1) ?? '', /UK Bills/);
    });
  }
});
