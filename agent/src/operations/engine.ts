import type { M3terClient } from '../m3ter/client.ts';
import type { DraftRules } from '../rules/integration.ts';
import type { Names } from '../rules/names.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { Runtime } from '../runtime.ts';
import type { SalesforceConnection } from '../salesforce/connection.ts';
import type { ControlPlane } from '../salesforce/controlPlane.ts';
import type { OrgReader } from '../salesforce/orgReader.ts';
import type { IntegrationRef, Store } from '../store/types.ts';
import type { Caller } from './operations.ts';
import type { BillResult, DryRunBill, SyncReport, SyncResult } from './shapes.ts';

/** Bill dates as YYYY-MM-DD, both included. */
export interface BackfillRange {
  readonly from: string;
  readonly to: string;
}

export interface DryRunWish {
  /** At most so many Bills are told one by one. */
  readonly limit: number;
  /** Of the integrations that are named: as if they had these settings. */
  readonly settings?: DraftRules | undefined;
}

export interface BackfillResult {
  readonly plan: {
    readonly bills: number;
    readonly toSend: number;
    readonly lineItems: number;
    readonly way: 'composite' | 'bulk';
    readonly calls: { readonly salesforce: number; readonly m3ter: number };
    readonly seconds: number;
  };
  /** Null for a preview. */
  readonly report: SyncReport | null;
  readonly apiCalls: { readonly salesforce: number; readonly m3ter: number };
  readonly isComplete: boolean;
}

/** An org that the agent is signed in to. */
export interface OrgAccess {
  readonly orgId: string;
  readonly credentialName: string;
  readonly connection: Pick<SalesforceConnection, 'request' | 'retrying' | 'usage' | 'origin' | 'userId'>;
  readonly names: Names;
  readonly reader: Pick<OrgReader, 'find'>;
  readonly control: Pick<
    ControlPlane,
    | 'readIntegrations'
    | 'updateIntegration'
    | 'runs'
    | 'run'
    | 'events'
    | 'actionEvents'
    | 'upsertCredentials'
    | 'writeRequest'
  >;
  readonly timeZone: string;
  /** What keeps the agent from calling the org now. */
  readonly pause: { readonly reason: { readonly message: string } | undefined };
}

/** A Salesforce credential, with the org that it leads to or why it leads to none. */
export type OrgState =
  | { readonly credentialName: string; readonly org: OrgAccess }
  | { readonly credentialName: string; readonly error: Error };

/** What operations take from the engine; `Agent` of sync/agent.ts offers it. */
export interface Engine {
  readonly store: Pick<Store, 'kind' | 'url' | 'queue' | 'states' | 'batches' | 'errors'>;
  readonly runtime: Runtime;
  readonly m3ter: Pick<
    M3terClient,
    | 'getBill'
    | 'statementAddress'
    | 'getAccounts'
    | 'listAccounts'
    | 'listExternalMappings'
    | 'createExternalMapping'
    | 'probe'
  >;
  readonly m3terOrgId: string;
  /** Set while the triggers run; null in a process that only does one thing. */
  readonly startedAt: Date | null;
  /** Signs in to every org where that has not happened yet. */
  orgs(): Promise<readonly OrgState[]>;
  /** What is known of the orgs without asking them. */
  knownOrgs(): readonly OrgState[];
  /** Names of integrations by record id, as last read. */
  integrationNames(): ReadonlyMap<string, string>;
  /** Opens a batch per integration with a full scan, tries again what failed, and waits for the end. */
  sync(refs: readonly IntegrationRef[] | null, trigger: RunTrigger, caller?: Caller): Promise<SyncResult>;
  /**
   * Sends Bills again though nothing changed, in one new batch, and waits for the end. Rules still apply.
   *
   * @param replayedFrom the key of the Run that is sent again
   */
  push(
    ref: IntegrationRef,
    billIds: readonly string[],
    replayedFrom: string | null,
    caller?: Caller,
  ): Promise<{ readonly runKey: string | null; readonly results: readonly BillResult[] }>;
  /** What a full scan and its pushes would do; writes nothing. */
  dryRun(
    refs: readonly IntegrationRef[] | null,
    wish: DryRunWish,
    caller?: Caller,
  ): Promise<{
    readonly result: SyncResult;
    readonly letThrough: { readonly newly: number; readonly noLonger: number } | null;
    readonly bills: readonly DryRunBill[];
  }>;
  /** Sends the Bills of a range of bill dates, or tells what that would take, and waits for the end. */
  backfill(
    ref: IntegrationRef,
    range: BackfillRange,
    way: 'preview' | 'any' | 'composite',
    caller?: Caller,
  ): Promise<BackfillResult>;
  /** Has a backfill stop after what is under way. False when none is unfinished. */
  pauseBackfill(ref: IntegrationRef): Promise<boolean>;
  /** Looks again at the Bills that wait for this m3ter Account, because it was mapped. */
  mappingAppeared(m3terAccountId: string): Promise<void>;
  /** Looks at the integrations of an org anew at once, because one was changed. */
  refresh(orgId: string): Promise<void>;
}
