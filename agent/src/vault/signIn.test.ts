import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { credentialOf } from './credential.ts';
import { revisionOf, salesforceSignIn } from './signIn.ts';

const loginUrl = 'https://uk.my.salesforce.com';
const client = (clientSecret: string) =>
  credentialOf('clientCredentials', 'uk', { loginUrl, clientId: 'app' }, { clientSecret });

describe('the sign-in by a credential', () => {
  it('takes what its kind needs', () => {
    assert.deepEqual(salesforceSignIn(client('hush')), {
      loginUrl,
      credentials: { kind: 'clientCredentials', clientId: 'app', clientSecret: 'hush' },
    });
    const jwt = { loginUrl, clientId: 'app', username: 'agent' };
    assert.deepEqual(salesforceSignIn(credentialOf('jwtBearer', 'uk', jwt, { privateKey: 'PEM' })), {
      loginUrl,
      credentials: { kind: 'jwtBearer', clientId: 'app', username: 'agent', privateKey: 'PEM' },
    });
    assert.deepEqual(salesforceSignIn(credentialOf('sfCli', 'uk', { alias: 'scratch' }, {})), {
      credentials: { kind: 'sfCli', alias: 'scratch' },
    });
  });

  it('does not print its secret', () => {
    assert.doesNotMatch(JSON.stringify(salesforceSignIn(client('hush'))), /hush/);
  });
});

describe('the revision of a credential', () => {
  it('changes with its secret and does not show it', () => {
    assert.equal(revisionOf(client('hush')), revisionOf(client('hush')));
    assert.notEqual(revisionOf(client('hush')), revisionOf(client('other')));
    assert.match(revisionOf(client('hush')), /^[0-9a-f]{64}$/);
  });
});
