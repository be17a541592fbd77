import { FilterSyntaxError } from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Bill } from '../m3ter/resources.ts';
import { changeToken } from '../rules/changeToken.ts';
import { rulesHash } from '../rules/integration.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import type { Outcome } from '../salesforce/packAnswer.ts';
import type { BillState, BillStatus } from '../store/store.ts';
import { AccountMatcher, type M3terAccounts } from './accounts.ts';
import { newReport, type IntegrationReport } from './report.ts';
import { RunJournal } from './runJournal.ts';
import type { Session } from './session.ts';
import type { UnreadableBillError } from './unreadableBill.ts';
import { decideSafely, triage, type Triage } from './triage.ts';
import { OrgBills, prepareBills, type Candidate, type Prepared } from './prepare.ts';

export interface IntegrationSweepOptions {
  readonly session: Session;
  readonly integration: ConfiguredIntegration;
  readonly accounts: M3terAccounts;
  readonly trigger: RunTrigger;
  /** Milliseconds after which a Bill that failed is tried again though nothing changed. */
  readonly retryFailedAfter: number;
}

interface Triaged {
  readonly bill: Bill;
  readonly state: BillState | undefined;
  readonly result: Triage;
}

/** One integration's part in a sweep: takes batches of Bills, sends those that its rules let through, and counts. */
export class IntegrationSweep {
  readonly report: IntegrationReport;
  readonly journal: RunJournal;
  readonly integrationId: string;
  private readonly options: IntegrationSweepOptions;
  private readonly rulesHash: string;
  private readonly matcher: AccountMatcher;

  constructor(options: IntegrationSweepOptions) {
    const { session, integration, trigger } = options;
    this.options = options;
    this.integrationId = integration.id;
    this.report = newReport(integration.name);
    this.journal = new RunJournal(session, integration, trigger);
    this.rulesHash = rulesHash(integration);
    this.matcher = new AccountMatcher(integration, session.m3ter);
  }

  /** Takes one batch of Bills through the gates and sends what has to be sent. */
  async process(bills: readonly Bill[]): Promise<void> {
    this.report.billsRead += bills.length;
    const triaged = await this.triageAll(bills);
    await this.count(triaged);
    const open = triaged.filter(({ result: { kind } }) => kind === 'changed' || kind === 'recheck');
    if (open.length === 0 || this.options.session.runtime.signal.aborted) return;
    const orgBills = await this.lookUp(open.map(({ bill }) => bill));
    const candidates = await this.withAccounts(open, orgBills);
    const current = await this.readAgain(candidates);
    const prepared = await prepareBills(current, orgBills, this.preparation());
    await this.settle(prepared);
    await this.send(prepared, orgBills);
  }

  private async triageAll(bills: readonly Bill[]): Promise<Triaged[]> {
    const { session, integration, accounts, retryFailedAfter } = this.options;
    const ids = bills.map(({ id }) => id);
    const states = await session.store.billStates(integration.id, ids);
    if (integration.accountFilter.trim() !== '') await accounts.load(bills);
    const { logger } = session.runtime;
    const rules = { integration, rulesHash: this.rulesHash, now: session.runtime.now(), retryFailedAfter, logger };
    return bills.map((bill) => {
      const state = states.get(bill.id);
      return { bill, state, result: triage(bill, accounts.of(bill), state, rules) };
    });
  }

  /** Counts and remembers Bills that end here. */
  private async count(triaged: readonly Triaged[]): Promise<void> {
    const skipped: BillState[] = [];
    for (const { bill, state, result } of triaged) {
      if (result.kind === 'unchanged') this.report.skipped.unchanged += 1;
      if (result.kind === 'failed') this.countFailure(result.code);
      if (result.kind === 'invalid') await this.countInvalid(bill, state, result.error);
      if (result.kind === 'unreadable') await this.countUnreadable(bill, state, result.error);
      if (result.kind !== 'skip') continue;
      this.report.skipped[result.reason] += 1;
      const next = this.state(bill, 'skipped', { code: result.reason });
      if (!this.isSame(state, next)) skipped.push(next);
    }
    const { session, integration } = this.options;
    await session.store.saveBillStates(integration.id, skipped);
  }

