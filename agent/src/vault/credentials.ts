import type { Runtime } from '../runtime.ts';
import { hashSecret, isHashOf, makeSecret } from './apiClient.ts';
import {
  credentialOf,
  type Credential,
  type CredentialInfo,
  type CredentialKind,
  type CredentialOf,
  type SalesforceCredential,
} from './credential.ts';
import { checkDraft, CredentialError, secretOf, type CredentialDraft } from './draft.ts';
import type { Vault } from './vault.ts';

/** What was kept, and the secret of an apiClient that was made up: to be shown once. */
export interface Kept {
  readonly info: CredentialInfo;
  readonly madeSecret: string | undefined;
}

/** Tries a credential before it is kept; what it throws keeps the vault as it is. */
export type CredentialCheck = (credential: Credential) => Promise<unknown>;

export interface CredentialSettings {
  readonly environmentCredentials: readonly Credential[];
  /** Which organization of m3ter; without it no m3ter credential can be used. */
  readonly m3terOrgId: string | undefined;
}

const LIST = 'm3ter-bills credential list';

/** Every credential that the agent knows: those of the environment, which it cannot change, and those of the vault. */
export class Credentials {
  private readonly settings: CredentialSettings;
  private readonly vault: Vault;
  private readonly runtime: Pick<Runtime, 'now'>;
  /** Takes the time of a real check when a client is not known. */
  private nobody: Promise<string> | undefined;

  constructor(settings: CredentialSettings, vault: Vault, runtime: Pick<Runtime, 'now'>) {
    this.settings = settings;
    this.vault = vault;
    this.runtime = runtime;
  }

