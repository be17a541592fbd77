import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { credentialOf, type Credential } from './credential.ts';
import { Credentials } from './credentials.ts';
import { CredentialError, type CredentialDraft } from './draft.ts';
import { KeyRing } from './key.ts';
import { memoryRows } from './testing.ts';
import { Vault } from './vault.ts';

const KEYS = { current: Buffer.alloc(32, 1).toString('base64'), previous: undefined };
const PEM = { type: 'pkcs8', format: 'pem' } as const;
const privateKey = String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(PEM));
const ecKey = String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(PEM));

const ENVIRONMENT: readonly Credential[] = [
  credentialOf('m3terServiceUser', 'environment-m3ter', { apiKey: 'env' }, { apiSecret: 'hush' }),
  credentialOf(
    'clientCredentials',
    'environment',
    { loginUrl: 'https://a.my.salesforce.com', clientId: 'a' },
    { clientSecret: 'hush' },
  ),
];
const UK: CredentialDraft = {
  name: 'uk',
  kind: 'clientCredentials',
  loginUrl: 'https://uk.my.salesforce.com/',
  clientId: 'app',
  secret: 'hush',
};
const M3TER: CredentialDraft = { name: 'm3ter', kind: 'm3terServiceUser', apiKey: 'id', secret: 'hush' };

function credentials(environmentCredentials: readonly Credential[] = []) {
  const [runtime, settings] = [testRuntime(), { environmentCredentials, m3terOrgId: 'org' }];
  return new Credentials(settings, new Vault(memoryRows(), new KeyRing(KEYS, undefined)), runtime);
}

describe('the credentials', () => {
  it('are those of the environment and of the vault, by name, without secrets', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add(UK);
    const list = await all.list();
    assert.deepEqual(
      list.map(({ name, source }) => [name, source]),
      [
        ['environment', 'environment'],
        ['environment-m3ter', 'environment'],
        ['uk', 'vault'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(list), /hush/);
    assert.deepEqual(
      (await all.salesforce()).map(({ name }) => name),
      ['environment', 'uk'],
    );
  });

  it('are got by name, with the address as an origin', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add(UK);
    const uk = await all.get('uk');
    assert.deepEqual(uk.publicData, { loginUrl: 'https://uk.my.salesforce.com', clientId: 'app' });
    assert.deepEqual(uk.secret, { clientSecret: 'hush' });
    assert.equal((await all.get('environment')).kind, 'clientCredentials');
    await assert.rejects(all.get('us'), /no credential us.*credential list/);
  });

  it('lead to m3ter by the environment, else by the vault', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add(M3TER);
    assert.equal((await all.m3ter()).publicData.apiKey, 'env');
    const kept = credentials();
    await assert.rejects(kept.m3ter(), /no m3ter credential.*M3TER_API_KEY.*credential add NAME --type m3ter/);
    await kept.add(M3TER);
    assert.equal((await kept.m3ter()).publicData.apiKey, 'id');
  });

  it('may be a private key, an org of the Salesforce CLI, or nothing at all', async () => {
    const all = credentials();
    assert.deepEqual(await all.salesforce(), []);
    await all.add({ ...UK, name: 'jwt', kind: 'jwtBearer', username: 'agent@uk', secret: privateKey });
    await all.add({ name: 'sf', kind: 'sfCli', alias: 'scratch' });
    assert.deepEqual(
      (await all.salesforce()).map(({ kind, secret }) => [kind, { ...secret }]),
      [
        ['jwtBearer', { privateKey }],
        ['sfCli', {}],
      ],
    );
  });
});

describe('a new credential', () => {
  const wrong: Array<[string, CredentialDraft, RegExp]> = [
    ['with a name that is none', { ...UK, name: 'u k' }, /name "u k"/],
    [
      'without client id',
      { ...UK, clientId: undefined },
      /uk lacks --client-id\. See: m3ter-bills help credential add/,
    ],
    ['with parts of another kind', { ...UK, alias: 'x' }, /no use for --alias/],
    [
      'that lacks and has too much',
      { ...M3TER, apiKey: undefined, username: 'x' },
      /lacks --api-key and has no use for --username/,
    ],
    ['without secret', { ...UK, secret: undefined }, /secret of the credential uk is missing/],
    ['of the Salesforce CLI with a secret', { name: 'sf', kind: 'sfCli', alias: 'x', secret: 'hush' }, /has no secret/],
    [
      'whose key is none',
      { ...UK, kind: 'jwtBearer', username: 'u', secret: 'hush' },
      /private key of uk cannot be read/,
    ],
    ['whose key is of another kind', { ...UK, kind: 'jwtBearer', username: 'u', secret: ecKey }, /uk is ec.*RSA/],
    [
      'for a host that is not Salesforce',
      { ...UK, loginUrl: 'https://evil.example' },
      /evil\.example is not a Salesforce org/,
    ],
    ['of a client with a short secret', { name: 'c', kind: 'apiClient', secret: 'hush' }, /fewer than 16/],
    ['of a client with a strange id', { name: 'c', kind: 'apiClient', clientId: 'a:b' }, /client id takes/],
  ];
  for (const [what, draft, expected] of wrong) {
    it(`${what} is refused and not kept`, async () => {
      const all = credentials();
      await assert.rejects(all.add(draft), (error: Error) => {
        assert.ok(error instanceof SetupError);
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /hush/);
        return true;
      });
      assert.deepEqual(await all.list(), []);
    });
  }

  it('cannot have the name of another one, in upper or lower case', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add(UK);
    await assert.rejects(all.add({ ...UK, name: 'UK' }), /already.*rotate UK/);
    await assert.rejects(all.add({ ...UK, name: 'environment' }), /already/);
  });

  it('cannot be a second one for m3ter', async () => {
    const all = credentials();
    await all.add(M3TER);
    await assert.rejects(all.add({ ...M3TER, name: 'other' }), /m3ter credential m3ter already.*rotate m3ter/);
  });

  it('is not kept when its test fails', async () => {
    const all = credentials();
    const refuse = () => Promise.reject(new Error('refused'));
    await assert.rejects(all.add(UK, refuse), /refused/);
    assert.deepEqual(await all.list(), []);
  });
});

