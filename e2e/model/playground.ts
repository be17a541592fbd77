/** m3ter, Salesforce and the wires between them and the agent, as steps change them. */
import type { Bill, DataSet } from '../../sandbox/data/model.ts';
import { createRandom } from '../../sandbox/data/random.ts';
import { account, accountId, bill, integration, line, salesforceAccount } from '../agent/builders.ts';
import { sourceVersion } from '../agent/oracle.ts';
import type { OracleIntegration } from '../agent/oracle.ts';
import { World } from '../agent/world.ts';
import type { Clock } from '../engine/clock.ts';
import { HintReceiver } from './hints.ts';
import type { Incarnations } from '../engine/incarnations.ts';
import type { Rule, Step } from './steps.ts';

const ACCOUNTS = ['gold-1', 'silver-1', 'bronze-1'];
const TIERS = ['gold', 'silver', 'bronze'];
const IS_GOLD = 'customFields.tier == gold';
const MOST_BILLS = 12;
/** Of two integrations that would send a Bill the first by name does. */
const INTEGRATIONS = ['Alpha', 'Beta'];

const dataSet = (): DataSet => ({
  accounts: ACCOUNTS.map((name, n) => account(name, { customFields: { tier: TIERS[n] ?? '' } })),
  bills: [],
  externalMappings: [],
  // The first Account is known by its m3ter id, the others become so, or are mapped, as steps have it.
  salesforceAccounts: ACCOUNTS.map((name, n) =>
    salesforceAccount(n + 1, name, n === 0 ? {} : { M3ter_Account_Id__c: null }),
  ),
  integrations: [
    integration('Alpha', { accountFilter: IS_GOLD }),
    integration('Beta', { excludedLineItemTypes: ['USAGE_CREDIT'] }),
  ],
});

/** What the model remembers beside what m3ter and Salesforce hold. */
export class Playground {
  readonly world: World;
  readonly hints: HintReceiver;
  /** Every content that m3ter had for a Bill, by id and source version. */
  readonly snapshots = new Map<string, Map<string, Bill>>();
  /** Every set of rules that an integration had, by name. */
  readonly rules = new Map<string, OracleIntegration[]>(INTEGRATIONS.map((name) => [name, []]));
  /** Hints may have been lost that nothing but a reconcile makes up for. */
  mayHaveLostHints = false;
  /** Calls of a life that ended may have been carried out after it. */
  wasKilled = false;
  private readonly agents: Incarnations;
  private made = 0;

  private constructor(world: World, hints: HintReceiver, agents: Incarnations) {
    this.world = world;
    this.hints = hints;
    this.agents = agents;
  }

  static async start(clock: Clock, agents: Incarnations): Promise<Playground> {
    const world = await World.start(dataSet(), { store: 'none', now: clock.now });
    const hints = await HintReceiver.start((ids) => agents.hint(ids));
    await hints.subscribe(world);
    const playground = new Playground(world, hints, agents);
    await playground.remember();
    return playground;
  }

  async close(): Promise<void> {
    await this.hints.close();
    await this.world.close();
  }

  async play(step: Step): Promise<void> {
    await this.act(step);
    await this.remember();
  }

  private async act(step: Step): Promise<void> {
    const { world } = this;
    switch (step.kind) {
      case 'makeBill':
        return this.makeBill(step);
      case 'mapAccount':
        return this.mapAccount(chosen(ACCOUNTS, step.account));
      case 'linkAccount':
        return this.linkAccount(chosen(ACCOUNTS, step.account));
      case 'retier':
        return this.retier(chosen(ACCOUNTS, step.account));
      case 'changeRule':
        return this.changeIntegration(step.integration, (now) => ruleChange(step.rule, now));
      case 'switch':
        return this.changeIntegration(step.integration, () => ({ Enabled__c: step.isOn }));
      case 'orgFault':
        return world.faults({ match: matchOf(step.fault.kind), times: step.times, fault: step.fault });
      case 'm3terFault':
      case 'deliveryFault':
        return world.m3terFaults({ match: {}, times: step.times, fault: step.fault });
      case 'hint':
        return this.onBill(step.bill, (id) => this.hints.pass(Array<string>(step.copies).fill(id)));
      case 'loseEvents':
        this.mayHaveLostHints = true;
        return world.forgetEvents();
      case 'request':
        return this.request(step.request, step.bill);
      case 'crash':
        this.wasKilled = true;
        return this.agents.crash(step.chunks);
      case 'stop':
        return this.agents.stop();
      case 'wait':
        return new Promise((resolve) => setTimeout(resolve, step.milliseconds));
      default:
        return this.onBill(step.bill, (id) => this.changeBill(step.kind, id));
    }
  }

