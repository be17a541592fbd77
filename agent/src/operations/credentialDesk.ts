import { AuthenticationError, errorCode, errorMessage } from '../errors.ts';
import type { CredentialInput, CredentialStatus, CredentialType } from '../rules/controlRecords.ts';
import type { Runtime } from '../runtime.ts';
import type {
  Credential,
  CredentialInfo,
  CredentialKind,
  CredentialOf,
  SalesforceCredential,
} from '../vault/credential.ts';
import type { Credentials } from '../vault/credentials.ts';
import type { OrgState } from './engine.ts';
import type { CredentialTest } from './shapes.ts';

/** Signs in anew, so that what was found out before does not count. Throws what the sign-in throws. */
export interface SignIn {
  /** @returns the org's id */
  salesforce(credential: SalesforceCredential): Promise<string>;
  m3ter(credential: CredentialOf<'m3terServiceUser'>): Promise<void>;
}

/** The org's words for kinds of credentials; an apiClient is none of its business. */
export const TYPE_IN_ORG = {
  clientCredentials: 'OAUTH_CLIENT_CREDENTIALS',
  jwtBearer: 'OAUTH_JWT_BEARER',
  sfCli: 'SF_CLI',
  m3terServiceUser: 'M3TER_SERVICE_USER',
  apiClient: undefined,
} as const satisfies Record<CredentialKind, CredentialType | undefined>;

const STATUS_IN_ORG: Readonly<Record<CredentialTest['status'], CredentialStatus>> = {
  working: 'WORKING',
  rejected: 'REJECTED',
  failed: 'UNTESTED',
};

interface Parts {
  readonly credentials: Credentials;
  readonly signIn: SignIn;
  readonly runtime: Runtime;
  readonly knownOrgs: () => readonly OrgState[];
}

/** Tests credentials, and tells the orgs their name, type and status; never more. */
export class CredentialDesk {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * Signs in with the credential of a name, and tells the orgs what came of it.
   *
   * @throws {CredentialError} when there is none
   */
  async test(name: string): Promise<CredentialTest> {
    const test = await this.try(await this.parts.credentials.get(name));
    await this.publish(name, test);
    return test;
  }

  /** Signs in with a credential, kept or not. Never throws: the answer says what went wrong. */
  async try(credential: Credential): Promise<CredentialTest> {
    const { signIn, runtime } = this.parts;
    const answer = (status: CredentialTest['status'], message: string, orgId: string | null = null) => ({
      credential: credential.name,
      status,
      message,
      orgId,
      testedAt: runtime.now().toISOString(),
    });
    try {
      if (credential.kind === 'apiClient')
        return answer('working', 'It signs in to the agent; there is nothing to test.');
      if (credential.kind === 'm3terServiceUser') {
        await signIn.m3ter(credential);
        return answer('working', 'Signed in to m3ter.');
      }
      const orgId = await signIn.salesforce(credential);
      return answer('working', `Signed in to org ${orgId}.`, orgId);
    } catch (error) {
      return answer(error instanceof AuthenticationError ? 'rejected' : 'failed', errorMessage(error));
    }
  }

  /** Tells the orgs that it concerns what a test of a credential came to. */
  async publish(name: string, test: CredentialTest): Promise<void> {
    const info = await this.infoOf(name);
    const { status, message, testedAt, orgId } = test;
    if (!info) return;
    const verified = status === 'working' ? { verifiedAt: new Date(testedAt) } : {};
    await this.tell(info, orgId, { status: STATUS_IN_ORG[status], statusMessage: message, ...verified });
  }

  /** Tells the orgs that it concerns that the agent has forgotten a credential. */
  async publishRemoval(info: CredentialInfo): Promise<void> {
    const statusMessage = 'The agent does not have this credential any more.';
    await this.tell(info, null, { status: 'UNTESTED', statusMessage });
  }

  private async infoOf(name: string): Promise<CredentialInfo | undefined> {
    return (await this.parts.credentials.list()).find((each) => each.name === name);
  }

  /** Tells the credential's own org; of m3ter's every org. One that cannot be told does not matter. */
  private async tell(
    info: CredentialInfo,
    orgId: string | null,
    news: Pick<CredentialInput, 'status' | 'statusMessage' | 'verifiedAt'>,
  ): Promise<void> {
    const { knownOrgs, runtime } = this.parts;
    const type = TYPE_IN_ORG[info.kind];
    if (type === undefined || info.destination === 'AGENT') return;
    const { name: key, destination, details } = info;
    const record: CredentialInput = { key, type, destination, myDomain: details['loginUrl'] ?? null, ...news };
    const orgs = knownOrgs()
      .filter((state) => 'org' in state)
      .filter(({ org, credentialName }) => destination === 'M3TER' || org.orgId === orgId || credentialName === key);
    for (const { control, orgId: told } of new Set(orgs.map(({ org }) => org))) {
      const refusals = await control
        .upsertCredentials([record])
        .catch((error: unknown) => [{ code: errorCode(error), message: errorMessage(error) }]);
      for (const { code, message } of refusals) {
        runtime.logger.warn({ code, orgId: told }, `Salesforce was not told about a credential: ${message}`);
      }
    }
  }
}
