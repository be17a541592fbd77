import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { salesforceOrigin } from './hosts.ts';

describe('the address of an org', () => {
  const good = [
    'https://acme.my.salesforce.com',
    'https://acme--uat.sandbox.my.salesforce.com/services',
    'https://login.salesforce.com',
    'http://127.0.0.1:4680',
    'http://localhost:4680',
  ];
  for (const url of good) {
    it(`may be ${url}`, () => assert.equal(salesforceOrigin(url, 'X'), new URL(url).origin));
  }

  const bad = [
    'http://acme.my.salesforce.com',
    'https://salesforce.com.evil.example',
    'https://evilsalesforce.com',
    'https://salesforce.com',
    'https://acme.my.salesforce.com.',
    'https://user:secret@acme.my.salesforce.com',
    'http://127.0.0.1.evil.example',
    'http://192.168.0.1',
    'ftp://127.0.0.1',
    'acme.my.salesforce.com',
  ];
  for (const url of bad) {
    it(`may not be ${url}`, () => {
      assert.throws(
        () => salesforceOrigin(url, 'SALESFORCE_LOGIN_URL'),
        (error: Error) => {
          assert.ok(error instanceof SetupError);
          assert.match(error.message, /SALESFORCE_LOGIN_URL .*My Domain/);
          assert.doesNotMatch(error.message, /user:secret/);
          return true;
        },
      );
    });
  }
});
