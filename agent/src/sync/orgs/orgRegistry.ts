import { asError, errorMessage, sentence } from '../../errors.ts';
import type { CredentialInput } from '../../rules/controlRecords.ts';
import type { OrgCredentials } from '../../rules/gates.ts';
import type { Runtime } from '../../runtime.ts';
import type { SalesforceConnection } from '../../salesforce/connection.ts';
import type { FactStore } from '../../store/types.ts';
import { troubleOf, type Trouble } from '../failure.ts';
import { Mutex } from '../mutex.ts';
import { openOrgSession, type OrgSession } from './orgSession.ts';
import { Pause } from './pause.ts';
import type { OrgCredential } from '../types.ts';

/** A credential, and what came of signing in with it. */
interface Link {
  readonly credential: OrgCredential;
  readonly connection: SalesforceConnection;
  readonly pause: Pause;
  state: 'untried' | 'working' | 'rejected' | 'unreachable';
  error: Error | undefined;
  /** Known from an earlier sign-in even where the credential is refused now. */
  orgId: string | undefined;
  verifiedAt: Date | undefined;
  /** What the org was last told about it. */
  told: string | undefined;
}

/** A Salesforce credential, with the org that it leads to or why it leads to none. */
export type OrgState =
  | { readonly credentialName: string; readonly org: OrgSession }
  | { readonly credentialName: string; readonly error: Error };

export interface OrgRegistryOptions {
  readonly credentials: () => Promise<readonly OrgCredential[]>;
  readonly facts: FactStore;
  readonly runtime: Runtime;
}

/**
 * The orgs of all Salesforce credentials, one session for each org. An org that cannot be reached or refuses the agent
 * never stops the others; it is tried again, later each time.
 */
export class OrgRegistry {
  private readonly options: OrgRegistryOptions;
  private readonly links = new Map<string, Link>();
  private readonly sessions = new Map<string, OrgSession>();
  private readonly connecting = new Mutex();

  constructor(options: OrgRegistryOptions) {
    this.options = options;
  }

  get all(): readonly OrgSession[] {
    return [...this.sessions.values()];
  }

  session(orgId: string): OrgSession | undefined {
    return this.sessions.get(orgId);
  }

  /** The credentials that lead to an org. */
  credentialsOf(orgId: string): OrgCredentials {
    return new Map(
      [...this.links.values()]
        .filter((link) => link.orgId === orgId)
        .map((link) => [link.credential.name, link.state === 'rejected' ? 'rejected' : 'working']),
    );
  }

  /** What is known without asking anybody. */
  states(): OrgState[] {
    return [...this.links.values()].map((link) => {
      const credentialName = link.credential.name;
      const org = link.state === 'working' ? this.sessions.get(link.orgId ?? '') : undefined;
      const error = link.error ?? new Error(`The agent has not signed in with ${credentialName} yet. Try again.`);
      return org ? { credentialName, org } : { credentialName, error };
    });
  }

  /** All calls to the orgs so far. */
  get apiCalls(): number {
    return [...this.links.values()].reduce((sum, { connection }) => sum + connection.apiCalls, 0);
  }

  /**
   * Signs in where that has not happened yet, or did not work and may be tried again by now.
   *
   * @param isUrgent tries also what failed a moment ago
   * @returns the orgs that the agent is signed in to since this call
   */
  connect(isUrgent = false): Promise<OrgSession[]> {
    return this.connecting.run(async () => {
      await this.readCredentials();
      const tried = await Promise.all([...this.links.values()].map((link) => this.tryLink(link, isUrgent)));
      return tried.flatMap((session) => session ?? []);
    });
  }

  /** Notes what a call of a session came to: the org refuses its credential, or takes it again. */
  noteRefusal({ credentialName }: OrgSession, trouble: Trouble | undefined): void {
    const link = this.links.get(credentialName);
    if (!link) return;
    if (trouble?.kind === 'authentication') Object.assign(link, { state: 'rejected', error: trouble.error });
    else if (trouble === undefined) Object.assign(link, { state: 'working', error: undefined });
  }

