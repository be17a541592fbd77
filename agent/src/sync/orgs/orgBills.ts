import type { Bill } from '../../m3ter/resources.ts';
import { sourceVersion } from '../../rules/changeToken.ts';
import type { BillDigest } from '../../rules/changes.ts';
import type { OrgBill, OrgLines } from '../../salesforce/orgReader.ts';
import type { OrgBillStore, StoredBill } from '../../store/types.ts';

/** What the org holds of some Bills: from the agent's memory where that can be trusted, else from the org. */
export class OrgBills {
  private readonly stored: ReadonlyMap<string, StoredBill>;
  /** A person wants them to be written whatever the org holds: somebody may have changed them there. */
  private readonly distrusted: ReadonlySet<string>;
  private readonly found = new Map<string, OrgBill>();
  /** Ids of Bills that the org has to be asked about. */
  readonly unknown: readonly string[];

  private constructor(stored: ReadonlyMap<string, StoredBill>, billIds: readonly string[]) {
    this.stored = new Map([...stored].filter(([, { linesKnown }]) => linesKnown));
    this.distrusted = new Set([...stored.values()].filter(({ hash }) => hash === '').map(({ billId }) => billId));
    this.unknown = billIds.filter((id) => !this.stored.has(id));
  }

  static async load(store: OrgBillStore, orgId: string, billIds: readonly string[]): Promise<OrgBills> {
    return new OrgBills(await store.stored(orgId, billIds), billIds);
  }

  /** Takes in what the org answered. */
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

  /**
   * Whether the org holds exactly this. A Bill that the org had to be asked about must have the very version too: a call
   * with an older version may still be on its way, and only a newer version in the org keeps it out (docs/adr/0005).
   */
  holds(billId: string, hash: string, version: number): boolean {
    if (this.distrusted.has(billId)) return false;
    const stored = this.stored.get(billId);
    if (stored) return stored.hash === hash;
    const found = this.foundRecord(billId);
    return found?.isComplete === true && found.hash === hash && found.sourceVersion === version;
  }

  /** Record ids of the Bill's lines where the agent knows them. */
  linesOf(billId: string): Readonly<Record<string, string>> | undefined {
    return this.stored.get(billId)?.lines;
  }

  /**
   * What the Bill said when it was sent before, where the agent knows it. Of a Bill that was found in the org, `lines`
   * are what was found there; a half-written one says what was meant to be sent now.
   */
  digestOf(billId: string, lines: OrgLines | undefined): BillDigest | undefined {
    const stored = this.stored.get(billId);
    if (stored) return stored.digest ?? undefined;
    const found = this.foundRecord(billId);
    if (!found?.isComplete || !lines) return undefined;
    return { fields: found.fields, amounts: lines.amounts, syncedAt: found.syncedAt };
  }

  /** Set for a Bill that was found in the org. */
  foundRecord(billId: string): OrgBill | undefined {
    return this.found.get(billId.toLowerCase());
  }

  /** What the agent has to remember anew of a Bill that was found in the org; its lines are asked for when it changes. */
  learned(billId: string): StoredBill | undefined {
    const found = this.foundRecord(billId);
    if (!found) return undefined;
    const { recordId, sourceVersion: version, hash } = found;
    return { billId, recordId, sourceVersion: version, hash, lines: {}, linesKnown: false, digest: null };
  }
}
