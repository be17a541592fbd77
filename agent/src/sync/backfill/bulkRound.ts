import type { Bill } from '../../m3ter/resources.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { BulkLoader } from '../../salesforce/bulk/bulkLoader.ts';
import { canBeRow } from '../../salesforce/bulk/csv.ts';
import { lineKey } from '../../salesforce/packRequest.ts';
import type { Batch, StoredBill } from '../../store/types.ts';
import { BATCH_LIMITS } from '../pushes/batches.ts';
import { beginWriting } from '../pushes/beginWriting.ts';
import { Decider, type Decision } from '../pushes/decider.ts';
import type { EngineParts } from '../engineParts.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { PushJournal } from '../pushes/pushJournal.ts';
import type { Settled } from '../pushes/pushResult.ts';

type Sendable = Extract<Decision, { kind: 'send' }>;

/** What became of the Bills of a round. */
export interface RoundResult {
  readonly sent: readonly Settled[];
  /** Ids of Bills to be sent, or settled otherwise, one by one. */
  readonly rest: readonly string[];
}

/**
 * Writes many Bills by bulk jobs, which are no transactions: headers that say Writing, Line Items, then the mark that
 * they are Complete with hash, and the Runs. Until the mark nobody takes a Bill for whole. What a job refuses, what needs
 * deletes, and what is not to be sent is left to the queue, which gives each Bill its own verdict.
 */
export class BulkRound {
  private readonly parts: EngineParts;
  private readonly session: OrgSession;
  private readonly ready: ReadyIntegration;
  private readonly batch: Batch;
  private readonly loader: BulkLoader;
  private readonly journal: PushJournal;

  constructor(parts: EngineParts, session: OrgSession, ready: ReadyIntegration, batch: Batch, loader: BulkLoader) {
    this.parts = parts;
    this.session = session;
    this.ready = ready;
    this.batch = batch;
    this.loader = loader;
    this.journal = new PushJournal(parts, session, ready);
  }

  /**
   * @param bills with Line Items
   * @throws {SalesforceSetupError} when the org does not allow bulk jobs; then nothing was written
   */
  async write(bills: readonly Bill[]): Promise<RoundResult> {
    const sendable = await this.decide(bills);
    const done = sendable.length === 0 ? [] : await this.load(sendable);
    const sent = done.map((decision) => this.entryOf(decision));
    await this.journal.rememberSent(sent);
    for (const { bill } of sent) this.parts.onSent(bill, this.session.orgId, this.ready.integration.id);
    const ids = new Set(sent.map(({ bill }) => bill.id));
    return { sent, rest: bills.map(({ id }) => id).filter((id) => !ids.has(id)) };
  }

  private async decide(bills: readonly Bill[]): Promise<Sendable[]> {
    const found: Sendable[] = [];
    for (let from = 0; from < bills.length; from += BATCH_LIMITS.bills) {
      const some = bills.slice(from, from + BATCH_LIMITS.bills);
      const decided = await new Decider(this.parts, this.session, this.ready).decide(some, new Set());
      for (const each of decided) if (each.kind === 'send' && isForBulk(each)) found.push(each);
    }
    return found;
  }

  private async load(sendable: readonly Sendable[]): Promise<Sendable[]> {
    const ids = sendable.map(({ item }) => item.billId);
    const { store } = this.parts;
    if (!(await beginWriting(store, this.session, this.ready, ids))) return [];
    const left = new Set(ids);
    try {
      const done = await this.upsert(sendable);
      for (const { item } of done) left.delete(item.billId);
      return done;
    } finally {
      // Another process may have sent a newer version of a Bill meanwhile, whose Line Items these rows then overwrote.
      await store.bills.distrust(this.session.orgId, [...left]);
    }
  }

  private async upsert(sendable: readonly Sendable[]): Promise<Sendable[]> {
    const { orgId, names } = this.session;
    const { bill, lineItem, run } = names;
    await this.parts.book.begin(this.session, [this.batch]);
    const begun = await this.step(sendable, bill, bill.M3ter_Bill_Id__c, ({ item }) => [
      { ...item.header, [bill.Sync_State__c]: 'Writing', [bill.Payload_Hash__c]: null },
    ]);
    const filled = await this.step(begun.taken, lineItem, lineItem.Line_Item_Key__c, ({ item }) => item.lines);
    const marked = await this.step(
      filled.taken,
      bill,
      bill.M3ter_Bill_Id__c,
      ({ item, hash, version }) => [
        {
          [bill.M3ter_Bill_Id__c]: item.billId,
          [bill.Source_Version__c]: version,
          [bill.Sync_State__c]: 'Complete',
          [bill.Payload_Hash__c]: hash,
        },
      ],
      true,
    );
    await this.step(marked.taken, run, run.Run_Key__c, (decision) => [
      this.journal.childRun(this.entryOf(decision), decision.item.lineCount),
    ]);
    await this.parts.store.bills.save(
      orgId,
      marked.taken.map((decision) => storedBill(decision, marked.ids)),
    );
    return marked.taken;
  }

  /** Upserts the records of each Bill; those of whom none was refused are taken. */
  private async step(
    bills: readonly Sendable[],
    { object }: { readonly object: string },
    keyField: string,
    recordsOf: (bill: Sendable) => readonly SalesforceRecord[],
    withIds = false,
  ): Promise<{ taken: Sendable[]; ids: ReadonlyMap<string, string> }> {
    const owners = new Map<string, Sendable>();
    const records: SalesforceRecord[] = [];
    for (const bill of bills) {
      for (const record of recordsOf(bill)) {
        owners.set(lineKey(record, keyField), bill);
        records.push(record);
      }
    }
    const { refused, ids } = await this.loader.upsert(object, keyField, records, { withIds });
    const bad = new Set(refused.map(({ key }) => owners.get(key)));
    if (refused.length > 0) {
      const { logger } = this.parts.runtime;
      const [{ error } = { error: '' }] = refused;
      logger.warn(
        { object, rows: refused.length, bills: bad.size },
        `Rows of a bulk job are sent one by one: ${error}`,
      );
    }
    // A row that is nobody's could be anybody's.
    return { taken: bad.has(undefined) ? [] : bills.filter((bill) => !bad.has(bill)), ids };
  }

  private entryOf({ bill, accountId, item }: Sendable): Settled {
    const result = { kind: 'sent', isMatched: accountId !== null, lineItems: item.lineCount } as const;
    return { bill, batch: this.batch, isRetry: false, isLast: false, isForced: false, state: undefined, result };
  }
}

/** Lines to delete take a transaction. */
function isForBulk({ item }: Sendable): boolean {
  return item.staleCount === 0 && [item.header, ...item.lines].every(canBeRow);
}

/** The lines' record ids are read from the org when the Bill changes: results of bulk jobs are as large as their data. */
function storedBill({ item, hash, digest, version }: Sendable, ids: ReadonlyMap<string, string>): StoredBill {
  const recordId = ids.get(item.billId) ?? '';
  return { billId: item.billId, recordId, sourceVersion: version, hash, lines: {}, linesKnown: false, digest };
}
