import { createHmac, randomBytes } from 'node:crypto';
import type { SignIn } from '../salesforce/session.ts';
import { concealed } from './concealed.ts';
import type { Credential, SalesforceCredential } from './credential.ts';

/** Of this process: a revision says nothing about the secret to whoever sees it. */
const salt = randomBytes(32);

/** By what and where a connection to Salesforce signs in. */
export function salesforceSignIn({ kind, publicData, secret }: SalesforceCredential): SignIn {
  if (kind === 'sfCli') return { credentials: { kind, alias: publicData.alias } };
  const { loginUrl, clientId } = publicData;
  return kind === 'clientCredentials'
    ? { loginUrl, credentials: concealed({ kind, clientId, clientSecret: secret.clientSecret }) }
    : {
        loginUrl,
        credentials: concealed({ kind, clientId, username: publicData.username, privateKey: secret.privateKey }),
      };
}

/** Differs, within this process, when anything of the credential was replaced. */
export function revisionOf({ kind, publicData, secret }: Credential): string {
  return createHmac('sha256', salt)
    .update(JSON.stringify([kind, publicData, { ...secret }]))
    .digest('hex');
}