  private async makeBill({ account: of, lines, isApproved }: Extract<Step, { kind: 'makeBill' }>): Promise<void> {
    if (this.made >= MOST_BILLS) return;
    this.made += 1;
    const name = `bill-${this.made}`;
    const random = createRandom(name);
    const items = Array.from({ length: lines }, (_, n) =>
      line(name, n, `${random.integer(-50, 900)}.${random.integer(0, 999999)}`, {
        lineItemType: n % 3 === 2 ? 'USAGE_CREDIT' : 'USAGE',
      }),
    );
    const status = isApproved ? 'APPROVED' : 'PENDING';
    await this.world.addBill(bill(name, chosen(ACCOUNTS, of), items, { status, billTotal: 12.5 }));
  }

  private async changeBill(
    kind: 'recalculate' | 'lateUsage' | 'approve' | 'unapprove' | 'lock' | 'delete',
    id: string,
  ): Promise<void> {
    const isLocked = (await this.world.callM3ter('GET', `/bills/${id}`)) as Bill;
    if (isLocked.locked === true) return;
    if (kind === 'unapprove') await this.world.callM3ter('PUT', `/bills/${id}/status`, { status: 'PENDING' });
    else if (kind !== 'lock') await this.world.play(kind === 'lateUsage' ? 'late-usage' : kind, id);
    else if (isLocked.status === 'APPROVED') await this.world.callM3ter('PUT', `/bills/${id}/lock`);
  }

  private async mapAccount(name: string): Promise<void> {
    const [held] = await this.world.query(`SELECT Id FROM Account WHERE Name = '${name}'`);
    const known = await this.world.listM3ter<{ m3terId: string }>(`/externalmappings?m3terIds=${accountId(name)}`);
    if (known.length > 0) return;
    await this.world.callM3ter('POST', '/externalmappings', {
      m3terEntity: 'Account',
      m3terId: accountId(name),
      externalSystem: 'Salesforce',
      externalTable: 'Account',
      externalId: String(held?.['Id']),
    });
  }

  private async linkAccount(name: string): Promise<void> {
    const [held] = await this.world.query(`SELECT Id FROM Account WHERE Name = '${name}'`);
    const target = `/sobjects/Account/${String(held?.['Id'])}`;
    await this.world.salesforce('PATCH', target, { M3ter_Account_Id__c: accountId(name) });
  }

  /** No event that the agent follows tells of a change to an Account. */
  private async retier(name: string): Promise<void> {
    this.mayHaveLostHints = true;
    const now = (await this.world.callM3ter('GET', `/accounts/${accountId(name)}`)) as Record<string, unknown>;
    const tier = (now['customFields'] as { tier: string }).tier === 'gold' ? 'silver' : 'gold';
    const { version, code, emailAddress, currency } = now;
    const customFields = { tier };
    await this.world.callM3ter('PUT', `/accounts/${accountId(name)}`, {
      ...{ name, version, code, emailAddress, currency, customFields },
    });
  }

  private async changeIntegration(n: number, change: (now: Record<string, unknown>) => object): Promise<void> {
    const name = chosen(INTEGRATIONS, n);
    const [now] = await this.world.query(
      `SELECT ${RULE_FIELDS} FROM Integration_Configuration__c WHERE Name = '${name}'`,
    );
    const target = `/sobjects/Integration_Configuration__c/${String(now?.['Id'])}`;
    await this.world.salesforce('PATCH', target, change(now ?? {}));
  }

  private async request(type: 'SYNC_NOW' | 'RESEND_BILL', n: number): Promise<void> {
    const held = await this.world.query('SELECT Id, Integration__c FROM Bill__c ORDER BY M3ter_Bill_Id__c');
    const record = held.length === 0 ? undefined : chosen(held, n);
    if (type === 'RESEND_BILL' && record === undefined) return;
    await this.world.salesforce('POST', '/sobjects/Sync_Request__c', {
      Type__c: type,
      ...(type === 'RESEND_BILL' ? { Bill__c: record?.['Id'], Integration__c: record?.['Integration__c'] } : {}),
    });
  }

