import { chunks } from '../chunks.ts';
import {
  credentialRecord,
  requestResultRecord,
  type CredentialInput,
  type IntegrationChange,
  type RequestResult,
} from '../rules/controlRecords.ts';
import type { Names } from '../rules/names.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import { refusalError, type Refusal } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { changeIntegration, createIntegration, deleteIntegration, readIntegration } from './control/changes.ts';
import { claimRequests } from './control/claims.ts';
import { eventsQuery, toEvent, type EventFilter, type EventRow } from './control/events.ts';
import { integrationsQuery, toIntegration, type ConfiguredIntegration } from './control/integrations.ts';
import { toPage, type Page } from './control/paging.ts';
import { poll, type Poll, type PollWish } from './control/poll.ts';
import {
  openChildRunsQuery,
  runsQuery,
  toChildRunKey,
  toRun,
  unendedRunsQuery,
  type ChildRunKey,
  type RunFilter,
  type RunRow,
} from './control/runs.ts';
import { RecordWrites, update, upserts } from './control/writes.ts';
import { queryAll } from './soql.ts';

export type { ConfiguredIntegration } from './control/integrations.ts';

/** Keeps a query's URL below Salesforce's 16 kB with keys of batches. */
const RUN_KEYS_PER_QUERY = 150;

/** Records about the agent's work. A parent Run is written before its children, children before Events. */
export interface Journal {
  readonly parentRuns?: readonly SalesforceRecord[];
  readonly childRuns?: readonly SalesforceRecord[];
  readonly events?: readonly SalesforceRecord[];
  /** Fields of Integration Configurations, by record id. */
  readonly integrations?: ReadonlyMap<string, SalesforceRecord>;
}

/**
 * The part of the org that controls the agent and that the agent reports to. Every method throws `SalesforceError` and
 * the other errors of `SalesforceConnection.request` when the org cannot be asked.
 */
export class ControlPlane {
  private readonly connection: SalesforceCalls;
  private readonly names: Names;
  private readonly writes: RecordWrites;

  constructor(connection: SalesforceCalls, names: Names) {
    this.connection = connection;
    this.names = names;
    this.writes = new RecordWrites(connection);
  }

  /** Configurations, requests and, when wanted, changed Accounts: one call, with the heartbeat in it. */
  poll(wish: PollWish): Promise<Poll> {
    return poll(this.connection, this.names, wish);
  }

  /** Every integration for Bills that the org has, enabled or not, in order of name. */
  async readIntegrations(): Promise<ConfiguredIntegration[]> {
    const rows = await queryAll(this.connection, integrationsQuery(this.names));
    return rows.map((row) => toIntegration(row, this.names));
  }

  /** One integration; undefined when the org has none of this id. */
  integration(id: string): Promise<ConfiguredIntegration | undefined> {
    return readIntegration(this.connection, this.names, id);
  }

  /**
   * Changes an integration and gives it as it is then; undefined when there is none of this id.
   *
   * @param version the one that the change is based on; left out: whatever is there is changed
   * @throws {VersionConflictError} when it was changed since that version
   */
  updateIntegration(
    id: string,
    change: IntegrationChange,
    version?: number,
  ): Promise<ConfiguredIntegration | undefined> {
    return changeIntegration(this.connection, this.names, id, change, version);
  }

  /** Makes an integration for Bills. Without `enabled` it is disabled. */
  createIntegration(change: IntegrationChange & { readonly name: string }): Promise<ConfiguredIntegration> {
    return createIntegration(this.connection, this.names, change);
  }

  /** Deletes an integration; false when there was none of this id. */
  deleteIntegration(id: string): Promise<boolean> {
    return deleteIntegration(this.connection, this.names, id);
  }

  /**
   * Takes NEW requests, so that no other agent works on them, and gives the ids of those that this agent has now.
   *
   * @param claim tells this agent and this attempt from every other one
   */
  claimRequests(ids: readonly string[], claim: string, now: Date): Promise<Set<string>> {
    return claimRequests(this.connection, this.names, ids, claim, now);
  }

  /** Gives RUNNING requests back, so that they are taken anew. For those whose agent came to its end. */
  async releaseRequests(ids: readonly string[]): Promise<Refusal[]> {
    const { request } = this.names;
    const record = { [request.Status__c]: 'NEW', [request.Started__c]: null, [request.Result_Data__c]: null };
    return this.writes.send(update('released', request.object, new Map(ids.map((id) => [id, record]))));
  }

