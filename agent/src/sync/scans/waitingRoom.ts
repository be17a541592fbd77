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
  /** The external id to which a mapping led, by integration and m3ter Account, when it was last looked at. */
  private readonly seen = new Map<string, string>();

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
      if (waiting.length === 0) continue;
      const mappings = await this.mappings(waiting);
      const isNew = new Map(
        accountsOf(waiting).map((accountId) => [accountId, this.isNew(ready, accountId, mappings)] as const),
      );
      await this.push(
        session,
        ready,
        waiting.filter(({ m3terAccountId }) => isNew.get(m3terAccountId ?? '') === true),
      );
    }
  }

  private isNew({ integration }: ReadyIntegration, accountId: string, mappings: readonly ExternalMapping[]): boolean {
    const choice = chooseMapping(accountId, mappings, integration.id);
    const key = `${integration.id} ${accountId}`;
    const before = this.seen.get(key);
    const now = choice.kind === 'chosen' ? choice.externalId : '';
    this.seen.set(key, now);
    return now !== '' && now !== before;
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