  private async countInvalid(bill: Bill, state: BillState | undefined, error: Error): Promise<void> {
    const isSyntax = error instanceof FilterSyntaxError;
    const code = isSyntax ? 'FILTER_SYNTAX' : 'FILTER_EVALUATION';
    const next = this.state(bill, 'failed', { code });
    this.countFailure(code);
    if (this.isSame(state, next)) return;
    await this.journal.fail({
      bill,
      exists: await this.isStored(bill),
      code,
      message: `The account filter of ${this.options.integration.name} fails: ${error.message} Correct the filter.`,
      eventName: 'integration.validation.error',
      subject: isSyntax ? ['accountFilter', this.rulesHash] : [bill.accountId ?? bill.id],
      state: next,
    });
  }

  private async countUnreadable(bill: Bill, state: BillState | undefined, error: UnreadableBillError): Promise<void> {
    const { code, message } = error;
    if (this.isSame(state, this.state(bill, 'failed', { code }))) this.countFailure(code);
    else await this.fail(bill, await this.isStored(bill), code, message);
  }

  private async isStored({ id }: Bill): Promise<boolean> {
    return (await this.options.session.store.storedBills([id])).has(id);
  }

  /** Accounts, and headers of Bills that the agent does not know, in one call. */
  private async lookUp(bills: readonly Bill[]): Promise<OrgBills> {
    const { session } = this.options;
    const orgBills = await OrgBills.load(
      session,
      bills.map(({ id }) => id),
    );
    const wanted = await this.matcher.wantedFor(bills);
    const found = await session.reader.find({ ...wanted, billIds: orgBills.unknown });
    this.matcher.learn(bills, found.accounts);
    orgBills.learn(found.bills);
    return orgBills;
  }

  /** The Bills that can be sent now, with their Accounts; the others keep waiting or stay as they are. */
  private async withAccounts(open: readonly Triaged[], orgBills: OrgBills): Promise<Candidate[]> {
    const match = this.matcher.matcher();
    const candidates: Candidate[] = [];
    const waiting: BillState[] = [];
    for (const { bill, state, result } of open) {
      const found = match(bill);
      const accountId = found.kind === 'matched' ? found.accountId : null;
      if (found.kind === 'missingMapping') {
        this.report.waiting.missingAccountMapping += 1;
        this.journal.note('integration.missingaccountmapping.error', [bill.accountId ?? bill.id], found.detail, {
          ofBill: bill,
        });
        const next = this.state(bill, 'waiting', {});
        if (!this.isSame(state, next)) waiting.push(next);
      } else if (result.kind === 'recheck' && state?.status === 'sent' && accountId === null) {
        this.report.skipped.unchanged += 1;
      } else candidates.push({ bill, accountId, isSuperseded: orgBills.isNewer(bill) });
    }
    const { session, integration } = this.options;
    await session.store.saveBillStates(integration.id, waiting);
    return candidates;
  }

  /** With Line Items; a Bill that was listed without them is read again and may have changed or vanished. */
  private async readAgain(candidates: readonly Candidate[]): Promise<Candidate[]> {
    const { m3ter } = this.options.session;
    const without = candidates.filter(({ bill, isSuperseded }) => !bill.lineItems && !isSuperseded);
    const ids = without.map(({ bill }) => bill.id);
    const parts = Array.from({ length: Math.ceil(ids.length / 100) }, (_, index) =>
      m3ter.getBills(ids.slice(index * 100, (index + 1) * 100)),
    );
    const read = new Map((await Promise.all(parts)).flat().map((bill) => [bill.id, bill]));
    const current: Candidate[] = [];
    for (const candidate of candidates) {
      if (!without.includes(candidate)) current.push(candidate);
      const bill = read.get(candidate.bill.id);
      if (bill && without.includes(candidate) && (await this.stillPasses(bill))) current.push({ ...candidate, bill });
    }
    return current;
  }

  /** The gates once more, for a Bill that was read again; one that ends here is counted. */
  private async stillPasses(bill: Bill): Promise<boolean> {
    const { accounts, integration, session } = this.options;
    const decision = decideSafely(bill, accounts.of(bill), { integration, logger: session.runtime.logger });
    if ('kind' in decision) {
      if (decision.kind === 'invalid') await this.countInvalid(bill, undefined, decision.error);
      else await this.countUnreadable(bill, undefined, decision.error);
      return false;
    }
    if (!decision.send) this.report.skipped[decision.reason] += 1;
    return decision.send;
  }

