import { asError } from '../errors.ts';
import type { Account, Bill } from '../m3ter/resources.ts';
import { billDifferences, type FieldDifference, type HeldBill, type LineDifference } from '../rules/differences.ts';
import type { DraftRules } from '../rules/integration.ts';
import { toBig } from '../rules/money.ts';
import { billName } from '../rules/records.ts';
import type { IntegrationRef } from '../store/types.ts';
import { M3terAccounts } from './pushes/accounts.ts';
import { toBatches } from './pushes/batches.ts';
import type { EngineCore } from './core.ts';
import { Decider, type Decision } from './pushes/decider.ts';
import type { OrgSession } from './orgs/orgSession.ts';
import { orgView, type OrgView, type ReadyIntegration } from './orgs/orgView.ts';
import { keepResult, reportOf, type IntegrationReport, type SyncResult } from './report.ts';
import { triage } from './scans/triage.ts';
import type { Caller } from './types.ts';
import { needsAccounts, verdictOf } from './scans/verdict.ts';

/** What a sync would do with one Bill; see `DryRunBill` of the operations. */
export interface DryRunBill {
  readonly integration: string;
  readonly billId: string;
  readonly reference: string;
  readonly account: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly letThrough: RuleChange | null;
  readonly exists: boolean;
  readonly total: string | null;
  readonly currency: string | null;
  readonly fields: FieldDifference[];
  readonly lines: LineChanges;
}

/** What draft settings make of a Bill: let through though the saved ones do not, or the other way round. */
type RuleChange = 'newly' | 'noLonger';

interface LineChanges {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly first: Array<{ line: string; kind: LineDifference['kind']; fields: FieldDifference[] }>;
}

export interface DryRunWish {
  /** At most so many Bills are told one by one. */
  readonly limit: number;
  /** Of the integrations that are named: as if they had these settings. */
  readonly settings?: DraftRules | undefined;
}

export interface DryRun {
  /** `billsSent` are those that would be sent. */
  readonly result: SyncResult;
  /** Bills by what draft settings make of them; null without such settings. */
  readonly letThrough: Readonly<Record<RuleChange, number>> | null;
  readonly bills: readonly DryRunBill[];
}

const BILLS_PER_READ = 100;
/** So many Line Items of a Bill are told one by one. */
const MOST_LINES = 10;
const NO_LINES: LineChanges = { added: 0, changed: 0, removed: 0, first: [] };

/** Takes the decisions of a full sync for each Bill, and writes nothing: not even what the agent remembers. */
export async function dryRun(
  core: EngineCore,
  refs: readonly IntegrationRef[] | null,
  { limit, settings }: DryRunWish,
  caller: Caller,
): Promise<DryRun> {
  const callsBefore = { salesforce: core.registry.apiCalls, m3ter: core.parts.m3ter.apiCalls };
  const bills: DryRunBill[] = [];
  const integrations: IntegrationReport[] = [];
  const idle: SyncResult['idle'] = [];
  const letThrough = settings ? { newly: 0, noLonger: 0 } : null;
  const result = (): SyncResult => ({
    ...{ integrations, idle, isComplete: true },
    apiCalls: {
      salesforce: core.registry.apiCalls - callsBefore.salesforce,
      m3ter: core.parts.m3ter.apiCalls - callsBefore.m3ter,
    },
  });
  try {
    for (const session of await sessionsOf(core, refs)) {
      const saved = rehearsedView(core, session, await core.watch.read(session), refs);
      const view = settings ? rehearsedView(core, session, saved, refs, settings) : saved;
      const wanted = view.all.filter(({ id }) => isChosen(refs, session, id));
      idle.push(...view.idle.filter(({ name }) => wanted.some((each) => each.name === name)));
      for (const ready of view.ready.filter(({ integration }) => isChosen(refs, session, integration.id))) {
        const id = ready.integration.id;
        const before = settings && saved.ready.find(({ integration }) => integration.id === id);
        const rehearsal = new Rehearsal(core, session, { now: ready, before }, caller, limit - bills.length);
        integrations.push(await rehearsal.run());
        bills.push(...rehearsal.bills);
        if (letThrough) {
          letThrough.newly += rehearsal.letThrough.newly;
          letThrough.noLonger += rehearsal.letThrough.noLonger;
        }
      }
    }
  } catch (error) {
    const thrown = asError(error);
    keepResult(thrown, { ...result(), isComplete: false });
    throw thrown;
  }
  return { result: result(), letThrough, bills };
}

