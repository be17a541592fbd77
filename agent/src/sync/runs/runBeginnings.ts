import type { Runtime } from '../../runtime.ts';
import type { Batch, BatchStore, RunClaim } from '../../store/types.ts';

export interface RunBeginningsParts {
  readonly batches: Pick<BatchStore, 'claimRun' | 'settleRun'>;
  readonly runtime: Pick<Runtime, 'sleep' | 'newId'>;
  /** No other process works on these batches. */
  readonly isAlone: boolean;
}

type Write = (own: readonly Batch[]) => Promise<void>;

const LOOK_AGAIN_MS = 100;

/**
 * Has each parent Run begun once, by one group of one process. Salesforce makes calls that write the same record wait for
 * each other, and refuses those that waited too long.
 */
export class RunBeginnings {
  private readonly parts: RunBeginningsParts;
  /** By run key: the begin, under way or over. */
  private readonly beginnings = new Map<string, Promise<void>>();
  private readonly begun = new Set<string>();
  private readonly claimant: string;

  constructor(parts: RunBeginningsParts) {
    this.parts = parts;
    this.claimant = parts.runtime.newId();
  }

  /** Whether the org holds the parent Run, as far as this process knows. */
  has(runKey: string): boolean {
    return this.begun.has(runKey);
  }

  forget(runKey: string): void {
    this.beginnings.delete(runKey);
    this.begun.delete(runKey);
  }

  /**
   * Returns when the org holds all of these Runs.
   *
   * @param write writes those that nobody else does
   * @throws what keeps `write` from that; the next begin tries again
   */
  async begin(batches: readonly Batch[], write: Write): Promise<void> {
    const fresh = batches.filter(({ runKey }) => !this.beginnings.has(runKey));
    if (fresh.length > 0) {
      const beginning = this.beginFresh(fresh, write);
      for (const { runKey } of fresh) this.beginnings.set(runKey, beginning);
      beginning.catch(() => fresh.forEach(({ runKey }) => this.beginnings.delete(runKey)));
    }
    await Promise.all(batches.map(({ runKey }) => this.beginnings.get(runKey) ?? Promise.resolve()));
  }

  /** Writes what this process may write before it waits for others: nobody waits for somebody who waits for him. */
  private async beginFresh(fresh: readonly Batch[], write: Write): Promise<void> {
    for (let open = [...fresh]; open.length > 0;) {
      const claims = new Map<Batch, RunClaim>();
      for (const batch of open) claims.set(batch, await this.claim(batch));
      const claimed = (claim: RunClaim): Batch[] => open.filter((batch) => claims.get(batch) === claim);
      const [own, begun, others] = [claimed('own'), claimed('begun'), claimed('others')];
      if (own.length > 0) await this.writeOwn(own, write);
      for (const { runKey } of [...own, ...begun]) this.begun.add(runKey);
      open = others;
      if (open.length > 0) await this.parts.runtime.sleep(LOOK_AGAIN_MS);
    }
  }

  private async writeOwn(own: readonly Batch[], write: Write): Promise<void> {
    try {
      await write(own);
    } catch (error) {
      await this.settle(own, false);
      throw error;
    }
    await this.settle(own, true);
  }

  private claim({ runKey }: Batch): Promise<RunClaim> {
    return this.parts.isAlone ? Promise.resolve('own') : this.parts.batches.claimRun(runKey, this.claimant);
  }

  private async settle(own: readonly Batch[], isBegun: boolean): Promise<void> {
    if (this.parts.isAlone) return;
    for (const { runKey } of own) await this.parts.batches.settleRun(runKey, this.claimant, isBegun);
  }
}
