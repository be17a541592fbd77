import { organizationConfig } from '../orgSettings.ts';
import type { OrganizationConfig } from '../orgSettings.ts';
import type { Billing } from '../billing.ts';
import type { Store } from '../store.ts';
import type { Timed } from '../timetable.ts';
import type { BillJobs } from './billJobs.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How often Bills are looked through for those that are to be approved. */
const APPROVAL_EVERY = 1_000;
const UNITS = { MINUTES: MINUTE, HOURS: HOUR, DAYS: DAY };

/**
 * Scheduled billing: every `scheduledBillInterval` hours of the Organization's configuration, or every so many minutes
 * by the sandbox's own knob, a job bills all Accounts, which returns APPROVED Bills of running periods to PENDING.
 * While ten jobs run it is left out.
 *
 * Source: m3ter's OpenAPI document, Organization Configuration; "Scheduling billing".
 */
export class ScheduledBilling implements Timed {
  private readonly store: Store;
  private readonly jobs: BillJobs;
  private readonly now: () => Date;
  /** Milliseconds since 1970 after which the next one counts. */
  private last: number;
  private minutes = 0;

  constructor(store: Store, jobs: BillJobs, now: () => Date) {
    this.store = store;
    this.jobs = jobs;
    this.now = now;
    this.last = now().getTime();
  }

  /** The sandbox's knob; 0 leaves it to the Organization's configuration. */
  setMinutes(minutes: number): void {
    this.minutes = minutes;
    this.last = this.now().getTime();
  }

  next(): number {
    const [interval, offset] =
      this.minutes > 0 ? [this.minutes * MINUTE, 0] : intervalOf(organizationConfig(this.store.settings));
    return interval === 0 ? Infinity : Math.floor((this.last - offset) / interval + 1) * interval + offset;
  }

  run(): void {
    this.last = this.now().getTime();
    if (this.jobs.hasRoom()) this.jobs.create({});
  }
}

/** Interval and offset in milliseconds; intervals count from midnight UTC. */
function intervalOf({ scheduledBillInterval, scheduledBillOffset = 0 }: OrganizationConfig): [number, number] {
  return [Number(scheduledBillInterval) * HOUR, scheduledBillOffset * HOUR];
}

/**
 * Approves PENDING Bills by itself after the grace period of the Organization's configuration.
 *
 * Source: m3ter's OpenAPI document, Organization Configuration. Not documented, and therefore an assumption: that the
 * period begins anew when a Bill is recalculated.
 */
export class AutoApproval implements Timed {
  private readonly store: Store;
  private readonly billing: Billing;
  private readonly now: () => Date;
  private last = 0;

  constructor(store: Store, billing: Billing, now: () => Date) {
    this.store = store;
    this.billing = billing;
    this.now = now;
  }

  next(): number {
    return this.last + APPROVAL_EVERY;
  }

  run(): void {
    this.last = this.now().getTime();
    const { autoApproveBillsGracePeriod: period, autoApproveBillsGracePeriodUnit: unit = 'HOURS' } = organizationConfig(
      this.store.settings,
    );
    if (period === undefined) return;
    const limit = new Date(this.last - period * UNITS[unit]).toISOString();
    const isDue = "status = 'PENDING' AND locked = 0 AND json_extract(document, '$.lastCalculatedDate') <= ?";
    const rows = this.store.bills.select([{ sql: isDue, params: [limit] }], 'ORDER BY seq', 'id');
    this.billing.approve(rows.map((row) => String(row['id'])));
  }
}
