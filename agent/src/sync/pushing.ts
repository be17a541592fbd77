import type { IntegrationRef } from '../store/types.ts';
import { forcedRunKey } from './batchBook.ts';
import type { EngineCore } from './core.ts';
import type { OrgSession } from './orgSession.ts';
import { explain } from './pushResult.ts';
import type { BillResult, Caller } from './types.ts';
import { billKey, type Watch } from './watches.ts';

const LOOK_MS = 250;

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
      await core.push(ref, billIds, { runKey, trigger: 'MANUAL', replayedFrom });
      await this.end(watch);
      await core.finish();
      return { runKey, results: [...watch.results.values(), ...this.postponed(watch, runKey)] };
    } finally {
      core.watches.close(watch);
    }
  }

  private async end(watch: Watch): Promise<void> {
    const { core, billIds, caller, ref } = this;
    const isOver = (): boolean =>
      watch.results.size >= billIds.length ||
      watch.errorOf(ref.orgId) !== undefined ||
      core.troubles.remaining(this.session) > 0 ||
      core.runtime.signal.aborted ||
      caller.signal?.aborted === true;
    while (!isOver()) {
      caller.onProgress?.({ what: 'Sending Bills', done: watch.results.size, total: billIds.length });
      await watch.change(LOOK_MS, core.runtime.sleep).catch(() => undefined);
    }
  }

  /** Bills that nothing became of, because m3ter or the org cannot be called now. */
  private postponed(watch: Watch, runKey: string): BillResult[] {
    const { core, ref, session } = this;
    const trouble = core.troubles.reason(session);
    const integration = session.nameOf(ref.integrationId) ?? ref.integrationId;
    const why = trouble
      ? explain({ kind: 'postponed', trouble })
      : { code: null, message: 'Nobody waited for the end. See the Run in Salesforce.' };
    return this.billIds
      .filter((id) => !watch.results.has(billKey(ref, id)))
      .map((billId) => ({ billId, ...ref, integration, runKey, outcome: 'postponed', lineItems: 0, ...why }));
  }
}
