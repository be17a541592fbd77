import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { SalesforceAuthenticationError } from './errors.ts';
import { signInBySfCli, type SalesforceCore } from './sfCli.ts';

function core(parts: { known?: string[]; refuses?: boolean } = {}): SalesforceCore & { did: string[] } {
  const did: string[] = [];
  return {
    did,
    StateAggregator: { clearInstanceAsync: () => Promise.resolve(void did.push('forget')) },
    Org: {
      create: ({ aliasOrUsername }) => {
        did.push(`read ${aliasOrUsername}`);
        if (!(parts.known ?? ['dev']).includes(aliasOrUsername)) return Promise.reject(new Error('No auth found'));
        return Promise.resolve({
          refreshAuth: () =>
            parts.refuses ? Promise.reject(new Error('expired')) : Promise.resolve(did.push('renew')),
          getOrgId: () => '00D000000000001AAA',
          getConnection: () => ({
            accessToken: 'token',
            instanceUrl: 'https://dev.my.salesforce.com',
            getAuthInfoFields: () => ({ userId: '005000000000001AAA' }),
          }),
        });
      },
    },
  };
}

describe('signing in as the Salesforce CLI is', () => {
  it('reads what the CLI holds anew and renews it', async () => {
    const sf = core();
    assert.deepEqual(await signInBySfCli('dev', () => Promise.resolve(sf)), {
      origin: 'https://dev.my.salesforce.com',
      accessToken: 'token',
      orgId: '00D000000000001AAA',
      userId: '005000000000001AAA',
    });
    assert.deepEqual(sf.did, ['forget', 'read dev', 'renew']);
  });

  it('names the alias that the CLI does not know', async () => {
    await assert.rejects(
      signInBySfCli('prod', () => Promise.resolve(core())),
      (error: Error) => {
        assert.ok(error instanceof SetupError);
        assert.match(error.message, /prod: No auth found.*sf org list/);
        return true;
      },
    );
  });

  it('says how to sign in again when the org refuses', async () => {
    await assert.rejects(
      signInBySfCli('dev', () => Promise.resolve(core({ refuses: true }))),
      (error: Error) => {
        assert.ok(error instanceof SalesforceAuthenticationError);
        assert.match(error.message, /expired.*sf org login web --alias dev/);
        return true;
      },
    );
  });
});