async function sessionsOf(core: EngineCore, refs: readonly IntegrationRef[] | null): Promise<OrgSession[]> {
  await core.registry.connect(true);
  const sessions = core.registry.all.filter(({ orgId }) => refs?.some((ref) => ref.orgId === orgId) ?? true);
  const [failed] = core.registry.states().flatMap((state) => ('error' in state ? [state.error] : []));
  if (sessions.length === 0 && failed) throw failed;
  return sessions;
}

/** The integrations as if those that are named were enabled and connected: a rehearsal comes before both. */
function rehearsedView(
  { registry }: EngineCore,
  session: OrgSession,
  view: OrgView,
  refs: readonly IntegrationRef[] | null,
  settings: DraftRules = {},
): OrgView {
  const { orgId, credentialName } = session;
  const isNamed = (id: string): boolean => refs !== null && isChosen(refs, session, id);
  const connected = { enabled: true, connectionStatus: 'CONNECTED', credentialKey: credentialName };
  const all = view.all.map((each) => (isNamed(each.id) ? { ...each, ...connected, ...settings } : each));
  return orgView(all, orgId, registry.credentialsOf(orgId), view.readAt);
}

function isChosen(refs: readonly IntegrationRef[] | null, { orgId }: OrgSession, integrationId: string): boolean {
  return refs?.some((ref) => ref.orgId === orgId && ref.integrationId === integrationId) ?? true;
}

/** An integration as it is to be looked at, and with draft settings also as it is saved. */
interface Rules {
  readonly now: ReadyIntegration;
  readonly before: ReadyIntegration | undefined;
}

class Rehearsal {
  readonly letThrough: Record<RuleChange, number> = { newly: 0, noLonger: 0 };
  /** Bills that something would happen to. */
  private readonly touched: DryRunBill[] = [];
  private readonly skipped: DryRunBill[] = [];
  private readonly core: EngineCore;
  private readonly session: OrgSession;
  private readonly rules: Rules;
  /** By Bill id; only those that draft settings change. */
  private readonly changes = new Map<string, RuleChange>();
  private readonly caller: Caller;
  private readonly counts: Record<string, number> = { billsRead: 0 };

  private readonly limit: number;

  constructor(core: EngineCore, session: OrgSession, rules: Rules, caller: Caller, limit: number) {
    this.limit = limit;
    this.core = core;
    this.session = session;
    this.rules = rules;
    this.caller = caller;
  }

  /** Those that something would happen to come first, so that skipped ones do not crowd them out. */
  get bills(): DryRunBill[] {
    return [...this.touched, ...this.skipped].slice(0, this.limit);
  }

  async run(): Promise<IntegrationReport> {
    const { core, caller, counts } = this;
    const { name } = this.rules.now.integration;
    const seen = new Set<string>();
    const accounts = new M3terAccounts(core.parts.m3ter);
    for await (const bills of toBatches(core.parts.m3ter.listBills({ withLineItems: false }), seen)) {
      if (core.runtime.signal.aborted || caller.signal?.aborted === true) break;
      await this.take(bills, accounts);
      counts['billsRead'] = seen.size;
      caller.onProgress?.({ what: `Looking at Bills for ${name}`, done: seen.size });
    }
    return reportOf(name, counts);
  }

