import { EventEmitter, once } from 'node:events';

/** Who holds rows: a request while it works, or somebody else's transaction that a knob stands for. */
export type Holder = object;

/** How long Salesforce lets a transaction wait for a row. */
const LOCK_WAIT_MS = 10_000;

/**
 * Rows that a transaction holds. Another that needs one waits up to ten seconds, and then fails for that row with
 * UNABLE_TO_LOCK_ROW.
 *
 * Source: Salesforce Help 000386567, "Resolve 'unable to obtain exclusive access to this record'".
 */
export class RowLocks {
  /** In real milliseconds; tests shorten it. */
  waitMs = LOCK_WAIT_MS;
  private readonly holders = new Map<string, Holder>();
  private readonly released = new EventEmitter().setMaxListeners(0);

  /** Whether nobody holds any row. */
  get isIdle(): boolean {
    return this.holders.size === 0;
  }

  /** Whether somebody else holds the row. */
  isHeld(row: string, holder: Holder): boolean {
    const current = this.holders.get(row);
    return current !== undefined && current !== holder;
  }

  /** Takes what is free of the rows, at once. */
  hold(rows: Iterable<string>, holder: Holder): void {
    for (const row of rows) if (!this.holders.has(row)) this.holders.set(row, holder);
  }

  /**
   * Waits until all rows are free, then takes them; after the longest wait takes those that are. Holds nothing
   * meanwhile, so that two never wait for each other. Gives the rows that it had to wait for.
   */
  async take(rows: readonly string[], holder: Holder): Promise<ReadonlySet<string>> {
    const isBusy = (row: string): boolean => this.isHeld(row, holder);
    const waitedFor = new Set(rows.filter(isBusy));
    const end = AbortSignal.timeout(this.waitMs);
    while (rows.some(isBusy) && !end.aborted) await this.nextRelease(end);
    this.hold(rows, holder);
    return waitedFor;
  }

  release(holder: Holder): void {
    for (const [row, current] of this.holders) if (current === holder) this.holders.delete(row);
    this.released.emit('release');
  }

  private async nextRelease(signal: AbortSignal): Promise<void> {
    try {
      await once(this.released, 'release', { signal });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
    }
  }
}
