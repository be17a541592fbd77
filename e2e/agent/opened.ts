/** What a test opened and has to close in the end, whatever went wrong in between. */
export class Opened {
  private readonly things: Array<{ close(): Promise<unknown> }> = [];

  keep<T extends { close(): Promise<unknown> }>(thing: T): T {
    this.things.push(thing);
    return thing;
  }

  /** Closes the last one first. */
  async close(): Promise<void> {
    for (const thing of this.things.splice(0).toReversed()) await thing.close();
  }
}