  private async take(bills: readonly Bill[], accounts: M3terAccounts): Promise<void> {
    const { core, session } = this;
    const { now: ready, before } = this.rules;
    const { store } = core.parts;
    if (needsAccounts(ready) || (before && needsAccounts(before))) await accounts.load(bills);
    for (const bill of bills) this.compareRules(bill, accounts.of(bill));
    const ids = bills.map(({ id }) => id);
    const states = await store.states.of({ orgId: session.orgId, integrationId: ready.integration.id }, ids);
    const rules = { ready, retriesFailed: true, logger: core.runtime.logger };
    const open: string[] = [];
    for (const bill of bills) {
      const triaged = triage(bill, accounts.of(bill), states.get(bill.id), rules);
      if (triaged.kind === 'push') open.push(bill.id);
      else if (triaged.kind === 'skip') this.note(bill, 'skip', triaged.reason, `skipped.${triaged.reason}`);
      else this.note(bill, triaged.kind, null, 'skipped.unchanged');
    }
    for (let from = 0; from < open.length; from += BILLS_PER_READ) {
      const read = await core.parts.m3ter.getBills(open.slice(from, from + BILLS_PER_READ));
      const { m3ter } = core.parts;
      const decider = new Decider({ m3ter, store, runtime: core.runtime }, session, ready);
      await this.noteDecisions(await decider.decide(read, new Set()));
    }
  }

  private compareRules(bill: Bill, account: Account | undefined): void {
    const { now, before } = this.rules;
    if (!before) return;
    const [was, is] = [before, now].map(
      (ready) => verdictOf(bill, account, ready, this.core.runtime.logger).kind === 'pass',
    );
    if (was === is) return;
    const change = is ? 'newly' : 'noLonger';
    this.changes.set(bill.id, change);
    this.letThrough[change] += 1;
  }

  /** The org is asked only for the Bills that are told one by one. */
  private async noteDecisions(decisions: readonly Decision[]): Promise<void> {
    const sendable = decisions.filter((decision) => decision.kind === 'send');
    const room = Math.max(0, this.limit - this.touched.length);
    const ids = sendable.filter(({ exists }) => exists).map(({ bill }) => bill.id);
    const held = await this.session.reader.heldBills(ids.slice(0, room));
    for (const decision of decisions) this.noteDecision(decision, held);
  }

  private noteDecision(decision: Decision, held: ReadonlyMap<string, HeldBill>): void {
    const { bill } = decision;
    if (decision.kind === 'skip') this.note(bill, 'skip', decision.reason, `skipped.${decision.reason}`);
    else if (decision.kind === 'wait') this.note(bill, 'wait', decision.detail, 'waiting');
    else if (decision.kind === 'refused') this.note(bill, 'refused', decision.message, `failed.${decision.code}`);
    else if (decision.kind === 'send') {
      const found = held.get(bill.id);
      const { fields, lines } = billDifferences(found, decision.item, this.session.names);
      const sent = { exists: decision.exists, fields: [...fields], lines: lineChanges(lines) };
      this.note(bill, 'send', null, decision.accountId === null ? 'sent.unmatched' : 'sent', sent);
      this.counts['lineItems'] = (this.counts['lineItems'] ?? 0) + decision.item.lineCount;
    } else this.note(bill, decision.kind, null, 'skipped.unchanged');
  }

  private note(
    bill: Bill,
    outcome: string,
    reason: string | null,
    key: string,
    sent: Pick<DryRunBill, 'exists' | 'fields' | 'lines'> = { exists: false, fields: [], lines: NO_LINES },
  ): void {
    this.counts[key] = (this.counts[key] ?? 0) + 1;
    const letThrough = this.changes.get(bill.id) ?? null;
    const told = outcome === 'skip' && letThrough === null ? this.skipped : this.touched;
    if (told.length >= this.limit || key === 'skipped.unchanged') return;
    told.push({
      integration: this.rules.now.integration.name,
      billId: bill.id,
      reference: billName(bill),
      account: bill.accountCode ?? bill.accountId ?? null,
      outcome,
      reason,
      letThrough,
      total: toBig(bill.billTotal)?.toFixed() ?? null,
      currency: bill.currency ?? null,
      ...sent,
    });
  }
}

function lineChanges(lines: readonly LineDifference[]): LineChanges {
  const count = (kind: LineDifference['kind']): number => lines.filter((line) => line.kind === kind).length;
  const changes = { added: count('added'), changed: count('changed'), removed: count('removed') };
  const first = lines.slice(0, MOST_LINES).map(({ line, kind, fields }) => ({ line, kind, fields: [...fields] }));
  return { ...changes, first };
}
