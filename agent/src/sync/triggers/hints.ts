/** Bills that may have changed, gathered until their window is over. */
export class Hints {
  private readonly most: number;
  private readonly windowMs: number;
  private pending = new Map<string, string>();
  private since: Date | undefined;

  /**
   * @param windowMs milliseconds from the first hint until the batch is due
   * @param most Bills that are kept at once
   */
  constructor(windowMs: number, most: number) {
    this.windowMs = windowMs;
    this.most = most;
  }

  get size(): number {
    return this.pending.size;
  }

  /**
   * Takes Bills in, all or none.
   *
   * @param source such as `webhook`
   */
  add(billIds: readonly string[], source: string, now: Date): 'accepted' | 'full' {
    const fresh = new Set(billIds.filter((id) => !this.pending.has(id)));
    if (this.pending.size + fresh.size > this.most) return 'full';
    for (const id of fresh) this.pending.set(id, source);
    if (this.pending.size > 0) this.since ??= now;
    return 'accepted';
  }

  /** Milliseconds until the batch is due; undefined when there is none. */
  dueIn(now: Date): number | undefined {
    if (!this.since) return undefined;
    return Math.max(0, Math.min(this.windowMs, this.since.getTime() + this.windowMs - now.getTime()));
  }

  /** The Bills of the batch, each once. */
  take(): string[] {
    const ids = [...this.pending.keys()];
    this.pending = new Map();
    this.since = undefined;
    return ids;
  }

  /** Puts Bills back that could not be queued. */
  putBack(billIds: readonly string[], now: Date): void {
    for (const id of billIds) if (this.pending.size < this.most) this.pending.set(id, 'again');
    if (this.pending.size > 0) this.since ??= now;
  }
}
