/** Something that happens in m3ter by itself when its time has come. */
export interface Timed {
  /** Milliseconds since 1970 of what comes next; Infinity for nothing. */
  next(): number;
  /** Does what is due. */
  run(): void;
}

/** How often the time is looked at while nobody asks anything. */
const LOOK_EVERY_MS = 100;

/**
 * Lets things happen by the server's clock: before each request, so that an answer is never behind the clock, and from
 * time to time, so that events and webhooks come although nobody asks.
 */
export class Timetable {
  private readonly now: () => Date;
  private readonly things: Timed[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(now: () => Date) {
    this.now = now;
    this.timer = setInterval(() => this.runDue(), LOOK_EVERY_MS).unref();
  }

  add(thing: Timed): void {
    this.things.push(thing);
  }

  runDue(): void {
    for (const thing of this.things) {
      if (thing.next() <= this.now().getTime()) thing.run();
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
