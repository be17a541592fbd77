import { Org } from '@salesforce/core';

/** Where an org is, and how somebody is signed in to it. */
export interface SignedIn {
  instanceUrl: string;
  accessToken: string;
  /** The newest that the org has, such as `67.0`. */
  version: string;
}

/**
 * Signs in as the Salesforce CLI does for an alias or username; a session that has ended is renewed where it can be.
 *
 * @throws when the CLI knows no such org, or the org cannot be reached.
 */
export async function signIn(aliasOrUsername: string): Promise<SignedIn> {
  const org = await Org.create({ aliasOrUsername });
  await org.refreshAuth();
  const connection = org.getConnection();
  const { instanceUrl, accessToken } = connection.getConnectionOptions();
  if (!instanceUrl || !accessToken) {
    throw new Error(`The CLI keeps no session for ${aliasOrUsername}. Sign in again, such as by: sf org login web`);
  }
  return { instanceUrl, accessToken, version: await connection.retrieveMaxApiVersion() };
}
