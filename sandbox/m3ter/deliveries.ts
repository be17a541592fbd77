import { setTimeout as delay } from 'node:timers/promises';
import { stringifyExact } from '../shared/exactJson.ts';
import type { M3terFaults } from './faults.ts';
import { signedHeaders, webhooksFor } from './notifications.ts';
import type { Webhook } from './notifications.ts';
import type { RecordedEvent, Store } from './store.ts';

/** Milliseconds before each further try of a delivery that was not taken. */
const RETRY_DELAYS = [500, 2_000];
const TIMEOUT_MS = 5_000;
const MOST = 1_000;

/** One delivery, as GET /sandbox/deliveries lists it. */
export interface Delivery {
  url: string;
  eventName: string;
  /** Statuses of the answers, 0 for none. */
  answers: number[];
}

/** Sends notifications of events to webhooks, with a few tries each. What is not taken by then is lost. */
export class Deliveries {
  readonly log: Delivery[] = [];
  private readonly store: Store;
  private readonly faults: M3terFaults;
  private readonly now: () => Date;
  private readonly stopping = new AbortController();

  constructor(store: Store, faults: M3terFaults, now: () => Date) {
    this.store = store;
    this.faults = faults;
    this.now = now;
  }

  /** Starts the deliveries of an event; they end by themselves. */
  announce(event: RecordedEvent): void {
    if (this.stopping.signal.aborted) return;
    for (const webhook of webhooksFor(this.store, event)) void this.deliver(webhook, event);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async deliver(webhook: Webhook, event: RecordedEvent): Promise<void> {
    const fault = this.faults.takeForDelivery(new URL(webhook.url).pathname);
    if (fault?.kind === 'loseDelivery') return;
    try {
      if (fault?.kind === 'delayDelivery') await delay(fault.ms, undefined, { signal: this.stopping.signal });
      for (let copies = fault?.kind === 'repeatDelivery' ? 2 : 1; copies > 0; copies -= 1) {
        await this.send(webhook, event);
      }
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }

  private async send(webhook: Webhook, event: RecordedEvent): Promise<void> {
    const delivery: Delivery = { url: webhook.url, eventName: event.name, answers: [] };
    this.log.push(delivery);
    if (this.log.length > MOST) this.log.shift();
    for (const wait of [...RETRY_DELAYS, undefined]) {
      const status = await this.post(webhook, event.document);
      delivery.answers.push(status);
      if ((status >= 200 && status < 300) || wait === undefined) return;
      await delay(wait, undefined, { signal: this.stopping.signal });
    }
  }

  /** The status of the answer, 0 for none. */
  private async post(webhook: Webhook, body: string): Promise<number> {
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = signedHeaders(webhook, body, this.now());
    try {
      const answer = await fetch(webhook.url, { method: 'POST', headers, body, signal });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return 0;
    }
  }

  /** For GET /sandbox/deliveries: the latest, oldest first. */
  text(): string {
    return stringifyExact(this.log);
  }
}
