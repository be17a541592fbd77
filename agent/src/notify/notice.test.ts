import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { disabledMail, type DisabledNotice } from './notice.ts';

const NOTICE: DisabledNotice = {
  kind: 'disabled',
  orgId: '00D000000000001AAA',
  integrationId: 'a01000000000001AAA',
  integrationName: 'UK Bills',
  recordUrl: 'https://acme.my.salesforce.com/a01000000000001AAA',
  disabledAt: '2026-11-22T12:34:56.000Z',
  reason: '10 errors one after the other.',
  errors: ['Bill INV-1 is too large.', 'Bill INV-2 is too large.', 'Account A-1 has no External Mapping.'],
  userIds: ['005000000000001AAA'],
};

describe('the mail about a disabled integration', () => {
  it('says what, when, why, what went wrong, what to do and where', () => {
    const { subject, body } = disabledMail(NOTICE);
    assert.equal(subject, 'm3ter Bills: the integration "UK Bills" was disabled');
    assert.match(body, /"UK Bills" was disabled on 2026-11-22 at 12:34 UTC: 10 errors one after the other\./);
    assert.match(
      body,
      /What went wrong\n {2}2 x Bill INV-2 is too large\.\n {2}1 x Account A-1 has no External Mapping\./,
    );
    assert.match(body, /m3ter-bills integration enable NAME/);
    assert.match(body, /Integration: https:\/\/acme\.my\.salesforce\.com\/a01000000000001AAA\n/);
  });

  it('lets no name break out of its line', () => {
    const { subject, body } = disabledMail({ ...NOTICE, integrationName: 'UK\r\nBcc: x@evil.example' });
    assert.equal(subject, 'm3ter Bills: the integration "UK Bcc: x@evil.example" was disabled');
    assert.doesNotMatch(body, /^Bcc/m);
  });

  it('does not speak of errors that it does not know', () => {
    assert.doesNotMatch(disabledMail({ ...NOTICE, errors: [] }).body, /What went wrong/);
  });
});
