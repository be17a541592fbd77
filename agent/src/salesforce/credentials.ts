import { createSign } from 'node:crypto';
import { SetupError } from '../errors.ts';

export type SalesforceCredentials =
  | { readonly kind: 'clientCredentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'jwtBearer';
      readonly clientId: string;
      readonly username: string;
      /** PEM */
      readonly privateKey: string;
    }
  /** An org that the Salesforce CLI is signed in to, by alias or user name. */
  | { readonly kind: 'sfCli'; readonly alias: string };

/** Salesforce takes assertions that end within three minutes. */
const ASSERTION_SECONDS = 180;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The parameters of a token request by these credentials.
 *
 * @param audience the login URL's origin
 * @throws {SetupError} when the private key is none
 */
export function tokenParameters(
  credentials: Exclude<SalesforceCredentials, { kind: 'sfCli' }>,
  audience: string,
  now: Date,
): { grant_type: string; [name: string]: string } {
  if (credentials.kind === 'clientCredentials') return { grant_type: 'client_credentials' };
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertion(credentials, audience, now),
  };
}

/** A JWT signed with RS256 (RFC 7523). */
function assertion(
  { clientId, username, privateKey }: Extract<SalesforceCredentials, { kind: 'jwtBearer' }>,
  audience: string,
  now: Date,
): string {
  const expires = Math.floor(now.getTime() / 1000) + ASSERTION_SECONDS;
  const claims = { iss: clientId, sub: username, aud: audience, exp: expires };
  const text = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  } catch (error) {
    throw new SetupError(
      'The credential does not hold a private RSA key in PEM. Rotate it, or name the right file in SALESFORCE_JWT_KEY_FILE.',
      {
        cause: error,
      },
    );
  }
}
