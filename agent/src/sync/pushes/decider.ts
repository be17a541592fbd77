import { setImmediate as turn } from 'node:timers/promises';
import { FilterSyntaxError } from '../../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { M3terClient } from '../../m3ter/client.ts';
import type { Account, Bill } from '../../m3ter/resources.ts';
import { sourceVersion } from '../../rules/changeToken.ts';
import { changeFields, digestOf, type BillDigest } from '../../rules/changes.ts';
import { FieldValueError } from '../../rules/fieldValue.ts';
import type { SkipReason } from '../../rules/gates.ts';
import { shapeLines } from '../../rules/lines.ts';
import { billPayload, type BillPayload, type EventName, type SalesforceRecord } from '../../rules/records.ts';
import type { Runtime } from '../../runtime.ts';
import { lineKey, type WriteItem } from '../../salesforce/packRequest.ts';
import { staleLineIds } from '../../salesforce/staleLines.ts';
import type { Store, StoredBill } from '../../store/types.ts';
import { AccountMatcher, M3terAccounts } from './accounts.ts';
import { OrgBills } from '../orgs/orgBills.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { verdictCode } from '../scans/triage.ts';
import { readingBill, type UnreadableBillError } from './unreadableBill.ts';
import { needsAccounts, verdictOf, type Verdict } from '../scans/verdict.ts';

/** What is to be done with a Bill. */
export type Decision = { readonly bill: Bill } & (
  | { readonly kind: 'skip'; readonly reason: SkipReason; readonly detail: string }
  /** It cannot be sent as it is. */
  | Refused
  /** Its Account has no External Mapping that leads to Salesforce. */
  | { readonly kind: 'wait'; readonly detail: string; readonly exists: boolean }
  /** Salesforce holds exactly this; `learned` is what the agent has to remember of it anew. */
  | { readonly kind: 'unchanged'; readonly accountId: string | null; readonly learned: StoredBill | undefined }
  /** Salesforce holds a newer version. */
  | { readonly kind: 'superseded' }
  | Sendable
);

export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  /** The org holds the Bill from an earlier send. */
  readonly exists: boolean;
  readonly eventName: EventName;
  /** Makes the same trouble of several Bills one Event; without, each version of a Bill has its own. */
  readonly subject?: readonly string[];
}

export interface Sendable {
  readonly kind: 'send';
  /** The record id of the Account; null when there is none. */
  readonly accountId: string | null;
  readonly item: Omit<WriteItem, 'childRun'>;
  readonly hash: string;
  readonly digest: BillDigest;
  readonly version: number;
  readonly exists: boolean;
}

export interface DeciderParts {
  readonly m3ter: M3terClient;
  readonly store: Pick<Store, 'bills'>;
  readonly runtime: Runtime;
}

/** Between so many Bills other work has its turn: calls leave, and answers are taken. */
const BILLS_PER_TURN = 25;

/**
 * Decides about Bills for one integration, in the order of design section 5, and makes the records of those to send.
 * Reads m3ter, the org and the agent's memory; writes nothing.
 */
export class Decider {
  private readonly parts: DeciderParts;
  private readonly session: OrgSession;
  private readonly ready: ReadyIntegration;
  private readonly accounts: M3terAccounts;
  private readonly matcher: AccountMatcher;

  constructor(parts: DeciderParts, session: OrgSession, ready: ReadyIntegration) {
    this.parts = parts;
    this.session = session;
    this.ready = ready;
    this.accounts = new M3terAccounts(parts.m3ter);
    this.matcher = new AccountMatcher(ready.integration, parts.m3ter);
  }

  /** The rules' verdict on each Bill, from m3ter alone. */
  async judge(bills: readonly Bill[]): Promise<Array<{ bill: Bill; account: Account | undefined; verdict: Verdict }>> {
    if (needsAccounts(this.ready)) await this.accounts.load(bills);
    return bills.map((bill) => {
      const account = this.accounts.of(bill);
      return { bill, account, verdict: verdictOf(bill, account, this.ready, this.parts.runtime.logger) };
    });
  }

  /**
   * @param bills with Line Items
   * @param forced ids of Bills to send though Salesforce holds the same
   * @param onNew told, before records are made, of ids of Bills that Salesforce does not have and that do not wait
   */
  async decide(
    bills: readonly Bill[],
    forced: ReadonlySet<string>,
    onNew: (billIds: readonly string[]) => void = () => undefined,
  ): Promise<Decision[]> {
    const judged = await this.judge(bills);
    const passing = judged.flatMap(({ bill, verdict }) => (verdict.kind === 'pass' ? [bill] : []));
    const orgBills = await this.lookUp(
      passing,
      judged.map(({ bill }) => bill.id),
    );
    onNew(this.newOnes(passing, orgBills));
    const stopped = judged.flatMap(({ bill, verdict }) => this.stopped(bill, verdict, orgBills));
    return [...stopped, ...(await this.prepare(passing, orgBills, forced))];
  }

  /** Accounts, and headers of Bills that the agent does not know, in one call. */
  private async lookUp(passing: readonly Bill[], all: readonly string[]): Promise<OrgBills> {
    const orgBills = await OrgBills.load(this.parts.store.bills, this.session.orgId, all);
    const wanted = await this.matcher.wantedFor(passing);
    const ids = new Set(passing.map(({ id }) => id));
    const found = await this.session.reader.find({ ...wanted, billIds: orgBills.unknown.filter((id) => ids.has(id)) });
    this.matcher.learn(passing, found.accounts);
    orgBills.learn(found.bills);
    return orgBills;
  }

