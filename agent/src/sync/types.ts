import type { M3terClient } from '../m3ter/client.ts';
import type { SyncRequest } from '../salesforce/control/requests.ts';
import type { CredentialType } from '../rules/controlRecords.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { Runtime } from '../runtime.ts';
import type { SalesforceConnection } from '../salesforce/connection.ts';
import type { IntegrationRef, QueueDepth, Store } from '../store/types.ts';
import type { Notices } from './disabling.ts';
import type { OrgSession } from './orgs/orgSession.ts';

/** A Salesforce credential by which the agent can reach an org. */
export interface OrgCredential {
  /** The agent's name of it, which integrations choose. */
  readonly name: string;
  readonly type: CredentialType;
  readonly myDomain: string | null;
  /** Differs when the secret was replaced: then a new connection is made. */
  readonly revision: string;
  /** A connection that has not signed in yet; it stops with this runtime. */
  connect(runtime: Runtime): SalesforceConnection;
}

/** Carries out a person's request in the org, and writes its result. It is called for each NEW request once. */
export type RequestHandler = (request: SyncRequest, session: OrgSession) => Promise<void>;

export interface AgentSettings {
  readonly version: string;
  /** The same for every start of the same agent: the key of its heartbeat in each org. */
  readonly agentKey: string;
  readonly controlPollMs: number;
  readonly eventsPollMs: number;
  readonly hintWindowMs: number;
  /** Calls to one org that write at the same time at the most. */
  readonly lanes: number;
  /** Bills and Line Items from which on a backfill uses bulk jobs. */
  readonly bulkFromRecords: number;
  /** 0 to 23, in each org's time zone. */
  readonly reconcileHour: number;
  readonly retentionDays: number;
}

/** What the engine tells while it works; for metrics. Called often: must be quick and must not throw. */
export interface AgentHooks {
  /** What became of a Bill: sent, unchanged, skipped, waiting, failed, superseded, deleted, disabled, retrying. */
  onOutcome?(outcome: string, ref: IntegrationRef): void;
  /** Milliseconds from m3ter's change of a Bill to its arrival in Salesforce. */
  onSent?(lagMs: number, ref: IntegrationRef): void;
  /** An error by its class: authentication, setup, limit, unavailable, transient, badData, unexpected. */
  onError?(errorClass: string): void;
  /** A batch is over: its trigger, and milliseconds from its start to its end. */
  onRun?(trigger: RunTrigger, durationMs: number): void;
}

export interface AgentParts {
  readonly m3ter: M3terClient;
  readonly m3terOrgId: string;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly settings: AgentSettings;
  /** All Salesforce credentials; asked again and again, so that one that was added is used soon. */
  readonly credentials: () => Promise<readonly OrgCredential[]>;
  readonly requests?: RequestHandler;
  readonly notices?: Notices;
  readonly hooks?: AgentHooks;
}

/** What comes with a question to the agent beside what it asks. */
export interface Caller {
  /** Ends the waiting; work that was begun goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { what: string; done: number; total?: number }) => void;
}

/** What became of one Bill for one integration. */
export interface BillResult {
  readonly billId: string;
  readonly orgId: string;
  readonly integrationId: string;
  /** The name of the integration. */
  readonly integration: string;
  readonly runKey: string;
  /** sent, unchanged, skipped, waiting, failed, superseded, deleted, disabled, retrying */
  readonly outcome: string;
  /** The reason or error code. */
  readonly code: string | null;
  /** In words, with what to do. */
  readonly message: string;
  /** Of `sent`. */
  readonly lineItems: number;
}

export interface OrgHealth {
  /** The credential by which the org is reached. */
  readonly credential: string;
  readonly orgId: string | null;
  readonly isConnected: boolean;
  /** Why it is not connected, or why nothing is sent now; null when all is well. */
  readonly detail: string | null;
  readonly lastPoll: Date | null;
  /** Until when no calls are made because of a limit or a refused credential. */
  readonly pausedUntil: Date | null;
  readonly apiCallsUsed: number | null;
  readonly apiCallLimit: number | null;
  readonly apiBudget: number | null;
  readonly apiCalls: number;
}

export interface AgentHealth {
  readonly startedAt: Date | null;
  readonly orgs: readonly OrgHealth[];
  readonly queue: QueueDepth;
  readonly hints: number;
  readonly m3ter: { readonly lastEventsPoll: Date | null; readonly detail: string | null; readonly apiCalls: number };
}
