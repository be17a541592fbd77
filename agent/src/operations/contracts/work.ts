import Type from 'typebox';
import { DraftSettings } from '../draftSettings.ts';
import { ApiCalls, BillResult, DryRunBill, Idle, maybe, QueueDepth, SyncReport, SyncResult } from '../shapes.ts';
import { closed, count, date, integration, limit, option, org, text } from './parts.ts';

/** What sends Bills, or tells what would be sent. */
export const WORK = {
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
  redrive: {
    says: 'Queues the dead letters again',
    input: closed({ org }),
    output: Type.Object({ redriven: count, queue: QueueDepth }),
  },
} as const;
