import type { Runtime } from '../runtime.ts';
import { signInError } from './callErrors.ts';
import { tokenParameters, type SalesforceCredentials } from './credentials.ts';
import { SalesforceSetupError } from './errors.ts';
import { isLocal, salesforceOrigin } from './hosts.ts';
import { signInBySfCli } from './sfCli.ts';

/** What calls to an org need. The token is a secret: never log a session. */
export interface SalesforceSession {
  /** Where the org is reached: `https://HOST`. */
  readonly origin: string;
  readonly accessToken: string;
  /** 18 characters. */
  readonly orgId: string;
  /** Of the user that the agent works as; empty when signing in did not tell. */
  readonly userId: string;
}

/** By what and where the agent signs in. */
export interface SignIn {
  /** The My Domain URL; `sfCli` knows it by itself. */
  readonly loginUrl?: string;
  readonly credentials: SalesforceCredentials;
}

/**
 * Checks what can be checked without a call.
 *
 * @throws {SetupError} when the login URL is none
 */
export function checkedSignIn({ loginUrl, credentials }: SignIn): SignIn {
  if (credentials.kind === 'sfCli') return { credentials };
  return { credentials, loginUrl: salesforceOrigin(loginUrl ?? '', 'SALESFORCE_LOGIN_URL') };
}

/**
 * Signs in.
 *
 * @param timeout milliseconds, because jsforce cannot time a sign-in out
 * @throws {SalesforceAuthenticationError} when the org refuses the credentials
 * @throws {SetupError} when the credentials cannot be used as they are, or the org's address is none of Salesforce's
 * @throws {SalesforceError} of class transient when the org cannot be reached
 */
export async function signIn(
  { credentials, loginUrl = '' }: SignIn,
  runtime: Pick<Runtime, 'now'>,
  timeout: number,
): Promise<SalesforceSession> {
  const session =
    credentials.kind === 'sfCli'
      ? await inTime(signInBySfCli(credentials.alias), timeout)
      : await signInByOAuth(loginUrl, credentials, runtime, timeout);
  return { ...session, origin: salesforceOrigin(session.origin, 'The instance URL of the org,') };
}

async function signInByOAuth(
  loginUrl: string,
  credentials: Exclude<SalesforceCredentials, { kind: 'sfCli' }>,
  runtime: Pick<Runtime, 'now'>,
  timeout: number,
): Promise<SalesforceSession> {
  const { clientId } = credentials;
  const clientSecret = credentials.kind === 'clientCredentials' ? credentials.clientSecret : undefined;
  // Loaded when it is needed: a command that a running agent carries out begins sooner.
  const { default: jsforce } = await import('jsforce');
  const connection = new jsforce.Connection({
    loginUrl,
    oauth2: { loginUrl, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) },
  });
  const parameters = tokenParameters(credentials, loginUrl, runtime.now());
  try {
    await inTime(connection.authorize(parameters), timeout);
  } catch (error) {
    throw signInError(error, loginUrl);
  }
  const origin = URL.parse(connection.instanceUrl);
  if (origin && isLocal(origin) && !isLocal(new URL(loginUrl))) {
    throw new SalesforceSetupError(`Salesforce named ${origin.origin} as the org's address. Check the login URL.`);
  }
  return {
    origin: connection.instanceUrl,
    accessToken: connection.accessToken ?? '',
    orgId: connection.userInfo?.organizationId ?? '',
    userId: connection.userInfo?.id ?? '',
  };
}

function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const timeout = AbortSignal.timeout(milliseconds);
  return new Promise((resolve, reject) => {
    timeout.addEventListener('abort', () => reject(new DOMException('no answer in time', 'AbortError')));
    work.then(resolve, reject);
  });
}