  /** By name, without secrets; needs no key. */
  async list(): Promise<CredentialInfo[]> {
    const kept = (await this.vault.list()).filter(({ name }) => !this.ofEnvironment(name));
    return [...this.environment.map(environmentInfo), ...kept].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /**
   * The credential of a name; the environment wins over the vault.
   *
   * @throws {CredentialError} when there is none, or it is m3ter's and the organization is not known
   */
  async get(name: string): Promise<Credential> {
    const credential = this.ofEnvironment(name) ?? (await this.vault.get(name));
    if (credential) {
      this.refuseUnknownOrganization(credential);
      return credential;
    }
    throw new CredentialError(`There is no credential ${name}. See: ${LIST}`);
  }

  /** Those that lead to Salesforce orgs, by name; maybe none. */
  async salesforce(): Promise<SalesforceCredential[]> {
    const kept = await this.vault.all('clientCredentials', 'jwtBearer', 'sfCli');
    return [...this.environment, ...kept.filter(({ name }) => !this.ofEnvironment(name))]
      .filter((one): one is SalesforceCredential => one.destination === 'SALESFORCE')
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /**
   * The one that leads to m3ter; the environment wins over the vault.
   *
   * @throws {CredentialError} when there is none, or the organization is not known
   */
  async m3ter(): Promise<CredentialOf<'m3terServiceUser'>> {
    const isM3ter = (one: Credential): one is CredentialOf<'m3terServiceUser'> => one.kind === 'm3terServiceUser';
    const [first, second] = this.environment.some(isM3ter)
      ? this.environment.filter(isM3ter)
      : (await this.vault.all('m3terServiceUser')).filter(isM3ter);
    if (first && !second) {
      this.refuseUnknownOrganization(first);
      return first;
    }
    throw new CredentialError(
      first && second
        ? `There are several m3ter credentials: ${first.name}, ${second.name}. Keep one: m3ter-bills credential remove NAME`
        : 'There is no m3ter credential. Set M3TER_ORG_ID, M3TER_API_KEY and M3TER_API_SECRET, or: ' +
            'm3ter-bills credential add NAME --type m3ter',
    );
  }

  /** The client of the Integrations API that the id and secret belong to, or undefined; takes the same time for both. */
  async apiClient(clientId: string, secret: string): Promise<CredentialInfo | undefined> {
    const found = (await this.vault.list()).find(
      ({ kind, details }) => kind === 'apiClient' && details['clientId'] === clientId,
    );
    const credential = found && (await this.vault.get(found.name));
    const hash = credential?.kind === 'apiClient' ? credential.secret.hash : undefined;
    this.nobody ??= hashSecret(makeSecret());
    const isRight = await isHashOf(hash ?? (await this.nobody), secret);
    return isRight && hash !== undefined ? found : undefined;
  }

  /**
   * Keeps a new credential.
   *
   * @throws {CredentialError} when it is not complete or there is one like it, and what `check` throws
   */
  async add(draft: CredentialDraft, check?: CredentialCheck): Promise<Kept> {
    const { credential, madeSecret } = await checkDraft(draft);
    this.refuseUnknownOrganization(credential);
    await this.refuseDouble(credential);
    await check?.(credential);
    return { info: await this.vault.put(credential, this.runtime.now()), madeSecret };
  }

  /**
   * Replaces the secret of a credential; of an apiClient by one that is made up when none is given.
   *
   * @throws {CredentialError} when it cannot be replaced, and what `check` throws
   */
  async rotate(
    name: string,
    change: { readonly secret?: string | undefined; readonly apiKey?: string | undefined },
    check?: CredentialCheck,
  ): Promise<Kept> {
    this.refuseEnvironment(name);
    const { kind, publicData } = await this.get(name);
    const { apiKey } = change;
    if (kind === 'sfCli') {
      throw new CredentialError(`The credential ${name} has no secret. Sign in anew: sf org login web --alias ALIAS`);
    }
    if (apiKey !== undefined && kind !== 'm3terServiceUser') {
      throw new CredentialError(`The credential ${name} (${kind}) has no API key. Give its secret alone.`);
    }
    const madeSecret = kind === 'apiClient' && change.secret === undefined ? makeSecret() : undefined;
    const secret = await secretOf(kind, name, madeSecret ?? change.secret);
    const changed = apiKey === undefined ? publicData : { ...publicData, apiKey };
    const credential = credentialOf<CredentialKind>(kind, name, changed, secret);
    await check?.(credential);
    return { info: await this.vault.put(credential, this.runtime.now()), madeSecret };
  }

  /**
   * Forgets a credential of the vault. Needs no key.
   *
   * @param usedBy names of the enabled integrations that use it: there must be none
   * @throws {CredentialError} when there is none or it is in use
   */
  async remove(name: string, usedBy: readonly string[] = []): Promise<void> {
    this.refuseEnvironment(name);
    if (usedBy.length > 0) {
      throw new CredentialError(
        `The credential ${name} is used by ${usedBy.join(', ')}. Disable or disconnect first, or add --force.`,
      );
    }
    if (!(await this.vault.remove(name))) throw new CredentialError(`There is no credential ${name}. See: ${LIST}`);
  }

  /**
   * Encrypts anew what the previous key of the vault encrypted. Call it when the agent starts.
   *
   * @returns how many credentials
   * @throws {VaultKeyError} when one was encrypted with a key that is not there
   */
  renewKeys(): Promise<number> {
    return this.vault.renew();
  }

  private get environment(): readonly Credential[] {
    return this.settings.environmentCredentials;
  }

  private refuseUnknownOrganization({ name, kind }: Credential): void {
    if (kind !== 'm3terServiceUser' || this.settings.m3terOrgId !== undefined) return;
    throw new CredentialError(
      `The m3ter credential ${name} needs an organization. Set M3TER_ORG_ID to the id of the m3ter organization.`,
    );
  }

  private ofEnvironment(name: string): Credential | undefined {
    return this.environment.find((credential) => isSame(credential.name, name));
  }

  private refuseEnvironment(name: string): void {
    if (!this.ofEnvironment(name)) return;
    throw new CredentialError(
      `The credential ${name} comes from the environment. Change its settings there and start the agent anew.`,
    );
  }

  private async refuseDouble({ name, kind, publicData }: Credential): Promise<void> {
    const known = await this.list();
    if (known.some((one) => isSame(one.name, name))) {
      throw new CredentialError(
        `There is a credential ${name} already. Replace its secret (m3ter-bills credential rotate ${name}) or choose ` +
          'another name.',
      );
    }
    const kept = known.filter((one) => one.source === 'vault' && one.kind === kind);
    const [other] = kept;
    if (kind === 'm3terServiceUser' && other) {
      throw new CredentialError(
        `There is the m3ter credential ${other.name} already, and an agent serves one m3ter organization. Replace its ` +
          `secret: m3ter-bills credential rotate ${other.name}`,
      );
    }
    if (kind === 'apiClient' && 'clientId' in publicData) {
      const same = kept.find(({ details }) => details['clientId'] === publicData.clientId);
      if (same) throw new CredentialError(`The client id belongs to ${same.name} already. Choose another.`);
    }
  }
}

/** Salesforce keeps the names in a field that does not tell upper from lower case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function environmentInfo({ name, kind, destination, publicData }: Credential): CredentialInfo {
  return { name, kind, destination, details: publicData, source: 'environment', createdAt: null, rotatedAt: null };
}
