import type { BatchCounts, CountedBatch, IntegrationRef } from '../../store/types.ts';
import type { Trouble } from '../failure.ts';
import type { Triage } from '../scans/triage.ts';
import type { BillResult } from '../types.ts';

/** Somebody who waits for batches to come to an end. */
export class Watch {
  readonly runKeys: ReadonlySet<string>;
  private readonly found = new Map<string, BillResult>();
  private readonly retried = new Set<string>();
  /** The counts of batches that are closed. */
  readonly closed = new Map<string, BatchCounts>();
  /** Bills of other batches that came to an end meanwhile, by integration id: left over from before. */
  readonly others = new Map<string, Record<string, number>>();
  /** By org id; m3ter's under none. */
  readonly errors = new Map<string, Error>();
  billsRead = 0;
  private wakeUp: (() => void) | undefined;
  /** Something happened while nobody waited here. */
  private isMissed = false;

  private readonly bills: ReadonlySet<string>;

  /** @param bills by `billKey`, whose results count whatever batch they are in */
  constructor(runKeys: Iterable<string>, bills: Iterable<string>) {
    this.runKeys = new Set(runKeys);
    this.bills = new Set(bills);
  }

  isAbout(result: BillResult): boolean {
    return this.runKeys.has(result.runKey) || this.bills.has(billKey(result, result.billId));
  }

  /** What became of each Bill of these batches, by `billKey`. */
  get results(): ReadonlyMap<string, BillResult> {
    return this.found;
  }

  /** Bills that were tried and have to be tried again. */
  get unresolved(): number {
    return this.retried.size;
  }

  note(result: BillResult): void {
    const key = billKey(result, result.billId);
    this.found.set(key, result);
    if (result.outcome === 'retrying' || result.outcome === 'postponed') this.retried.add(key);
    else this.retried.delete(key);
    this.wake();
  }

  /** What keeps the batches of an org from coming to an end. */
  errorOf(orgId: string): Error | undefined {
    return this.errors.get(orgId) ?? this.errors.get('');
  }

  get isClosed(): boolean {
    return [...this.runKeys].every((key) => this.closed.has(key));
  }

  /**
   * Waits until something happens to these batches and Bills, at most so many milliseconds; not at all when it did since
   * the last wait.
   *
   * @returns whether something happened
   */
  async change(most: number, sleep: (ms: number) => Promise<void>): Promise<boolean> {
    let isNews = this.isMissed;
    this.isMissed = false;
    if (isNews) return true;
    const happened = new Promise<void>((resolve) => {
      this.wakeUp = () => {
        isNews = true;
        resolve();
      };
    });
    await Promise.race([happened, sleep(most)]).finally(() => (this.wakeUp = undefined));
    return isNews;
  }

  wake(): void {
    if (this.wakeUp) this.wakeUp();
    else this.isMissed = true;
  }
}

/** Everybody who waits. */
export class Watches {
  private readonly all = new Set<Watch>();

  open(runKeys: Iterable<string>, bills: Iterable<string> = []): Watch {
    const watch = new Watch(runKeys, bills);
    this.all.add(watch);
    return watch;
  }

  close(watch: Watch): void {
    this.all.delete(watch);
  }

  onResult(result: BillResult, { integrationId }: IntegrationRef): void {
    for (const watch of this.all) {
      if (watch.isAbout(result)) watch.note(result);
      else this.countOther(watch, result, integrationId);
    }
  }

  onClosed({ runKey, counts }: CountedBatch): void {
    for (const watch of this.all) {
      if (!watch.runKeys.has(runKey)) continue;
      watch.closed.set(runKey, counts);
      watch.wake();
    }
  }

  onTrouble(trouble: Trouble, orgId = ''): void {
    this.onBroken(trouble.side === 'm3ter' ? '' : orgId, trouble.error);
  }

  onBroken(orgId: string, error: Error): void {
    for (const watch of this.all) {
      watch.errors.set(orgId, error);
      watch.wake();
    }
  }

  onProgress(billsRead: number): void {
    for (const watch of this.all) watch.billsRead = Math.max(watch.billsRead, billsRead);
  }

  private countOther(watch: Watch, result: BillResult, integrationId: string): void {
    const counts = watch.others.get(integrationId) ?? {};
    watch.others.set(integrationId, counts);
    const add = (key: string, count: number): void => void (counts[key] = (counts[key] ?? 0) + count);
    if (result.outcome === 'sent') add(result.code === null ? 'sent' : `sent.${result.code}`, 1);
    if (result.outcome === 'sent') add('lineItems', result.lineItems);
    if (result.outcome === 'failed') add(`failed.${result.code ?? 'UNKNOWN'}`, 1);
  }
}

export function billKey({ orgId, integrationId }: IntegrationRef, billId: string): string {
  return `${orgId} ${integrationId} ${billId}`;
}

/** The word under which metrics count a Bill that a scan needed no closer look at. */
export function triageWord(triaged: Triage): string {
  return triaged.kind === 'skip' ? 'skipped' : triaged.kind;
}