  /** Writes how a request ended. Throws `SalesforceError` when the org refuses it. */
  async writeRequest(id: string, result: RequestResult): Promise<void> {
    const { request } = this.names;
    const record = requestResultRecord(result, this.names);
    const [refusal] = await this.writes.send(update('request', request.object, new Map([[id, record]])));
    if (refusal) throw refusalError('the result of a request', refusal);
  }

  /** Tells the org which credentials the agent has, by their names; no secrets. */
  upsertCredentials(credentials: readonly CredentialInput[]): Promise<Refusal[]> {
    const { object, Credential_Key__c } = this.names.credential;
    const records = credentials.map((each) => credentialRecord(each, this.names));
    return this.writes.send(upserts('credentials', object, Credential_Key__c, records));
  }

  /** Runs by when they were made, newest first. */
  async runs(filter: RunFilter): Promise<Page<RunRow>> {
    const rows = await queryAll(this.connection, runsQuery(filter, this.names));
    return toPage(
      rows.map((row) => toRun(row, this.names)),
      filter,
    );
  }

  /** One Run by record id, name or key. */
  async run(idOrKey: string): Promise<RunRow | undefined> {
    const byId = await this.runs({ ids: [idOrKey], limit: 1 });
    return byId.rows[0] ?? (await this.runs({ keys: [idOrKey], limit: 1 })).rows[0];
  }

  /** The Runs of Bills that are not at their end, below the Runs of these batches. */
  async openChildRuns(parentKeys: readonly string[]): Promise<ChildRunKey[]> {
    const open: ChildRunKey[] = [];
    for (const some of chunks(parentKeys, RUN_KEYS_PER_QUERY)) {
      const rows = await queryAll(this.connection, openChildRunsQuery(some, this.names));
      open.push(...rows.map((row) => toChildRunKey(row, this.names)));
    }
    return open;
  }

  /** The keys of batches with a Run that is not at its end: that of the batch itself (`own`), or of one of its Bills. */
  async unendedRuns(): Promise<{ own: ReadonlySet<string>; all: ReadonlySet<string> }> {
    const rows = await queryAll(this.connection, unendedRunsQuery(this.names));
    const keys = rows.map((row) => toChildRunKey(row, this.names));
    const own = keys.flatMap(({ key, parentKey }) => (parentKey === '' ? [key] : []));
    return { own: new Set(own), all: new Set(keys.map(({ key, parentKey }) => parentKey || key)) };
  }

  /** Events by when they were made, newest first. */
  async events(filter: EventFilter): Promise<Page<EventRow>> {
    const rows = await queryAll(this.connection, eventsQuery(filter, this.names));
    return toPage(
      rows.map((row) => toEvent(row, this.names)),
      filter,
    );
  }

  /** Marks Events as acted on, by record id. */
  actionEvents(ids: readonly string[], now: Date): Promise<Refusal[]> {
    const { object, Actioned__c, Actioned_At__c } = this.names.event;
    const record = { [Actioned__c]: true, [Actioned_At__c]: now.toISOString() };
    return this.writes.send(update('actioned', object, new Map(ids.map((id) => [id, record]))));
  }

  /**
   * Writes what is given, in one call where it fits. What the org refuses does not undo the rest and is returned.
   * Every record has a key, so that writing again changes nothing.
   */
  write(journal: Journal): Promise<Refusal[]> {
    const { run, event, integration } = this.names;
    return this.writes.send([
      ...upserts('parents', run.object, run.Run_Key__c, journal.parentRuns),
      ...upserts('children', run.object, run.Run_Key__c, journal.childRuns),
      ...upserts('events', event.object, event.Event_Key__c, journal.events),
      ...update('integrations', integration.object, journal.integrations ?? new Map<string, SalesforceRecord>()),
    ]);
  }

  /** Marks Bills by their record ids as deleted in m3ter. One that the org does not have any more is passed over. */
  markDeleted(recordIds: readonly string[]): Promise<Refusal[]> {
    const { object, Deleted_In_M3ter__c } = this.names.bill;
    const record = { [Deleted_In_M3ter__c]: true };
    return this.writes.send(update('deleted', object, new Map(recordIds.map((id) => [id, record]))));
  }
}
