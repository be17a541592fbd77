import Type from 'typebox';
import { Credential, CredentialTest, maybe } from '../shapes.ts';
import { closed, option, text } from './parts.ts';

/** By what the agent signs in, and who may sign in to it. */
export const CREDENTIALS = {
  testCredential: {
    says: 'Signs in with a credential',
    input: closed({ credential: text }),
    output: CredentialTest,
  },
  credentials: {
    says: 'Every credential that the agent knows, without secrets',
    input: closed({}),
    output: Type.Object({ credentials: Type.Array(Credential) }),
  },
  addCredential: {
    says: 'Keeps a credential, encrypted, and tells the orgs its name, type and status',
    input: closed({
      name: text,
      type: Type.Enum(['clientCredentials', 'jwtBearer', 'sfCli', 'm3terServiceUser', 'apiClient']),
      /** clientCredentials, jwtBearer: the My Domain URL. */
      loginUrl: option(text),
      /** clientCredentials, jwtBearer: the consumer key. apiClient: the client id; made up when left out. */
      clientId: option(text),
      /** jwtBearer */
      username: option(text),
      /** sfCli: the alias or user name that the Salesforce CLI is signed in to. */
      alias: option(text),
      /** m3terServiceUser: the access key id. */
      apiKey: option(text),
      /** The client secret, private key (PEM) or API secret; apiClient: made up when left out. */
      secret: option(text),
    }),
    output: Type.Object({
      credential: Credential,
      /** Null for a type that cannot be tested. */
      test: maybe(CredentialTest),
      /** Of an apiClient whose secret was made up: shown once. */
      madeSecret: maybe(Type.String()),
    }),
  },
  rotateCredential: {
    says: 'Replaces the secret of a credential once a sign-in with the new one worked',
    input: closed({ name: text, secret: option(text), apiKey: option(text) }),
    output: Type.Object({ credential: Credential, test: maybe(CredentialTest), madeSecret: maybe(Type.String()) }),
  },
  removeCredential: {
    says: 'Forgets a credential; refused while an enabled integration uses it, unless `force`',
    input: closed({ name: text, force: option(Type.Boolean()) }),
    output: Type.Object({ removed: Type.String() }),
  },
} as const;
