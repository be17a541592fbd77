import { credentialOf, type Credential } from '../vault/credential.ts';
import { attempt, type Secrets } from './gather.ts';
import { readSecretFile } from './secrets.ts';
import type { PlainSettings } from './settings.ts';

/** The name of m3ter's credential when it comes from the environment; names are unique over all credentials. */
const M3TER_NAME = 'environment-m3ter';

/**
 * The credentials that the environment gives as a whole. None at all is no problem, because the vault may hold some;
 * one that is given by half is.
 */
export function environmentCredentials(settings: PlainSettings, secrets: Secrets, problems: string[]): Credential[] {
  return [m3terCredential(settings, secrets, problems), salesforceCredential(settings, secrets, problems)].filter(
    (credential) => credential !== undefined,
  );
}

function m3terCredential(
  { m3terOrgId }: PlainSettings,
  { m3terApiKey: apiKey, m3terApiSecret: apiSecret }: Secrets,
  problems: string[],
): Credential | undefined {
  if (apiKey === undefined && apiSecret === undefined) return undefined;
  const missing = [
    ...(m3terOrgId === undefined ? ['M3TER_ORG_ID'] : []),
    ...(apiKey === undefined ? ['M3TER_API_KEY'] : []),
    ...(apiSecret === undefined ? ['M3TER_API_SECRET'] : []),
  ];
  problems.push(...missing.map((variable) => `${variable} is missing: ${together('m3ter')}`));
  if (apiKey === undefined || apiSecret === undefined) return undefined;
  return credentialOf('m3terServiceUser', M3TER_NAME, { apiKey }, { apiSecret });
}

/** JWT bearer where a user or key is named, else client credentials. */
function salesforceCredential(
  settings: PlainSettings,
  { salesforceClientSecret: clientSecret }: Secrets,
  problems: string[],
): Credential | undefined {
  const { salesforceLoginUrl: loginUrl, salesforceClientId: clientId } = settings;
  const { salesforceUsername: username, salesforceJwtKeyFile: keyFile, salesforceCredentialName: name } = settings;
  const isJwt = username !== undefined || keyFile !== undefined;
  if (!isJwt && [loginUrl, clientId, clientSecret].every((part) => part === undefined)) return undefined;
  if (name.toLowerCase() === M3TER_NAME) problems.push(`SALESFORCE_CREDENTIAL_NAME is ${name}. Choose another name.`);
  const missing = [
    ...(loginUrl === undefined ? ['SALESFORCE_LOGIN_URL'] : []),
    ...(clientId === undefined ? ['SALESFORCE_CLIENT_ID'] : []),
    ...(isJwt && username === undefined ? ['SALESFORCE_USERNAME'] : []),
    ...(isJwt && keyFile === undefined ? ['SALESFORCE_JWT_KEY_FILE'] : []),
    ...(!isJwt && clientSecret === undefined ? ['SALESFORCE_CLIENT_SECRET (or _FILE)'] : []),
  ];
  problems.push(...missing.map((variable) => `${variable} is missing: ${together(isJwt ? 'jwt' : 'client')}`));
  let privateKey: string | undefined;
  if (keyFile !== undefined) {
    attempt(() => (privateKey = readSecretFile(keyFile)), problems, 'SALESFORCE_JWT_KEY_FILE');
  }
  if (loginUrl === undefined || clientId === undefined) return undefined;
  if (username !== undefined && privateKey !== undefined) {
    return credentialOf('jwtBearer', name, { loginUrl, clientId, username }, { privateKey });
  }
  if (isJwt || clientSecret === undefined) return undefined;
  return credentialOf('clientCredentials', name, { loginUrl, clientId }, { clientSecret });
}

function together(what: 'm3ter' | 'client' | 'jwt'): string {
  const parts = {
    m3ter: 'M3TER_ORG_ID, M3TER_API_KEY and M3TER_API_SECRET',
    client: 'SALESFORCE_LOGIN_URL, SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET',
    jwt: 'SALESFORCE_LOGIN_URL, SALESFORCE_CLIENT_ID, SALESFORCE_USERNAME and SALESFORCE_JWT_KEY_FILE',
  };
  return `${parts[what]} go together. Set it, or take the others out and use: m3ter-bills credential add`;
}
