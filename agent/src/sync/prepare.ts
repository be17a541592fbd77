import type { Bill } from '../m3ter/resources.ts';
import { sourceVersion } from '../rules/changeToken.ts';
import { FieldValueError } from '../rules/fieldValue.ts';
import type { Integration } from '../rules/integration.ts';
import { shapeLines } from '../rules/lines.ts';
import { billPayload, type BillPayload } from '../rules/records.ts';
import type { OrgBill } from '../salesforce/orgReader.ts';
import { lineKey, type WriteItem } from '../salesforce/packRequest.ts';
import { staleLineIds } from '../salesforce/staleLines.ts';
import type { StoredBill } from '../store/store.ts';
import type { RunJournal } from './runJournal.ts';
import type { Session } from './session.ts';
import { readingBill, type UnreadableBillError } from './unreadableBill.ts';

/** A Bill that the rules let through, with the record id of its Account. */
export interface Candidate {
  readonly bill: Bill;
  readonly accountId: string | null;
  /** The org holds a newer version. */
  readonly isSuperseded: boolean;
}

export interface Prepared {
  readonly toSend: ReadonlyArray<
    Candidate & { readonly item: WriteItem; readonly hash: string; readonly version: number }
  >;
  /** Salesforce already holds what would be sent; `stored` is what the agent has to remember of it anew. */
  readonly unchanged: ReadonlyArray<Candidate & { readonly stored: StoredBill | undefined }>;
  readonly superseded: readonly Bill[];
  readonly failures: readonly PrepareFailure[];
}

export interface PrepareFailure {
  readonly bill: Bill;
  readonly exists: boolean;
  readonly error: FieldValueError | UnreadableBillError;
}

/** What the org holds of the Bills of a batch: from the agent's memory where that can be trusted, else from the org. */
export class OrgBills {
  private readonly stored: ReadonlyMap<string, StoredBill>;
  private readonly found = new Map<string, OrgBill>();
  /** Ids of Bills that the org has to be asked about. */
  readonly unknown: readonly string[];

  private constructor(stored: ReadonlyMap<string, StoredBill>, billIds: readonly string[]) {
    this.stored = new Map([...stored].filter(([, { linesKnown }]) => linesKnown));
    this.unknown = billIds.filter((id) => !this.stored.has(id));
  }

  static async load({ store }: Session, billIds: readonly string[]): Promise<OrgBills> {
    return new OrgBills(await store.storedBills(billIds), billIds);
  }

  learn(bills: readonly OrgBill[]): void {
    for (const bill of bills) this.found.set(bill.billId.toLowerCase(), bill);
  }

  has(billId: string): boolean {
    return this.stored.has(billId) || this.found.has(billId.toLowerCase());
  }

  /** Whether the org holds a newer version than this one. */
  isNewer(bill: Bill): boolean {
    const known = this.stored.get(bill.id) ?? this.found.get(bill.id.toLowerCase());
    return known !== undefined && known.sourceVersion > sourceVersion(bill);
  }

  /** Whether the org holds exactly this. */
  holds(billId: string, hash: string): boolean {
    const found = this.found.get(billId.toLowerCase());
    return this.stored.get(billId)?.hash === hash || (found?.isComplete === true && found.hash === hash);
  }

  /** Record ids of the Bill's lines where the agent knows them. */
  linesOf(billId: string): Readonly<Record<string, string>> | undefined {
    return this.stored.get(billId)?.lines;
  }

  /** Set for a Bill that was found in the org. */
  foundRecord(billId: string): OrgBill | undefined {
    return this.found.get(billId.toLowerCase());
  }
}

interface Context {
  readonly session: Session;
  readonly integration: Integration;
  readonly journal: RunJournal;
}

/** Turns Bills into what is written, and tells which need not or cannot be. */
export async function prepareBills(
  candidates: readonly Candidate[],
  orgBills: OrgBills,
  context: Context,
): Promise<Prepared> {
  const superseded = candidates.filter(({ isSuperseded }) => isSuperseded).map(({ bill }) => bill);
  const unchanged: Array<Prepared['unchanged'][number]> = [];
  const failures: PrepareFailure[] = [];
  const changed: Array<Candidate & { payload: BillPayload }> = [];
  const attempt = <T>(bill: Bill, work: () => T): T | undefined => {
    try {
      return readingBill(bill, context.session.runtime.logger, isFieldValueError, work);
    } catch (error) {
      failures.push({ bill, exists: orgBills.has(bill.id), error: error as PrepareFailure['error'] });
      return undefined;
    }
  };
  for (const candidate of candidates.filter(({ isSuperseded }) => !isSuperseded)) {
    const { bill } = candidate;
    const payload = attempt(bill, () => payloadOf(candidate, context));
    if (!payload) continue;
    if (orgBills.holds(bill.id, payload.hash)) {
      unchanged.push({ ...candidate, stored: toStore(orgBills.foundRecord(bill.id)) });
    } else changed.push({ ...candidate, payload });
  }
  const lines = await unknownLines(changed, orgBills, context.session);
  const toSend = changed.flatMap(({ payload, ...candidate }) => {
    const { id } = candidate.bill;
    const known = orgBills.linesOf(id) ?? lines.get(orgBills.foundRecord(id)?.recordId ?? '') ?? {};
    const item = attempt(candidate.bill, () => writeItem(candidate.bill, payload, known, context));
    return item ? [{ ...candidate, item, hash: payload.hash, version: sourceVersion(candidate.bill) }] : [];
  });
  return { toSend, unchanged, superseded, failures };
}

function isFieldValueError(error: unknown): boolean {
  return error instanceof FieldValueError;
}

function payloadOf({ bill, accountId }: Candidate, { session, integration }: Context): BillPayload {
  const shaped = shapeLines(bill, integration);
  const syncedAt = session.runtime.now();
  const input = { bill, shaped, integrationId: integration.id, accountId, syncState: 'Complete' as const, syncedAt };
  return billPayload(input, session.names);
}

/** Lines, by the Bill's record id, of Bills that the org has and the agent does not know. */
function unknownLines(changed: readonly Candidate[], orgBills: OrgBills, { reader }: Session) {
  const records = changed.flatMap(({ bill }) => orgBills.foundRecord(bill.id) ?? []);
  return reader.linesOf(records.map(({ recordId }) => recordId));
}

function writeItem(
  bill: Bill,
  { header, lines }: BillPayload,
  known: Readonly<Record<string, string>>,
  { session, journal }: Context,
): WriteItem {
  const keys = lines.map((line) => lineKey(line, session.names.lineItem.Line_Item_Key__c));
  const staleIds = staleLineIds(known, keys);
  const childRun = journal.childRun(bill, lines.length);
  return { billId: bill.id, header, lines, staleIds, childRun, lineCount: lines.length, staleCount: staleIds.length };
}

/** A Bill that was found in the org; its lines are asked for when it changes. */
function toStore(found: OrgBill | undefined): StoredBill | undefined {
  if (!found) return undefined;
  const { billId, recordId, sourceVersion: version, hash } = found;
  return { billId, recordId, sourceVersion: version, hash, lines: {}, linesKnown: false };
}
