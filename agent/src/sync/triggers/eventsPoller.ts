import type { M3terClient } from '../../m3ter/client.ts';
import type { Runtime } from '../../runtime.ts';
import type { FactStore } from '../../store/types.ts';
import { claimTime } from './schedules.ts';

export interface EventsPollerParts {
  readonly m3ter: Pick<M3terClient, 'events'>;
  readonly facts: FactStore;
  readonly runtime: Runtime;
  readonly intervalMs: number;
  readonly hint: (billIds: readonly string[]) => 'accepted' | 'full';
  /** There were too many events to read: all Bills have to be looked at. */
  readonly onTooMany: () => Promise<void>;
}

const NAMES = ['billing.bill.created', 'billing.bill.updated', 'billing.bill.deleted'];
/** Until when events were read. */
const WATERMARK = 'events read until';
const TURN = 'events poll';
/** m3ter does not say how late an event may appear in its list. */
const OVERLAP_MS = 2 * 60_000;
/** A watermark that is older is of no use: m3ter keeps events for 28 days, and a start looks at all Bills. */
const OLDEST_MS = 24 * 3_600_000;

/** Learns from m3ter's list of events which Bills changed. The watermark survives restarts. */
export class EventsPoller {
  private readonly parts: EventsPollerParts;
  /** Events within the overlap that were passed on already, with their times. */
  private readonly seen = new Map<string, number>();

  constructor(parts: EventsPollerParts) {
    this.parts = parts;
  }

  /** Begins to watch from now on, because all Bills are looked at anyway. */
  async begin(): Promise<void> {
    const now = this.parts.runtime.now();
    const known = await this.watermark();
    if (known === undefined || now.getTime() - known.getTime() > OLDEST_MS) await this.save(now);
  }

  /**
   * Passes on what is new. Of several processes with one store only one asks m3ter in each interval. Throws what
   * m3ter's client throws; nothing is lost then.
   */
  async poll(): Promise<void> {
    const { m3ter, runtime, intervalMs, facts, hint, onTooMany } = this.parts;
    const startedAt = runtime.now();
    const turn = Math.floor(startedAt.getTime() / intervalMs) * intervalMs;
    if (!(await claimTime(facts, TURN, new Date(turn).toISOString(), startedAt))) return;
    const watermark = (await this.watermark()) ?? startedAt;
    const since = new Date(watermark.getTime() - OVERLAP_MS);
    const { hints, isComplete } = await m3ter.events(NAMES, since);
    const fresh = hints.filter(({ eventId }) => !this.seen.has(eventId));
    if (!isComplete) await onTooMany();
    // What does not fit now is read again: the watermark stays.
    else if (hint(fresh.map(({ billId }) => billId)) === 'full') return;
    for (const { eventId, eventTime } of fresh) this.seen.set(eventId, eventTime.getTime());
    await this.save(startedAt);
    for (const [id, time] of this.seen) if (time < since.getTime()) this.seen.delete(id);
  }

  private async watermark(): Promise<Date | undefined> {
    const time = Date.parse((await this.parts.facts.get(WATERMARK)) ?? '');
    // A clock that was set back must not hide events.
    return Number.isNaN(time) ? undefined : new Date(Math.min(time, this.parts.runtime.now().getTime()));
  }

  private save(time: Date): Promise<void> {
    return this.parts.facts.set(WATERMARK, time.toISOString());
  }
}
