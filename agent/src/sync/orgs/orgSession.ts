import type { OrgCredentials } from '../../rules/gates.ts';
import type { Names } from '../../rules/names.ts';
import type { Runtime } from '../../runtime.ts';
import { BillWriter } from '../../salesforce/billWriter.ts';
import type { SalesforceConnection } from '../../salesforce/connection.ts';
import { ControlPlane } from '../../salesforce/controlPlane.ts';
import { OrgMailbox } from '../../salesforce/email.ts';
import { orgFacts } from '../../salesforce/organization.ts';
import { OrgReader } from '../../salesforce/orgReader.ts';
import { detectNames } from '../../salesforce/prefix.ts';
import { BillLocks } from '../pushes/billLocks.ts';
import { AccountNews } from './accountNews.ts';
import { orgView, type OrgView, type ReadyIntegration } from './orgView.ts';
import { Pause } from './pause.ts';

/** An org that the agent is signed in to, and what it knows of it. */
export class OrgSession {
  readonly orgId: string;
  readonly credentialName: string;
  readonly connection: SalesforceConnection;
  readonly names: Names;
  readonly reader: OrgReader;
  readonly control: ControlPlane;
  readonly writer: BillWriter;
  readonly mailbox: OrgMailbox;
  /** IANA name. */
  readonly timeZone: string;
  readonly pause = new Pause();
  /** One at a time decides about a Bill and writes it, so that what the agent remembers of a Bill is what it wrote. */
  readonly writing = new BillLocks();
  readonly accountNews = new AccountNews();
  view: OrgView;
  /** Grows when the agent disables an integration: a look that began before may still show it enabled. */
  changes = 0;

  constructor(options: OrgSessionOptions) {
    const { orgId, credentialName, connection, names, timeZone, runtime } = options;
    this.orgId = orgId;
    this.credentialName = credentialName;
    this.connection = connection;
    this.names = names;
    this.timeZone = timeZone;
    this.reader = new OrgReader(connection, names);
    this.control = new ControlPlane(connection, names);
    this.writer = new BillWriter({ connection, names, reader: this.reader, pace: connection.pace, runtime });
    this.mailbox = new OrgMailbox(connection);
    this.view = orgView([], orgId, new Map(), new Date(0));
  }

  ready(integrationId: string): ReadyIntegration | undefined {
    return this.view.ready.find(({ integration }) => integration.id === integrationId);
  }

  /** The name of an integration that the org had when the agent last looked. */
  nameOf(integrationId: string): string | undefined {
    return this.view.all.find(({ id }) => id === integrationId)?.name;
  }

  /** Takes in what the agent itself has just changed or what it has just read. */
  look(all: OrgView['all'], credentials: OrgCredentials, readAt: Date): void {
    this.view = orgView(all, this.orgId, credentials, readAt);
  }
}

export interface OrgSessionOptions {
  readonly orgId: string;
  readonly credentialName: string;
  readonly connection: SalesforceConnection;
  readonly names: Names;
  readonly timeZone: string;
  readonly runtime: Runtime;
}

/**
 * Signs in to an org and learns what does not change.
 *
 * @throws {AuthenticationError | SetupError | SalesforceError} when the org refuses the agent, lacks the package, or
 *   cannot be reached
 */
export async function openOrgSession(
  credentialName: string,
  connection: SalesforceConnection,
  runtime: Runtime,
): Promise<OrgSession> {
  const orgId = await connection.orgId();
  const names = await detectNames(connection);
  const facts = await orgFacts(connection);
  const timeZone = isTimeZone(facts.timeZone) ? facts.timeZone : 'UTC';
  return new OrgSession({ orgId, credentialName, connection, names, timeZone, runtime });
}

/** Salesforce may know a zone that this Node.js does not. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
