/** The org's clock: that of the machine, or of whoever started the org, until somebody sets it. */
export class OrgClock {
  private readonly base: () => Date;
  private offsetMs = 0;
  private stoppedAt: number | undefined;

  constructor(base: () => Date = () => new Date()) {
    this.base = base;
  }

  readonly now = (): Date => new Date(this.stoppedAt ?? this.base().getTime() + this.offsetMs);

  get isStopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  /** Sets the clock to an instant, from where it goes on. */
  set(instant: Date): void {
    this.offsetMs = instant.getTime() - this.base().getTime();
    if (this.isStopped) this.stoppedAt = instant.getTime();
  }

  /** Stops it, or lets it go on from where it stopped. */
  stop(isStopped: boolean): void {
    const instant = this.now();
    this.stoppedAt = isStopped ? instant.getTime() : undefined;
    if (!isStopped) this.set(instant);
  }

  /** Back to the time it had when nobody had touched it. */
  reset(): void {
    this.offsetMs = 0;
    this.stoppedAt = undefined;
  }
}
