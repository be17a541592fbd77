import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedCalls } from '../testing/scriptedCalls.ts';
import { OrgMailbox } from './email.ts';
import { SalesforceError } from './errors.ts';

const sent = { actionName: 'emailSimple', errors: null, isSuccess: true, outputValues: null };
const [ONE, TWO] = ['005000000000001AAA', '005000000000002AAA'] as const;
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
        { Id: ONE, Email: 'a@example.com' },
        { Id: TWO, Email: null },
      ],
    }));
    assert.deepEqual(await new OrgMailbox(calls).users([ONE, TWO, ONE]), [{ id: ONE, email: 'a@example.com' }]);
    const soql = decodeURIComponent(calls.seen[0]?.path ?? '');
    assert.ok(soql.endsWith(`IsActive = true AND Id IN ('${ONE}','${TWO}')`), soql);
  });

  it('reach the others when somebody named a user who cannot be one', async () => {
    const calls = scriptedCalls(() => ({ records: [{ Id: ONE, Email: 'a@example.com' }] }));
    assert.equal((await new OrgMailbox(calls).users(['Jane Doe', ONE])).length, 1);
    assert.doesNotMatch(decodeURIComponent(calls.seen[0]?.path ?? ''), /Jane/);
  });
});
