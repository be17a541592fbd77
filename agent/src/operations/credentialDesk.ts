import { AuthenticationError, errorMessage } from '../errors.ts';
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

  /** Tells the orgs that it concerns about a credential: its own org, or of m3ter's every one. */
  async publish(name: string, test: CredentialTest): Promise<void> {
    const { credentials, knownOrgs, runtime } = this.parts;
    const info = (await credentials.list()).find((each) => each.name === name);
    const record = info && recordOf(info, test);
    if (!record) return;
    const told = new Set<string>();
    for (const state of knownOrgs()) {
      if ('error' in state || told.has(state.org.orgId)) continue;
      const isItsOrg =
        info.destination === 'M3TER' || [test.orgId, null].includes(state.org.orgId) || state.credentialName === name;
      if (!isItsOrg) continue;
      told.add(state.org.orgId);
      const refusals = await state.org.control
        .upsertCredentials([record])
        .catch((error: unknown) => [{ code: 'NOT_TOLD', message: errorMessage(error) }]);
      for (const { code, message } of refusals) {
        runtime.logger.warn({ code, orgId: state.org.orgId }, `Salesforce was not told about a credential: ${message}`);
      }
    }
  }
}

function recordOf(info: CredentialInfo, { status, message, testedAt }: CredentialTest): CredentialInput | undefined {
  const type = TYPE_IN_ORG[info.kind];
  if (type === undefined || info.destination === 'AGENT') return undefined;
  return {
    key: info.name,
    type,
    destination: info.destination,
    myDomain: info.details['loginUrl'] ?? null,
    status: STATUS_IN_ORG[status],
    statusMessage: message,
    ...(status === 'working' ? { verifiedAt: new Date(testedAt) } : {}),
  };
}
