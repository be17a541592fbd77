import { PACK_LIMITS } from '../rules/packing.ts';

/** Calls at the same time until the org has shown that it takes more. */
const FIRST_LANES = 4;
/** A call that takes longer shows an org at its limits; from 20 s on Salesforce counts it as long-running. */
const SLOW_MS = 15_000;
const FEWEST_BILLS = 5;
const BILLS_MORE = 5;

/**
 * How many calls to an org at the same time, and how many Bills in each, learnt from how calls go as TCP does (RFC 5681):
 * one more lane for each call that works until the first trouble, from then on one for each round of calls; half after
 * locks, time-outs, refusals for too many calls, and slow answers.
 */
export class Pace {
  private readonly mostLanes: number;
  private lanesNow: number;
  private billsNow: number = PACK_LIMITS.defaultBillsPerPack;
  private fastCalls = 0;
  private troubledAt: Date | undefined;

  /** @param mostLanes calls at the same time at the most */
  constructor(mostLanes: number) {
    this.mostLanes = mostLanes;
    this.lanesNow = Math.min(FIRST_LANES, mostLanes);
  }

  get lanes(): number {
    return this.lanesNow;
  }

  /** Bills in a call at the most. */
  get billsPerCall(): number {
    return this.billsNow;
  }

  /** A call worked. */
  noteAnswer(startedAt: Date, now: Date): void {
    if (now.getTime() - startedAt.getTime() > SLOW_MS) {
      this.noteTrouble(startedAt, now);
      return;
    }
    this.billsNow = Math.min(PACK_LIMITS.defaultBillsPerPack, this.billsNow + BILLS_MORE);
    this.fastCalls += 1;
    if (this.troubledAt !== undefined && this.fastCalls < this.lanesNow) return;
    this.fastCalls = 0;
    this.lanesNow = Math.min(this.mostLanes, this.lanesNow + 1);
  }

  /** A call met a lock, a time-out or a refusal that less at the same time may avoid. */
  noteTrouble(startedAt: Date, now: Date): void {
    // Calls that were under way already say nothing about what was changed since; unless the clock was set back.
    if (this.troubledAt !== undefined && startedAt < this.troubledAt && now >= this.troubledAt) return;
    this.troubledAt = now;
    this.fastCalls = 0;
    this.lanesNow = Math.max(1, Math.floor(this.lanesNow / 2));
    this.billsNow = Math.max(FEWEST_BILLS, Math.floor(this.billsNow / 2));
  }
}