  private preparation() {
    const { session, integration } = this.options;
    return { session, integration, journal: this.journal };
  }

  /** Remembers Bills of which Salesforce already holds what would be sent, and notes those that cannot be sent. */
  private async settle({ unchanged, failures, superseded }: Prepared): Promise<void> {
    const { session, integration } = this.options;
    this.report.skipped.unchanged += unchanged.length + superseded.length;
    for (const { id } of superseded) this.logSuperseded(id);
    const states = unchanged.map(({ bill, accountId }) => this.state(bill, 'sent', { isMatched: accountId !== null }));
    await session.store.saveStoredBills(unchanged.flatMap(({ stored }) => (stored ? [stored] : [])));
    await session.store.saveBillStates(integration.id, states);
    for (const { bill, exists, error } of failures) await this.fail(bill, exists, error.code, error.message);
  }

  private async send({ toSend }: Prepared, orgBills: OrgBills): Promise<void> {
    const { session } = this.options;
    if (toSend.length === 0 || session.runtime.signal.aborted) return;
    await this.journal.start();
    await session.store.distrustLines(toSend.map(({ item }) => item.billId));
    const byItem = new Map(toSend.map((each) => [each.item.billId, each]));
    await session.writer.write(
      toSend.map(({ item }) => item),
      async (outcomes) => {
        const candidates = outcomes.flatMap((outcome) => {
          const candidate = byItem.get(outcome.item.billId);
          return candidate ? [{ outcome, candidate }] : [];
        });
        await this.remember(candidates);
        for (const { outcome, candidate } of candidates) {
          if (outcome.kind === 'superseded') {
            this.report.skipped.unchanged += 1;
            this.logSuperseded(candidate.bill.id);
          } else if (outcome.kind === 'failed') {
            await this.fail(candidate.bill, orgBills.has(candidate.bill.id), outcome.code, outcome.message);
          }
        }
      },
    );
  }

  private async remember(
    answered: ReadonlyArray<{ outcome: Outcome; candidate: Prepared['toSend'][number] }>,
  ): Promise<void> {
    const { session, integration } = this.options;
    const sent = answered.flatMap(({ outcome, candidate }) =>
      outcome.kind === 'sent' ? [{ outcome, candidate }] : [],
    );
    await session.store.saveStoredBills(
      sent.map(({ outcome, candidate }) => ({
        billId: candidate.bill.id,
        recordId: outcome.recordId,
        sourceVersion: candidate.version,
        hash: candidate.hash,
        lines: outcome.lineIds,
        linesKnown: true,
      })),
    );
    await session.store.saveBillStates(
      integration.id,
      sent.map(({ candidate: { bill, accountId } }) => this.state(bill, 'sent', { isMatched: accountId !== null })),
    );
    for (const { candidate } of sent) {
      this.report.billsSent += 1;
      this.report.lineItemsSent += candidate.item.lineCount;
      if (candidate.accountId === null) this.report.unmatched += 1;
    }
  }

  private async fail(bill: Bill, exists: boolean, code: string, message: string): Promise<void> {
    this.countFailure(code);
    const state = this.state(bill, 'failed', { code });
    await this.journal.fail({ bill, exists, code, message, eventName: 'integration.perform.error', state });
  }

  private countFailure(code: string): void {
    this.report.failed[code] = (this.report.failed[code] ?? 0) + 1;
  }

  private logSuperseded(billId: string): void {
    const { runtime } = this.options.session;
    runtime.logger.info({ billId }, 'Salesforce holds a newer version of the Bill; m3ter is asked again next time.');
  }

  private state(bill: Bill, status: BillStatus, { code = null, isMatched = false }: Partial<BillState>): BillState {
    const decidedAt = this.options.session.runtime.now();
    const marks = { changeToken: changeToken(bill), rulesHash: this.rulesHash };
    return { billId: bill.id, status, ...marks, isMatched, code, decidedAt };
  }

  private isSame(a: BillState | undefined, b: BillState): boolean {
    return (
      a?.status === b.status && a.changeToken === b.changeToken && a.rulesHash === b.rulesHash && a.code === b.code
    );
  }
}
