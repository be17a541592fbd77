import Type, { type Static } from 'typebox';

/**
 * The things that operations answer with: JSON, the same in the command line's `--json`, in the server's operations
 * endpoint and in the result of a request. Times are ISO 8601 in UTC, durations milliseconds; null says that there is
 * none. Fields are added, never renamed.
 */

const time = Type.String({ description: 'ISO 8601, UTC' });
export const maybe = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const text = Type.String();
const count = Type.Integer({ minimum: 0 });
const counts = Type.Record(Type.String(), count);

/** Bills of one integration in one batch, by what became of them. */
export const SyncReport = Type.Object({
  name: text,
  billsRead: count,
  billsSent: count,
  lineItemsSent: count,
  /** By reason: restricted, notAllowed, accountFilter, notApproved, ownedByOther, unchanged. */
  skipped: counts,
  waiting: Type.Object({ missingAccountMapping: count }),
  unmatched: count,
  /** By error code. */
  failed: counts,
});
export type SyncReport = Static<typeof SyncReport>;

export const ApiCalls = Type.Object({ salesforce: count, m3ter: count });

/** An integration that did not take part, and why. */
export const Idle = Type.Object({ name: text, reason: text, detail: text });

export const SyncResult = Type.Object({
  integrations: Type.Array(SyncReport),
  apiCalls: ApiCalls,
  idle: Type.Array(Idle),
  /** False when the agent was told to stop, or Bills are still to be tried again: the next batch goes on. */
  isComplete: Type.Boolean(),
});
export type SyncResult = Static<typeof SyncResult>;

export const QueueDepth = Type.Object({ queued: count, active: count, retrying: count, dead: count });
export type QueueDepth = Static<typeof QueueDepth>;

/** The connection test of a credential. */
export const CredentialTest = Type.Object({
  credential: text,
  /** `failed`: it could not be told, for example because the network was down. */
  status: Type.Enum(['working', 'rejected', 'failed']),
  /** What was found, or the reason and the next step. */
  message: text,
  /** Of a Salesforce credential that works. */
  orgId: maybe(text),
  testedAt: time,
});
export type CredentialTest = Static<typeof CredentialTest>;

/** A credential without its secret. */
export const Credential = Type.Object({
  name: text,
  /** clientCredentials, jwtBearer, sfCli, m3terServiceUser, apiClient */
  type: text,
  /** SALESFORCE, M3TER, AGENT */
  destination: text,
  /** Such as the My Domain URL, the client id or the user; never a secret. */
  details: Type.Record(Type.String(), Type.String()),
  /** Where it is kept: the vault, or the environment, which the agent cannot change. */
  source: Type.Enum(['vault', 'environment']),
  createdAt: maybe(time),
  rotatedAt: maybe(time),
});
export type Credential = Static<typeof Credential>;

/** An Integration Configuration of an org. */
export const Integration = Type.Object({
  id: text,
  name: text,
  orgId: text,
  /** The name of the credential by which the agent reached the org. */
  credential: text,
  enabled: Type.Boolean(),
  /** Whether it works now; `detail` says why not and what to do. */
  isReady: Type.Boolean(),
  detail: maybe(text),
  triggerType: text,
  /** The credential that is chosen in the org. */
  credentialKey: maybe(text),
  connectionStatus: text,
  pinnedOrgId: maybe(text),
  accountIds: Type.Array(text),
  restrictedAccountIds: Type.Array(text),
  accountFilter: text,
  onlySendBillOnApproval: Type.Boolean(),
  useExternalMappingAccountCode: Type.Boolean(),
  excludedLineItemTypes: Type.Array(text),
  sortLineItemsBy: text,
  successiveErrors: count,
  disabledReason: maybe(text),
  lastCheck: maybe(time),
});
export type Integration = Static<typeof Integration>;

