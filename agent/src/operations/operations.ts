import Type, { type Static } from 'typebox';
import { DraftSettings } from './draftSettings.ts';
import {
  ApiCalls,
  Batch,
  BillResult,
  Check,
  Credential,
  CredentialTest,
  DryRunBill,
  Event,
  Idle,
  Integration,
  maybe,
  QueueDepth,
  Run,
  SyncReport,
  SyncResult,
  UnmatchedAccount,
} from './shapes.ts';

const closed = <T extends Type.TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });
const text = Type.String({ minLength: 1 });
const option = <T extends Type.TSchema>(schema: T) => Type.Optional(schema);
const count = Type.Integer({ minimum: 0 });
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const limit = option(Type.Integer({ minimum: 1, maximum: 2000, description: 'At most so many; default 50' }));
/** The org by its id or by the name of the credential that reaches it; needed only where a name fits several. */
const org = option(text);
/** An integration by its name or record id. */
const integration = text;
const since = option(Type.String({ description: 'Not older than this; ISO 8601' }));

/**
 * Everything that people can ask of the agent: by command line, by the server's `POST /operations/NAME`, and by
 * requests in the org. Input and output are JSON.
 */
export const OPERATIONS = {
  status: {
    says: 'The agent, its orgs, its queue, its last batches, and Bills by status',
    input: closed({}),
    output: Type.Object({
      agent: Type.Object({
        version: Type.String(),
        isRunning: Type.Boolean(),
        startedAt: maybe(Type.String()),
        processId: maybe(Type.Integer()),
      }),
      store: Type.Object({ kind: Type.String(), url: Type.String() }),
      m3terOrgId: maybe(Type.String()),
      orgs: Type.Array(
        Type.Object({
          credential: Type.String(),
          orgId: maybe(Type.String()),
          isConnected: Type.Boolean(),
          detail: maybe(Type.String()),
          apiCallsUsed: maybe(count),
          apiCallLimit: maybe(count),
          apiBudget: maybe(count),
        }),
      ),
      queue: QueueDepth,
      /** sent, skipped, waiting, failed */
      bills: Type.Record(Type.String(), count),
      batches: Type.Array(Batch),
    }),
  },
  sync: {
    says: 'Looks at every Bill for one integration or all, sends what the rules let through, and waits for the end',
    input: closed({ integration: option(integration), org }),
    output: SyncResult,
  },
  reconcile: {
    says: 'Compares all Bills of m3ter with the org, for one integration or all, and marks those that m3ter deleted',
    input: closed({ integration: option(integration), org }),
    output: SyncResult,
  },
  backfill: {
    says: 'Sends the Bills of a range of bill dates, by bulk jobs where they are many, and waits for the end',
    input: closed({
      /** The first and the last bill date, YYYY-MM-DD. */
      from: date,
      to: date,
      /** Needed where several integrations are enabled. */
      integration: option(integration),
      org,
      /** Only tells what it would take. */
      preview: option(Type.Boolean()),
      /** `composite`: no bulk jobs, however many Bills. */
      way: option(Type.Enum(['any', 'composite'])),
    }),
    output: Type.Object({
      integration: Type.String(),
      plan: Type.Object({
        bills: count,
        toSend: count,
        /** From a sample. */
        lineItems: count,
        way: Type.Enum(['composite', 'bulk']),
        calls: ApiCalls,
        seconds: count,
      }),
      /** What is left of the org's allowance for the agent; null when Salesforce did not tell. */
      callsLeft: maybe(count),
      /** Null for a preview. */
      report: maybe(SyncReport),
      apiCalls: ApiCalls,
      /** False: the same call goes on. */
      isComplete: Type.Boolean(),
    }),
  },
  pauseBackfill: {
    says: 'Has a backfill stop after what is under way; the same backfill goes on later',
    input: closed({ integration: option(integration), org }),
    output: Type.Object({ integration: Type.String(), wasRunning: Type.Boolean() }),
  },
  runs: {
    says: 'Runs of batches, newest first; with `bill` the Runs of one Bill',
    input: closed({
      integration: option(integration),
      org,
      status: option(text),
      trigger: option(text),
      bill: option(text),
      since,
      limit,
    }),
    output: Type.Object({ runs: Type.Array(Run) }),
  },
  run: {
    says: 'One Run by record id, name or key, with the Runs of its Bills and its Events',
    input: closed({ run: text, org, limit }),
    output: Type.Object({ run: Run, children: Type.Array(Run), events: Type.Array(Event) }),
  },
  events: {
    says: 'Events, newest first; those to act on unless `actioned` says otherwise',
    input: closed({
      integration: option(integration),
      org,
      eventName: option(text),
      actioned: option(Type.Enum(['open', 'actioned', 'all'])),
      since,
      limit,
    }),
    output: Type.Object({ events: Type.Array(Event) }),
  },
  actionEvents: {
    says: 'Marks Events as acted on, by record id or name',
    input: closed({ events: Type.Array(text, { minItems: 1, maxItems: 200 }), org }),
    output: Type.Object({ events: Type.Array(Event) }),
  },
  integrations: {
    says: 'Every integration of every org',
    input: closed({ org }),
    output: Type.Object({
      integrations: Type.Array(Integration),
      /** Orgs that could not be asked. */
      unreachable: Type.Array(Type.Object({ credential: Type.String(), detail: Type.String() })),
    }),
  },
  integration: {
    says: 'One integration',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration }),
  },
  enable: {
    says: 'Tests the connection, enables the integration, resets its error count, and sends what waited',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration, test: CredentialTest }),
  },
  disable: {
    says: 'Disables the integration: the agent makes no calls for it',
    input: closed({ integration, org, reason: option(Type.String({ minLength: 1, maxLength: 255 })) }),
    output: Type.Object({ integration: Integration }),
  },
  connect: {
    says: 'Tests the credential, sets it for the integration, and pins the integration to the org',
    input: closed({ integration, org, credential: text }),
    output: Type.Object({ integration: Integration, test: CredentialTest }),
  },
  disconnect: {
    says: 'Takes the credential and the pinned org from the integration',
    input: closed({ integration, org }),
    output: Type.Object({ integration: Integration }),
  },
  resend: {
    says: 'Sends one Bill again, by m3ter id, reference or record id, for one integration or every one',
    input: closed({ bill: text, integration: option(integration), org }),
    output: Type.Object({ billId: Type.String(), results: Type.Array(BillResult) }),
  },
  replay: {
    says: 'Sends the Bills of a Run again; of the Run of one Bill that Bill',
    input: closed({ run: text, org }),
    output: Type.Object({
      replayedFrom: Type.String(),
      /** Of the new batch; null when there was nothing to send. */
      runKey: maybe(Type.String()),
      results: Type.Array(BillResult),
    }),
  },
  statement: {
    says: 'A fresh address of the statement that m3ter has made of a Bill; it works for a short time, without a token',
    input: closed({ bill: text, format: option(Type.Enum(['csv', 'json'])), org }),
    output: Type.Object({
      billId: Type.String(),
      reference: Type.String(),
      format: Type.Enum(['csv', 'json']),
      address: Type.String(),
      /** The Bill has changed since the statement was made. */
      isStale: Type.Boolean(),
    }),
  },
  createExternalMapping: {
    says: 'Maps a m3ter Account to a Salesforce Account in m3ter, and sends what waited for it',
    input: closed({
      m3terAccountId: text,
      /** A record id or Account number of the org. */
      externalId: text,
      /** Ties the mapping to this integration; without, it serves every one. */
      integration: option(integration),
      org,
    }),
    output: Type.Object({
      id: Type.String(),
      m3terAccountId: Type.String(),
      externalId: Type.String(),
      /** The record id of the Account that was found. */
      accountId: Type.String(),
      integrationId: maybe(Type.String()),
      orgId: Type.String(),
    }),
  },
  testFilter: {
    says: 'Which m3ter Accounts an account filter, or an integration with its lists, lets through; why for one Account',
    input: closed({
      filter: option(Type.String()),
      integration: option(integration),
      org,
      /** A m3ter Account by id or code. */
      account: option(text),
      limit,
    }),
    output: Type.Object({
      filter: Type.String(),
      accountsRead: count,
      matching: count,
      /** As many as `limit` says. */
      accounts: Type.Array(Type.Object({ id: Type.String(), code: maybe(Type.String()), name: maybe(Type.String()) })),
      /** The Account that was asked about. */
      account: maybe(
        Type.Object({
          id: Type.String(),
          code: maybe(Type.String()),
          isLetThrough: Type.Boolean(),
          reason: Type.String(),
        }),
      ),
      /** Accounts for which the filter is neither true nor false, with the first reason. */
      unclear: Type.Object({ count, example: maybe(Type.String()) }),
      /** What a filter can ask for below `customFields`: on how many Accounts, and some of its values. */
      customFields: Type.Array(
        Type.Object({ name: Type.String(), accounts: count, examples: Type.Array(Type.String()) }),
      ),
    }),
  },
  suggestAccounts: {
    says: 'Which Salesforce Accounts fit the m3ter Accounts whose Bills have no Account yet; changes nothing',
    input: closed({ org, limit }),
    output: Type.Object({ unmatched: Type.Array(UnmatchedAccount) }),
  },
  dryRun: {
    says: 'What a sync would do now; writes nothing',
    input: closed({
      integration: option(integration),
      org,
      limit,
      /** Of the integration that is named: as if it had these settings. */
      settings: option(DraftSettings),
    }),
    output: Type.Object({
      /** `billsSent` are those that would be sent. */
      integrations: Type.Array(SyncReport),
      apiCalls: ApiCalls,
      idle: Type.Array(Idle),
      /** How many Bills the draft settings let through newly, and no longer; null without such settings. */
      letThrough: maybe(Type.Object({ newly: count, noLonger: count })),
      /** Bills that are not unchanged; as many as `limit` says. */
      bills: Type.Array(DryRunBill),
    }),
  },
  testCredential: {
    says: 'Signs in with a credential',
    input: closed({ credential: text }),
    output: CredentialTest,
  },
  credentials: {
    says: 'Every credential that the agent knows, without secrets',
    input: closed({}),
    output: Type.Object({ credentials: Type.Array(Credential) }),
  },
  addCredential: {
    says: 'Keeps a credential, encrypted, and tells the orgs its name, type and status',
    input: closed({
      name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$' }),
      type: Type.Enum(['clientCredentials', 'jwtBearer', 'sfCli', 'm3terServiceUser', 'apiClient']),
      /** clientCredentials, jwtBearer: the My Domain URL. */
      loginUrl: option(text),
      /** clientCredentials, jwtBearer: the consumer key. apiClient: the client id; made up when left out. */
      clientId: option(text),
      /** jwtBearer */
      username: option(text),
      /** sfCli: the alias or user name that the Salesforce CLI is signed in to. */
      alias: option(text),
      /** m3terServiceUser: the access key id. */
      apiKey: option(text),
      /** The client secret, private key (PEM) or API secret; apiClient: made up when left out. */
      secret: option(text),
    }),
    output: Type.Object({
      credential: Credential,
      /** Null for a type that cannot be tested. */
      test: maybe(CredentialTest),
      /** Of an apiClient whose secret was made up: shown once. */
      madeSecret: maybe(Type.String()),
    }),
  },
  rotateCredential: {
    says: 'Replaces the secret of a credential once a sign-in with the new one worked',
    input: closed({ name: text, secret: option(text), apiKey: option(text) }),
    output: Type.Object({ credential: Credential, test: maybe(CredentialTest), madeSecret: maybe(Type.String()) }),
  },
  removeCredential: {
    says: 'Forgets a credential; refused while an enabled integration uses it, unless `force`',
    input: closed({ name: text, force: option(Type.Boolean()) }),
    output: Type.Object({ removed: Type.String() }),
  },
  redrive: {
    says: 'Queues the dead letters again',
    input: closed({ org }),
    output: Type.Object({ redriven: count, queue: QueueDepth }),
  },
  doctor: {
    says: 'Checks everything that the agent needs, with a fix for each finding',
    input: closed({}),
    output: Type.Object({ isGood: Type.Boolean(), checks: Type.Array(Check) }),
  },
  configCheck: {
    says: 'The settings in force, where each comes from, and what is wrong with them',
    input: closed({}),
    output: Type.Object({
      /** They are those of an agent that runs; false: those of the command. */
      isRunning: Type.Boolean(),
      isGood: Type.Boolean(),
      settings: Type.Array(
        Type.Object({
          name: Type.String(),
          variable: Type.String(),
          /** Null when not set; secrets only say that they are set. */
          value: maybe(Type.String()),
          source: Type.Enum(['environment', 'file', 'default', 'none']),
        }),
      ),
      problems: Type.Array(Type.String()),
      /** To be known; nothing is wrong. */
      warnings: Type.Array(Type.String()),
    }),
  },
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type OperationInput<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['input']>;
export type OperationOutput<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['output']>;

/** How far long work has come. */
export interface Progress {
  /** Such as `Reading Bills`. */
  readonly what: string;
  readonly done: number;
  /** Undefined while it is not known. */
  readonly total?: number;
}

/** What comes with a call beside its input. */
export interface Caller {
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the waiting; work that was begun goes on. */
  readonly signal?: AbortSignal;
}

/** Each throws `OperationError`s and the typed errors of the parts it uses; see `errorDocument`. */
export type Operations = {
  readonly [Name in OperationName]: (input: OperationInput<Name>, caller?: Caller) => Promise<OperationOutput<Name>>;
};
