import type { Runtime } from '../../runtime.ts';
import type { Batch, BatchStore } from '../../store/types.ts';
import { Mutex } from '../mutex.ts';

export interface RunBeginningsParts {
  readonly batches: Pick<BatchStore, 'claimRun' | 'settleRun'>;
  readonly runtime: Pick<Runtime, 'sleep'>;
  /** No other process works on these batches. */
  readonly isAlone: boolean;
}

const LOOK_AGAIN_MS = 100;
/** A process that did not say how it went for so long is gone. Where it is not, the Run is written twice, which harms nobody. */
const CLAIM_SECONDS = 90;

/**
 * Has each parent Run begun once, by one group of one process. Salesforce makes calls that write the same record wait for
 * each other, and refuses those that waited too long.
 */
export class RunBeginnings {
  private readonly parts: RunBeginningsParts;
  private readonly begun = new Set<string>();
  private readonly beginning = new Mutex();

  constructor(parts: RunBeginningsParts) {
    this.parts = parts;
  }

  /** Whether the org holds the parent Run, as far as this process knows. */
  has(runKey: string): boolean {
    return this.begun.has(runKey);
  }

  forget(runKey: string): void {
    this.begun.delete(runKey);
  }

  /**
   * Returns when the org holds all of these Runs.
   *
   * @param write writes those that nobody else does; throws what keeps it from that
   */
  begin(batches: readonly Batch[], write: (own: readonly Batch[]) => Promise<void>): Promise<void> {
    return this.beginning.run(async () => {
      const fresh = batches.filter(({ runKey }) => !this.begun.has(runKey));
      const own = await this.claim(fresh);
      try {
        if (own.length > 0) await write(own);
      } catch (error) {
        await this.settle(own, false);
        throw error;
      }
      await this.settle(own, true);
      for (const { runKey } of fresh) this.begun.add(runKey);
    });
  }

  /** Waits for Runs that other processes begin. In the order of their keys: nobody waits for somebody who waits for him. */
  private async claim(fresh: readonly Batch[]): Promise<Batch[]> {
    if (this.parts.isAlone) return [...fresh];
    const own: Batch[] = [];
    for (const batch of fresh.toSorted((a, b) => (a.runKey < b.runKey ? -1 : 1))) {
      if (await this.isOwn(batch)) own.push(batch);
    }
    return own;
  }

  private async isOwn({ runKey }: Batch): Promise<boolean> {
    const { batches, runtime } = this.parts;
    for (;;) {
      const claim = await batches.claimRun(runKey, CLAIM_SECONDS);
      if (claim !== 'others') return claim === 'own';
      await runtime.sleep(LOOK_AGAIN_MS);
    }
  }

  private async settle(own: readonly Batch[], isBegun: boolean): Promise<void> {
    if (this.parts.isAlone) return;
    for (const { runKey } of own) await this.parts.batches.settleRun(runKey, isBegun);
  }
}
