import type { Bill } from '../../m3ter/resources.ts';
import type { SkipReason } from '../../rules/gates.ts';
import type { EventName } from '../../rules/records.ts';
import type { Batch, BillOutcome, BillState, StoredBill } from '../../store/types.ts';
import type { Trouble } from '../failure.ts';

/** What became of a Bill that was pushed. */
export type PushResult =
  | { readonly kind: 'sent'; readonly isMatched: boolean; readonly lineItems: number }
  /** Salesforce holds the same already. */
  | { readonly kind: 'unchanged'; readonly isMatched: boolean; readonly learned: StoredBill | undefined }
  /** Salesforce holds a newer version. */
  | { readonly kind: 'superseded' }
  /** m3ter does not have it any more; the org marks it if it held it. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly detail: string }
  | { readonly kind: 'waiting'; readonly detail: string; readonly exists: boolean }
  | Failed
  /** The integration does not work any more. */
  | { readonly kind: 'disabled'; readonly detail: string }
  /** Nothing was tried: m3ter or the org cannot be called now. */
  | { readonly kind: 'postponed'; readonly trouble: Trouble };

/** Of Bills of an integration that does not work any more. */
export const NOT_READY = {
  kind: 'disabled',
  detail: 'The integration is disabled or not connected. The Bill is sent when that changes.',
} as const satisfies PushResult;

export interface Failed {
  readonly kind: 'failed';
  readonly code: string;
  readonly message: string;
  /** The org holds the Bill from an earlier send. */
  readonly exists: boolean;
  readonly eventName: EventName;
  readonly subject?: readonly string[];
  /** False: the queue tries it again in a while. */
  readonly isFinal: boolean;
}

/** A Bill on its way through a push. */
export interface PushEntry {
  readonly bill: Bill;
  readonly batch: Batch;
  /** An earlier attempt of the same job failed: its Run may hold that error. */
  readonly isRetry: boolean;
  /** The queue does not try again after this. */
  readonly isLast: boolean;
  /** A person asked to send it again. */
  readonly isForced: boolean;
  /** What the integration decided last. */
  readonly state: BillState | undefined;
  result?: PushResult;
}

/** An entry whose result is known. */
export type Settled = PushEntry & { readonly result: PushResult };

export function hasResult(entry: PushEntry): entry is Settled {
  return entry.result !== undefined;
}

/** Whether the Bill is decided about anew when an Account appears. */
export function waitsForAccount(result: PushResult): boolean {
  return result.kind === 'waiting' || ('isMatched' in result && !result.isMatched);
}

/** The one word for a result, as reports and metrics use it. */
export function outcomeWord(result: PushResult): string {
  return result.kind === 'failed' && !result.isFinal ? 'retrying' : result.kind;
}

/** What the batch remembers of a Bill. */
export function billOutcome(billId: string, result: PushResult): BillOutcome {
  const final = (outcome: string, code?: string): BillOutcome => ({
    billId,
    outcome,
    isFinal: true,
    ...(code === undefined ? {} : { code }),
  });
  switch (result.kind) {
    case 'sent':
      return { ...final('sent', result.isMatched ? undefined : 'unmatched'), lineItems: result.lineItems };
    case 'unchanged':
    case 'superseded':
      return final('skipped', 'unchanged');
    case 'skipped':
      return final('skipped', result.reason);
    case 'failed':
      return { ...final('failed', result.code), isFinal: result.isFinal };
    case 'postponed':
      return { ...final('postponed', result.trouble.code), isFinal: false };
    default:
      return final(result.kind);
  }
}

/** The reason or error code, and what happened in words. */
export function explain(result: PushResult): { readonly code: string | null; readonly message: string } {
  switch (result.kind) {
    case 'sent':
      return result.isMatched
        ? { code: null, message: `Sent with ${result.lineItems} Line Items.` }
        : {
            code: 'unmatched',
            message: 'Sent without Account: no Account holds the m3ter Account id. It is linked when one does.',
          };
    case 'unchanged':
      return { code: null, message: 'Salesforce already holds exactly this.' };
    case 'superseded':
      return { code: 'superseded', message: 'Salesforce holds a newer version than m3ter just gave. Try again later.' };
    case 'deleted':
      return { code: null, message: 'm3ter does not have this Bill any more. In Salesforce it is marked as deleted.' };
    case 'skipped':
      return { code: result.reason, message: result.detail };
    case 'waiting':
      return { code: 'missingAccountMapping', message: result.detail };
    case 'failed':
      return { code: result.code, message: result.message };
    case 'disabled':
      return { code: 'DISABLED', message: result.detail };
    case 'postponed':
      return { code: result.trouble.code, message: `${result.trouble.message} The Bill is sent when it passes.` };
  }
}
