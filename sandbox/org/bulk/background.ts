/** Does long work in steps between requests, as an org's asynchronous queue does it beside them. */
export class Background {
  private isStopped = false;

  /** Takes one step at each turn of the event loop until the work is done or everything is stopped. */
  run(work: Iterator<void>): void {
    setImmediate(() => {
      if (!this.isStopped && !work.next().done) this.run(work);
    });
  }

  /** Takes no further step of any work. */
  stop(): void {
    this.isStopped = true;
  }
}