/** A Run: of a batch, or with `parentId` of one Bill. */
export const Run = Type.Object({
  id: text,
  /** Such as RUN-000042. */
  name: text,
  key: text,
  orgId: text,
  integrationId: maybe(text),
  integration: maybe(text),
  parentId: maybe(text),
  status: text,
  trigger: maybe(text),
  startedAt: maybe(time),
  completedAt: maybe(time),
  billId: maybe(text),
  billReference: maybe(text),
  billsRead: maybe(count),
  billsSent: maybe(count),
  billsSkipped: maybe(count),
  billsWaiting: maybe(count),
  billsFailed: maybe(count),
  lineItemsSent: maybe(count),
  apiCalls: maybe(count),
  errorCode: maybe(text),
  error: maybe(text),
  replayedFromId: maybe(text),
});
export type Run = Static<typeof Run>;

/** An error to act on. */
export const Event = Type.Object({
  id: text,
  /** Such as EVT-000042. */
  name: text,
  orgId: text,
  eventName: text,
  eventTime: maybe(time),
  message: maybe(text),
  actioned: Type.Boolean(),
  integrationId: maybe(text),
  integration: maybe(text),
  runId: maybe(text),
  billId: maybe(text),
  m3terAccountId: maybe(text),
});
export type Event = Static<typeof Event>;

/** What the agent remembers of a batch. */
export const Batch = Type.Object({
  runKey: text,
  orgId: text,
  integrationId: text,
  /** Null while the org cannot be asked. */
  integration: maybe(text),
  trigger: text,
  startedAt: time,
  finishedAt: maybe(time),
  replayedFrom: maybe(text),
  /** What became of its Bills so far. */
  report: SyncReport,
});
export type Batch = Static<typeof Batch>;

/** What became of one Bill for one integration. */
export const BillResult = Type.Object({
  billId: text,
  integration: text,
  orgId: text,
  runKey: text,
  /** sent, unchanged, skipped, waiting, failed, retrying */
  outcome: text,
  /** The reason or error code. */
  code: maybe(text),
  /** In words, with what to do. */
  message: text,
});
export type BillResult = Static<typeof BillResult>;

/** A field that a send would change: its API name in the org, and its values as text; null is an empty field. */
const FieldDifference = Type.Object({ field: text, before: maybe(text), after: maybe(text) });

/** What a sync would do with one Bill. */
export const DryRunBill = Type.Object({
  integration: text,
  billId: text,
  /** What m3ter's Console calls it. */
  reference: text,
  /** The code of its m3ter Account, else the id. */
  account: maybe(text),
  /** send, skip, wait, refused, superseded */
  outcome: text,
  reason: maybe(text),
  /** What draft settings make of it: let through though the saved ones do not, or the other way round. */
  letThrough: maybe(Type.Enum(['newly', 'noLonger'])),
  /** Of one that would be sent: whether the org holds it already. */
  exists: Type.Boolean(),
  total: maybe(text),
  currency: maybe(text),
  /** What would change in a Bill that the org holds. */
  fields: Type.Array(FieldDifference),
  /** How many Line Items would be added, changed and removed, and the first of them. */
  lines: Type.Object({
    added: count,
    changed: count,
    removed: count,
    first: Type.Array(
      Type.Object({
        line: text,
        kind: Type.Enum(['added', 'changed', 'removed']),
        fields: Type.Array(FieldDifference),
      }),
    ),
  }),
});
export type DryRunBill = Static<typeof DryRunBill>;

/** A m3ter Account whose Bills have no Account in Salesforce yet. */
export const UnmatchedAccount = Type.Object({
  m3terAccountId: text,
  code: maybe(text),
  /** As m3ter has it; null for an Account that m3ter does not have any more. */
  name: maybe(text),
  bills: count,
  /** Salesforce Accounts that it may be, the best first. */
  suggestions: Type.Array(
    Type.Object({
      accountId: text,
      name: text,
      accountNumber: maybe(text),
      /** What they have in common. */
      because: Type.Enum(['accountNumber', 'name']),
    }),
  ),
});
export type UnmatchedAccount = Static<typeof UnmatchedAccount>;

/** A line of the doctor. */
export const Check = Type.Object({
  /** Such as `node`, `store.open`, `salesforce.permissions`. */
  name: text,
  /** The org, credential or setting that it is about. */
  subject: maybe(text),
  outcome: Type.Enum(['pass', 'warn', 'fail']),
  detail: text,
  /** What to do; null when nothing. */
  fix: maybe(text),
});
export type Check = Static<typeof Check>;