describe('a m3ter credential without an organization', () => {
  it('cannot be added, used or tested, and says what to set', async () => {
    const rows = memoryRows();
    const vault = new Vault(rows, new KeyRing(KEYS, undefined));
    const settings = { environmentCredentials: [], m3terOrgId: undefined };
    const without = new Credentials(settings, vault, testRuntime());
    await assert.rejects(without.add(M3TER), /m3ter needs an organization\. Set M3TER_ORG_ID/);
    await new Credentials({ ...settings, m3terOrgId: 'org' }, vault, testRuntime()).add(M3TER);
    await assert.rejects(without.m3ter(), /Set M3TER_ORG_ID/);
    await assert.rejects(without.get('m3ter'), /Set M3TER_ORG_ID/);
    assert.equal((await without.list()).length, 1);
  });
});

describe('a new secret', () => {
  it('takes the place of the old one once it was tried', async () => {
    const all = credentials();
    await all.add(M3TER);
    const tried: Credential[] = [];
    const { info } = await all.rotate('m3ter', { secret: 'new', apiKey: 'new id' }, (one) =>
      Promise.resolve(tried.push(one)),
    );
    const now = await all.m3ter();
    assert.deepEqual([now.publicData, now.secret], [{ apiKey: 'new id' }, { apiSecret: 'new' }]);
    assert.deepEqual(tried, [now]);
    assert.ok(info.createdAt && info.rotatedAt);
  });

  it('leaves the old one when it is refused', async () => {
    const all = credentials();
    await all.add(UK);
    await assert.rejects(
      all.rotate('uk', { secret: 'wrong' }, () => Promise.reject(new Error('refused'))),
      /refused/,
    );
    assert.deepEqual((await all.get('uk')).secret, { clientSecret: 'hush' });
  });

  it('cannot be given where there is none, nor without the name of one', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add({ name: 'sf', kind: 'sfCli', alias: 'scratch' });
    await all.add(UK);
    await assert.rejects(all.rotate('sf', { secret: 'x' }), /no secret.*sf org login/);
    await assert.rejects(all.rotate('environment', { secret: 'x' }), /comes from the environment/);
    await assert.rejects(all.rotate('us', { secret: 'x' }), /no credential us/);
    await assert.rejects(all.rotate('uk', { secret: 'x', apiKey: 'y' }), /no API key/);
    await assert.rejects(all.rotate('uk', {}), /secret of the credential uk is missing/);
  });
});

describe('a credential that is not wanted any more', () => {
  it('is forgotten, unless an integration uses it or the environment gives it', async () => {
    const all = credentials(ENVIRONMENT);
    await all.add(UK);
    await assert.rejects(all.remove('uk', ['UK Bills', 'Other']), /used by UK Bills, Other.*--force/);
    await all.remove('uk');
    await assert.rejects(all.remove('uk'), CredentialError);
    await assert.rejects(all.remove('environment'), /comes from the environment/);
  });
});

describe('a client of the Integrations API', () => {
  it('is known by its id and the secret that was made up for it', async () => {
    const all = credentials();
    const { info, madeSecret } = await all.add({ name: 'partner', kind: 'apiClient' });
    const clientId = info.details['clientId'] ?? '';
    assert.ok(madeSecret);
    assert.equal((await all.apiClient(clientId, madeSecret))?.name, 'partner');
    assert.equal(await all.apiClient(clientId, `${madeSecret}x`), undefined);
    assert.equal(await all.apiClient('nobody', madeSecret), undefined);
  });

  it('may choose id and secret, and gets a new secret', async () => {
    const all = credentials();
    const secret = 'a secret of its own';
    const { madeSecret } = await all.add({ name: 'partner', kind: 'apiClient', clientId: 'p', secret });
    assert.equal(madeSecret, undefined);
    assert.equal((await all.apiClient('p', secret))?.name, 'partner');
    const rotated = await all.rotate('partner', {});
    assert.equal(await all.apiClient('p', secret), undefined);
    assert.equal((await all.apiClient('p', rotated.madeSecret ?? ''))?.name, 'partner');
    await assert.rejects(all.add({ name: 'other', kind: 'apiClient', clientId: 'p' }), /belongs to partner/);
  });
});
