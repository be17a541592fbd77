import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedCalls } from '../testing/scriptedCalls.ts';
import { OrgMailbox } from './email.ts';
import { SalesforceError } from './errors.ts';

const sent = { actionName: 'emailSimple', errors: null, isSuccess: true, outputValues: null };
const mail = { addresses: ['a@example.com'], subject: 's', body: 'b' };

describe('e-mails by the org', () => {
  it('go to five addresses each, in one call', async () => {
    const calls = scriptedCalls(() => [sent, sent]);
    const addresses = Array.from({ length: 6 }, (_, n) => `${n}@example.com`);
    await new OrgMailbox(calls).sendEmail({ ...mail, addresses });
    const { inputs } = calls.seen[0]?.body as { inputs: Array<{ emailAddresses: string }> };
    assert.deepEqual(
      inputs.map(({ emailAddresses }) => emailAddresses),
      ['0@example.com,1@example.com,2@example.com,3@example.com,4@example.com', '5@example.com'],
    );
    assert.deepEqual(inputs[1], {
      emailAddresses: '5@example.com',
      emailSubject: 's',
      emailBody: 'b',
      senderType: 'CurrentUser',
    });
  });

  it('that nobody gets are no call', async () => {
    const calls = scriptedCalls(() => assert.fail());
    await new OrgMailbox(calls).sendEmail({ ...mail, addresses: [] });
    assert.deepEqual(await new OrgMailbox(calls).users([]), []);
  });

  it('that the org does not send are an error with its reason', async () => {
    const errors = [{ statusCode: 'SINGLE_EMAIL_LIMIT_EXCEEDED', message: 'no more today', fields: [] }];
    const calls = scriptedCalls(() => [{ ...sent, isSuccess: false, errors }]);
    await assert.rejects(new OrgMailbox(calls).sendEmail(mail), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.deepEqual([error.code, error.errorClass], ['SINGLE_EMAIL_LIMIT_EXCEEDED', 'limit']);
      return true;
    });
  });

  it('are not taken for sent when the answer does not say so', async () => {
    await assert.rejects(new OrgMailbox(scriptedCalls(() => ({}))).sendEmail(mail), SalesforceError);
    await assert.rejects(new OrgMailbox(scriptedCalls(() => [{}])).sendEmail(mail), SalesforceError);
  });

  it('find users who are active and have an address', async () => {
    const calls = scriptedCalls(() => ({
      records: [
        { Id: 'u1', Email: 'a@example.com' },
        { Id: 'u2', Email: null },
      ],
    }));
    assert.deepEqual(await new OrgMailbox(calls).users(['u1', 'u2', 'u1']), [{ id: 'u1', email: 'a@example.com' }]);
    assert.match(decodeURIComponent(calls.seen[0]?.path ?? ''), /IsActive = true AND Id IN \('u1','u2'\)$/);
  });
});
