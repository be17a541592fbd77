import { errorMessage, SetupError } from '../errors.ts';
import { SalesforceAuthenticationError } from './errors.ts';
import type { SalesforceSession } from './session.ts';

/** The part of @salesforce/core that is used. */
export interface SalesforceCore {
  readonly Org: {
    create(options: { aliasOrUsername: string }): Promise<{
      refreshAuth(): Promise<unknown>;
      getOrgId(): string;
      getConnection(): {
        readonly accessToken?: string | null | undefined;
        readonly instanceUrl: string;
        getAuthInfoFields(): { readonly userId?: string };
      };
    }>;
  };
  readonly StateAggregator: { clearInstanceAsync(): Promise<void> };
}

/**
 * A session of the user that the Salesforce CLI is signed in as, renewed the way the CLI renews it.
 *
 * @param alias an alias or user name of `sf org list`
 * @throws {SetupError} when @salesforce/core is not installed, or the CLI does not know the alias
 * @throws {SalesforceAuthenticationError} when the org refuses what the CLI holds
 */
export async function signInBySfCli(
  alias: string,
  load: () => Promise<SalesforceCore> = loadCore,
): Promise<SalesforceSession> {
  const core = await load();
  // Somebody may have signed in again since the files were read.
  await core.StateAggregator.clearInstanceAsync();
  const org = await core.Org.create({ aliasOrUsername: alias }).catch((error: unknown) => {
    throw new SetupError(
      `The Salesforce CLI is not signed in to an org ${alias}: ${errorMessage(error)}. See: sf org list`,
      { cause: error },
    );
  });
  try {
    await org.refreshAuth();
  } catch (error) {
    throw new SalesforceAuthenticationError(
      `The org refuses the Salesforce CLI's sign-in ${alias}: ${errorMessage(error)}. ` +
        `Sign in again: sf org login web --alias ${alias}`,
      { cause: error },
    );
  }
  const connection = org.getConnection();
  return {
    origin: connection.instanceUrl,
    accessToken: connection.accessToken ?? '',
    orgId: org.getOrgId(),
    userId: connection.getAuthInfoFields().userId ?? '',
  };
}

async function loadCore(): Promise<SalesforceCore> {
  try {
    return (await import('@salesforce/core')) as unknown as SalesforceCore;
  } catch (error) {
    throw new SetupError(
      'A credential of type sf needs the package @salesforce/core. Install it beside the agent: ' +
        'npm install @salesforce/core',
      { cause: error },
    );
  }
}
