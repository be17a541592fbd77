import { accountLookup, chooseMapping, matchAccount, type AccountKeys } from '../../rules/accountMatch.ts';
import type { ExternalMapping } from '../../m3ter/resources.ts';
import type { BillState } from '../../store/types.ts';
import type { EngineParts } from '../engineParts.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';

export interface WaitingRoomParts extends Pick<EngineParts, 'm3ter' | 'store' | 'runtime' | 'troubles'> {
  /** Queues Bills in a batch of their own. */
  readonly push: (session: OrgSession, ready: ReadyIntegration, billIds: readonly string[]) => Promise<void>;
}

/** Bills that wait for an External Mapping, or were sent without Account: sent as soon as that changes. */
export class WaitingRoom {
  private readonly parts: WaitingRoomParts;
  /** The external id to which the mapping of each Bill's Account led when it was last looked at, by integration. */
  private readonly seen = new Map<string, ReadonlyMap<string, string>>();

  constructor(parts: WaitingRoomParts) {
    this.parts = parts;
  }

  /**
   * Queues what waited for these Accounts.
   *
   * @param isCut more Accounts changed than are given: everything that waits is queued
   */
  async onAccounts(session: OrgSession, changed: readonly AccountKeys[], isCut: boolean): Promise<void> {
    if (changed.length === 0 && !isCut) return;
    const lookup = accountLookup(changed);
    for (const ready of session.view.ready) {
      const waiting = await this.waitingFor(session, ready);
      if (waiting.length === 0) continue;
      const mappings = ready.integration.useExternalMappingAccountCode ? await this.mappings(waiting) : [];
      const found = waiting.filter(({ billId, m3terAccountId }) => {
        const bill = { id: billId, accountId: m3terAccountId };
        return isCut || matchAccount(bill, ready.integration, mappings, lookup).kind === 'matched';
      });
      await this.push(session, ready, found);
    }
  }

  /** Asks m3ter for the External Mappings of Accounts that Bills wait for, and queues those whose mapping is new. */
  async onMappings(session: OrgSession): Promise<void> {
    for (const ready of session.view.ready) {
      if (!ready.integration.useExternalMappingAccountCode) continue;
      const waiting = await this.waitingFor(session, ready);
      const targets = waiting.length > 0 ? await this.targets(ready, waiting) : new Map<string, string>();
      const key = `${session.orgId} ${ready.integration.id}`;
      const before = this.seen.get(key);
      await this.push(
        session,
        ready,
        waiting.filter(({ billId }) => targets.has(billId) && targets.get(billId) !== before?.get(billId)),
      );
      this.seen.set(key, targets);
    }
  }

  /** The external id to which a mapping leads each Bill that has one. */
  private async targets(
    { integration }: ReadyIntegration,
    waiting: readonly BillState[],
  ): Promise<ReadonlyMap<string, string>> {
    const mappings = await this.mappings(waiting);
    const byAccount = new Map<string, string>();
    for (const accountId of accountsOf(waiting)) {
      const choice = chooseMapping(accountId, mappings, integration.id);
      if (choice.kind === 'chosen') byAccount.set(accountId, choice.externalId);
    }
    return new Map(
      waiting.flatMap(({ billId, m3terAccountId }) => {
        const externalId = byAccount.get(m3terAccountId ?? '');
        return externalId === undefined ? [] : [[billId, externalId] as const];
      }),
    );
  }

  private async waitingFor({ orgId }: OrgSession, { integration }: ReadyIntegration): Promise<BillState[]> {
    const states = await this.parts.store.states.waiting({ orgId, integrationId: integration.id });
    return states.filter(({ m3terAccountId }) => m3terAccountId !== null);
  }

  private mappings(waiting: readonly BillState[]): Promise<ExternalMapping[]> {
    return this.parts.m3ter.listExternalMappings({ m3terIds: accountsOf(waiting) });
  }

  private async push(session: OrgSession, ready: ReadyIntegration, states: readonly BillState[]): Promise<void> {
    if (states.length === 0) return;
    await this.parts.push(
      session,
      ready,
      states.map(({ billId }) => billId),
    );
  }
}

function accountsOf(states: readonly BillState[]): string[] {
  return [...new Set(states.flatMap(({ m3terAccountId }) => m3terAccountId ?? []))];
}
