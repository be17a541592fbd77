import type { BillState, IntegrationRef } from '../../store/types.ts';
import { forcedRunKey } from '../runs/runKeys.ts';
import type { EngineCore } from '../core.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { explain } from './pushResult.ts';
import type { BillResult, Caller } from '../types.ts';
import { billKey, type Watch } from '../runs/watches.ts';

const LOOK_MS = 250;
const ELSEWHERE = 'Another process of the agent did it. See the Run in Salesforce.';

/** Bills that a person sends again, and the wait for what becomes of them. */
export class Pushing {
  private readonly core: EngineCore;
  private readonly session: OrgSession;
  private readonly ref: IntegrationRef;
  private readonly billIds: readonly string[];
  private readonly caller: Caller;

  constructor(core: EngineCore, session: OrgSession, ref: IntegrationRef, billIds: readonly string[], caller: Caller) {
    this.core = core;
    this.session = session;
    this.ref = ref;
    this.billIds = [...new Set(billIds)];
    this.caller = caller;
  }

  /** @param replayedFrom the key of the Run that is sent again */
  async run(replayedFrom: string | null): Promise<{ runKey: string; results: BillResult[] }> {
    const { core, ref, billIds } = this;
    const runKey = forcedRunKey(core.runtime.newId());
    const watch = core.watches.open(
      [runKey],
      billIds.map((id) => billKey(ref, id)),
    );
    try {
      const before = await this.states();
      // A job that waits for the Bill already does this one's work: it, too, must find something to send.
      await core.parts.store.bills.distrust(ref.orgId, billIds);
      await core.push(ref, billIds, { runKey, trigger: 'MANUAL', replayedFrom });
      await this.end(watch);
      await core.finish();
      const own = [...watch.results.values()];
      return { runKey, results: [...own, ...(await this.others(watch, runKey, before))] };
    } finally {
      core.watches.close(watch);
    }
  }

  private states(): Promise<Map<string, BillState>> {
    return this.core.parts.store.states.of(this.ref, this.billIds);
  }

  private async end(watch: Watch): Promise<void> {
    const { core, billIds, caller, ref } = this;
    const isOver = (): boolean =>
      watch.results.size >= billIds.length ||
      watch.errorOf(ref.orgId) !== undefined ||
      core.troubles.remaining(this.session) > 0 ||
      core.runtime.signal.aborted ||
      caller.signal?.aborted === true;
    const change = (): Promise<boolean> => watch.change(LOOK_MS, core.runtime.sleep).catch(() => false);
    // Another process on the same store, which tells the store alone, may do the work.
    while (!isOver() && (await core.parts.store.batches.isWaitingFor(ref, billIds))) {
      caller.onProgress?.({ what: 'Sending Bills', done: watch.results.size, total: billIds.length });
      await change();
    }
    // When nothing is left this process may be about to tell what it did.
    while (!isOver() && (await change()));
  }

  /**
   * Bills of which this process was told nothing: another one decided about them, or nothing became of them because
   * m3ter or the org cannot be called now.
   */
  private async others(watch: Watch, runKey: string, before: ReadonlyMap<string, BillState>): Promise<BillResult[]> {
    const { core, ref, session } = this;
    const trouble = core.troubles.reason(session);
    const integration = session.nameOf(ref.integrationId) ?? ref.integrationId;
    const why = trouble
      ? explain({ kind: 'postponed', trouble })
      : { code: null, message: 'Nobody waited for the end. See the Run in Salesforce.' };
    const missing = this.billIds.filter((id) => !watch.results.has(billKey(ref, id)));
    const states = missing.length > 0 ? await this.states() : new Map<string, BillState>();
    return missing.map((billId) => {
      const now = states.get(billId);
      const isDecided = now !== undefined && now.decidedAt.getTime() !== before.get(billId)?.decidedAt.getTime();
      const result = isDecided
        ? { outcome: now.status, code: now.code, message: ELSEWHERE }
        : { outcome: 'postponed', ...why };
      return { billId, ...ref, integration, runKey, lineItems: 0, ...result };
    });
  }
}