  private newOnes(passing: readonly Bill[], orgBills: OrgBills): string[] {
    const match = this.matcher.matcher();
    return passing.flatMap((bill) => (orgBills.has(bill.id) || match(bill).kind === 'missingMapping' ? [] : [bill.id]));
  }

  private stopped(bill: Bill, verdict: Verdict, orgBills: OrgBills): Decision[] {
    if (verdict.kind === 'pass') return [];
    if (verdict.kind === 'skip') return [{ ...verdict, bill }];
    const exists = orgBills.has(bill.id);
    const { error } = verdict;
    const code = verdictCode(verdict);
    if (verdict.kind === 'unreadable') return [refused(bill, exists, code, error.message)];
    const isSyntax = error instanceof FilterSyntaxError;
    return [
      {
        ...refused(
          bill,
          exists,
          code,
          `The account filter of ${this.ready.integration.name} fails: ${error.message} Correct it.`,
        ),
        eventName: 'integration.validation.error',
        subject: isSyntax ? ['accountFilter', this.ready.rulesHash] : [bill.accountId ?? bill.id],
      },
    ];
  }

  private async prepare(bills: readonly Bill[], orgBills: OrgBills, forced: ReadonlySet<string>): Promise<Decision[]> {
    const match = this.matcher.matcher();
    const decided: Decision[] = [];
    const changed: Changed[] = [];
    for (const [index, bill] of bills.entries()) {
      if (index % BILLS_PER_TURN === 0) await turn();
      const found = match(bill);
      const accountId = found.kind === 'matched' ? found.accountId : null;
      if (found.kind === 'missingMapping')
        decided.push({ kind: 'wait', bill, detail: found.detail, exists: orgBills.has(bill.id) });
      else if (orgBills.isNewer(bill)) decided.push({ kind: 'superseded', bill });
      else {
        const payload = this.attempt(bill, orgBills, decided, () => this.payloadOf(bill, accountId));
        if (!payload) continue;
        const isHeld = !forced.has(bill.id) && orgBills.holds(bill.id, payload.hash, sourceVersion(bill));
        if (isHeld) decided.push({ kind: 'unchanged', bill, accountId, learned: orgBills.learned(bill.id) });
        else changed.push({ bill, accountId, payload });
      }
    }
    return [...decided, ...(await this.withLines(changed, orgBills))];
  }

  private async withLines(changed: readonly Changed[], orgBills: OrgBills): Promise<Decision[]> {
    const records = changed.flatMap(({ bill }) => orgBills.foundRecord(bill.id) ?? []);
    const lines = await this.session.reader.linesOf(records.map(({ recordId }) => recordId));
    const decided: Decision[] = [];
    for (const [index, { bill, accountId, payload }] of changed.entries()) {
      if (index % BILLS_PER_TURN === 0) await turn();
      const found = lines.get(orgBills.foundRecord(bill.id)?.recordId ?? '');
      const known = orgBills.linesOf(bill.id) ?? found?.ids ?? {};
      const digest = digestOf(payload.header, payload.lines, this.session.names);
      const before = orgBills.digestOf(bill.id, found);
      const told = before ? changeFields(before, digest, payload.lines, this.session.names) : {};
      const item = this.attempt(bill, orgBills, decided, () => this.writeItem(bill, payload, told, known));
      if (!item) continue;
      const { hash } = payload;
      const exists = orgBills.has(bill.id);
      decided.push({ kind: 'send', bill, accountId, item, hash, digest, version: sourceVersion(bill), exists });
    }
    return decided;
  }

  /** A Bill that cannot be made into records is refused; the others go on. */
  private attempt<T>(bill: Bill, orgBills: OrgBills, decided: Decision[], work: () => T): T | undefined {
    try {
      return readingBill(bill, this.parts.runtime.logger, (error) => error instanceof FieldValueError, work);
    } catch (error) {
      const { code, message } = error as FieldValueError | UnreadableBillError;
      decided.push(refused(bill, orgBills.has(bill.id), code, message));
      return undefined;
    }
  }

  private payloadOf(bill: Bill, accountId: string | null): BillPayload {
    const { integration } = this.ready;
    const shaped = shapeLines(bill, integration);
    const syncedAt = this.parts.runtime.now();
    const input = { bill, shaped, integrationId: integration.id, accountId, syncState: 'Complete' as const, syncedAt };
    return billPayload(input, this.session.names);
  }

  private writeItem(
    bill: Bill,
    { header, lines }: BillPayload,
    told: SalesforceRecord,
    known: Readonly<Record<string, string>>,
  ) {
    const keys = lines.map((line) => lineKey(line, this.session.names.lineItem.Line_Item_Key__c));
    const staleIds = staleLineIds(known, keys);
    const sizes = { lineCount: lines.length, staleCount: staleIds.length };
    return { billId: bill.id, header: { ...header, ...told }, lines, staleIds, ...sizes };
  }
}

interface Changed {
  readonly bill: Bill;
  readonly accountId: string | null;
  readonly payload: BillPayload;
}

function refused(bill: Bill, exists: boolean, code: string, message: string): Refused & { readonly bill: Bill } {
  return { kind: 'refused', bill, exists, code, message, eventName: 'integration.perform.error' };
}
