import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { startTestOrg } from '../testServer.ts';

const client = await startTestOrg();
const INPUT = { emailAddresses: 'a@example.com, b@example.com', emailSubject: 'Disabled', emailBody: 'Ten errors.' };

afterEach(async () => {
  await client.send('DELETE', '/sandbox/emails');
});

const send = (...inputs: object[]) => client.send('POST', 'actions/standard/emailSimple', { inputs });
const emails = async () => (await client.send('GET', '/sandbox/emails')).body as Array<Record<string, unknown>>;

describe('emailSimple', () => {
  it('keeps the e-mails it is asked to send, from the signed-in user', async () => {
    const { status, body } = await send(INPUT, {
      ...INPUT,
      emailAddresses: '',
      emailAddressesArray: ['c@example.com'],
    });
    const sent = { actionName: 'emailSimple', errors: null, isSuccess: true, outputValues: null };
    assert.deepEqual([status, body], [200, [sent, sent]]);
    const [first, second] = await emails();
    assert.deepEqual(first?.['to'], ['a@example.com', 'b@example.com']);
    assert.deepEqual([first?.['subject'], first?.['body']], ['Disabled', 'Ten errors.']);
    assert.equal(first?.['from'], client.org.jwt.username);
    assert.deepEqual(second?.['to'], ['c@example.com']);
  });

  const wrong: Array<[string, object, RegExp]> = [
    ['without a subject', { emailSubject: undefined }, /emailSubject/],
    ['without a body', { emailBody: '' }, /emailBody/],
    ['without a recipient', { emailAddresses: ' ' }, /emailAddresses/],
    ['with a recipient that is none', { emailAddresses: 'nobody' }, /INVALID_EMAIL_ADDRESS/],
    ['with an input it does not know', { emailColour: 'red' }, /emailColour/],
    ['with more recipients than a call takes', { emailAddressesArray: Array(150).fill('x@example.com') }, /150/],
  ];
  for (const [what, change, reason] of wrong) {
    it(`refuses an e-mail ${what}, and sends nothing`, async () => {
      const { status, body } = await send({ ...INPUT, ...change });
      const [{ isSuccess, errors }] = body as [{ isSuccess: boolean; errors: unknown }];
      assert.deepEqual([status, isSuccess], [400, false]);
      assert.match(JSON.stringify(errors), reason);
      assert.deepEqual(await emails(), []);
    });
  }

  it('asks for a sign-in', async () => {
    const url = `${client.org.instanceUrl}/services/data/v67.0/actions/standard/emailSimple`;
    assert.equal((await fetch(url, { method: 'POST' })).status, 401);
  });
});