  private async onBill(n: number, act: (id: string) => Promise<void> | void): Promise<void> {
    const ids = (await this.world.listM3ter<Bill>('/bills?excludeLineItems=true')).map(({ id }) => id).toSorted();
    if (ids.length > 0) await act(chosen(ids, n));
  }

  private async remember(): Promise<void> {
    for (const one of await this.world.listM3ter<Bill>('/bills?includeBillTotal=true')) {
      const versions = this.snapshots.get(one.id) ?? new Map<string, Bill>();
      this.snapshots.set(one.id, versions.set(sourceVersion(one), one));
    }
    for (const rules of await this.integrations()) {
      const before = this.rules.get(rules.name) ?? [];
      const isNew = JSON.stringify(before.at(-1)) !== JSON.stringify(rules);
      if (isNew) this.rules.set(rules.name, [...before, rules]);
    }
  }

  /** The integrations as the org has them, in the order in which they own Bills. */
  async integrations(): Promise<Array<OracleIntegration & { isEnabled: boolean }>> {
    const rows = await this.world.query(`SELECT ${RULE_FIELDS} FROM Integration_Configuration__c ORDER BY Name`);
    return rows.map((row) => ({
      ...integration(String(row['Name']), {
        accountIds: list(row['Account_Ids__c'], '\n'),
        restrictedAccountIds: list(row['Restricted_Account_Ids__c'], '\n'),
        accountFilter: row['Account_Filter__c'] === null ? '' : IS_GOLD,
        onlySendBillOnApproval: row['Only_Send_Bill_On_Approval__c'] === true,
        useExternalMappingAccountCode: row['Use_External_Mapping_Account_Code__c'] === true,
        excludedLineItemTypes: list(row['Excluded_Line_Item_Types__c'], ';'),
        sortLineItemsBy: row['Sort_Line_Items_By__c'] as OracleIntegration['sortLineItemsBy'],
        triggerType: row['Trigger_Type__c'] as OracleIntegration['triggerType'],
      }),
      ...(row['Account_Filter__c'] ? { passes: (one) => one.customFields?.['tier'] === 'gold' } : {}),
      isEnabled: row['Enabled__c'] === true,
    }));
  }
}

const RULE_FIELDS =
  'Id, Name, Enabled__c, Account_Ids__c, Restricted_Account_Ids__c, Account_Filter__c, Only_Send_Bill_On_Approval__c, ' +
  'Use_External_Mapping_Account_Code__c, Excluded_Line_Item_Types__c, Sort_Line_Items_By__c, Trigger_Type__c';

const list = (text: unknown, separator: string): string[] =>
  typeof text === 'string' && text !== '' ? text.split(separator) : [];

const chosen = <T>(items: readonly T[], n: number): T => items[n % items.length] as T;

/** Faults that refuse a sign-in or a read say little; those of writes are met by composites. */
const matchOf = (kind: string): { method?: string; path?: string } =>
  kind === 'expireSession' || kind === 'limit' || kind === 'status' ? {} : { method: 'POST', path: '/composite' };

function ruleChange(rule: Rule, now: Record<string, unknown>): object {
  const toggle = (field: string, text: string): object => ({ [field]: now[field] ? null : text });
  switch (rule) {
    case 'approval':
      return { Only_Send_Bill_On_Approval__c: now['Only_Send_Bill_On_Approval__c'] !== true };
    case 'restrict':
      return toggle('Restricted_Account_Ids__c', accountId('silver-1'));
    case 'allow':
      return toggle('Account_Ids__c', ACCOUNTS.slice(0, 2).map(accountId).join('\n'));
    case 'filter':
      return toggle('Account_Filter__c', IS_GOLD);
    case 'mapping':
      return { Use_External_Mapping_Account_Code__c: now['Use_External_Mapping_Account_Code__c'] !== true };
    case 'exclude':
      return toggle('Excluded_Line_Item_Types__c', 'USAGE_CREDIT');
    case 'sort': {
      const order = ['NONE', 'SUBTOTAL', 'AGGREGATION_ID'];
      const at = order.indexOf(String(now['Sort_Line_Items_By__c']));
      return { Sort_Line_Items_By__c: order[(at + 1) % order.length] };
    }
    case 'schedule':
      return { Trigger_Type__c: now['Trigger_Type__c'] === 'EVENT' ? 'SCHEDULE' : 'EVENT' };
  }
}