  /** Tells an org which credentials lead to it, where that is news. */
  async tellCredentials(session: OrgSession): Promise<void> {
    const { runtime } = this.options;
    const links = [...this.links.values()].filter((link) => link.orgId === session.orgId && link.told !== tale(link));
    if (links.length === 0) return;
    const refusals = await session.control.upsertCredentials(links.map(toRow));
    for (const { code, message } of refusals) {
      runtime.logger.warn({ code }, `Salesforce refused to hold the name of a credential: ${message}`);
    }
    for (const link of links) link.told = tale(link);
  }

  private async readCredentials(): Promise<void> {
    const { credentials, facts, runtime } = this.options;
    const current = await credentials();
    const names = new Set(current.map(({ name }) => name));
    for (const [name, link] of this.links) {
      const replaced = current.find((each) => each.name === name && each.revision === link.credential.revision);
      if (!names.has(name) || !replaced) this.drop(name);
    }
    for (const credential of current.filter(({ name }) => !this.links.has(name))) {
      const orgId = await facts.get(orgFact(credential.name));
      this.links.set(credential.name, {
        credential,
        connection: credential.connect(runtime),
        pause: new Pause(),
        state: 'untried',
        error: undefined,
        orgId,
        verifiedAt: undefined,
        told: undefined,
      });
    }
  }

  private drop(name: string): void {
    this.links.delete(name);
    for (const [orgId, session] of this.sessions) if (session.credentialName === name) this.sessions.delete(orgId);
  }

  private async tryLink(link: Link, isUrgent: boolean): Promise<OrgSession | undefined> {
    const { runtime, facts } = this.options;
    const { credential, connection, pause } = link;
    if (link.state === 'working' && this.sessions.has(link.orgId ?? '')) return undefined;
    if (this.ownSession(credential.name)) return undefined;
    if (!isUrgent && pause.remaining(runtime.now()) > 0) return undefined;
    try {
      const session = await openOrgSession(credential.name, connection, runtime);
      if (link.orgId !== session.orgId) await facts.set(orgFact(credential.name), session.orgId);
      Object.assign(link, { state: 'working', error: undefined, orgId: session.orgId, verifiedAt: runtime.now() });
      pause.finish();
      // Two credentials may lead to the same org: the first one does the work.
      if (this.sessions.has(session.orgId)) return undefined;
      this.sessions.set(session.orgId, session);
      return session;
    } catch (error) {
      this.noteFailure(link, asError(error));
      return undefined;
    }
  }

  /** The session that works through this credential, if the agent signed in with it before. */
  private ownSession(name: string): OrgSession | undefined {
    return this.all.find(({ credentialName }) => credentialName === name);
  }

  private noteFailure(link: Link, error: Error): void {
    const { runtime } = this.options;
    if (runtime.signal.aborted) return;
    const trouble = troubleOf(error);
    link.state = trouble?.kind === 'authentication' ? 'rejected' : 'unreachable';
    link.error = error;
    if (!trouble) {
      runtime.logger.error(
        { err: error, credential: link.credential.name },
        'An error that was not foreseen at sign-in.',
      );
    }
    const now = runtime.now();
    link.pause.begin(trouble ?? { ...UNFORESEEN, error, message: error.message }, now);
    const seconds = Math.ceil(link.pause.remaining(now) / 1000);
    const { name } = link.credential;
    runtime.logger.error(
      { credential: name },
      `${sentence(errorMessage(error))} The agent tries again in ${seconds} s.`,
    );
  }
}

const UNFORESEEN = {
  kind: 'unavailable',
  side: 'salesforce',
  code: 'UNKNOWN',
  status: 'AWAITING_RETRY',
  retryAfter: undefined,
} as const;

function orgFact(credentialName: string): string {
  return `org of credential ${credentialName}`;
}

function tale({ state, error }: Link): string {
  return `${state} ${error?.message ?? ''}`;
}

function toRow({ credential, state, error, verifiedAt }: Link): CredentialInput {
  return {
    key: credential.name,
    type: credential.type,
    destination: 'SALESFORCE',
    myDomain: credential.myDomain,
    status: state === 'rejected' ? 'REJECTED' : state === 'working' ? 'WORKING' : 'UNTESTED',
    statusMessage: error ? errorMessage(error) : null,
    ...(verifiedAt ? { verifiedAt } : {}),
  };
}
