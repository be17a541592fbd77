import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { formatInstant } from 'c/dates';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { hoursOf, totalOf } from './hours';
import type { Hour, Outcomes } from './hours';
import { LABELS } from './labels';
import { LAST_DAY_QUERY } from './lastDayQuery';
import type { LastDayData } from './lastDayQuery';

const DAY_MS = 86_400_000;
const POLL_MS = 60_000;
/** The lowest bar that can be seen, as a share of the highest in percent. */
const LOWEST_BAR = 4;

const since = () => ({ since: { value: new Date(Date.now() - DAY_MS).toISOString() } });

/** What the last 24 hours brought: Bills sent, skipped and failed, in all and hour by hour. */
export default class LastDay extends LightningElement {
  labels = LABELS;
  query = LAST_DAY_QUERY;
  errors: unknown;
  private hours: Hour[] | undefined;
  variables = since();
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredRuns({ data, errors, refresh }: GraphQLResult<LastDayData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.hours = hoursOf(data, new Date());
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => {
      this.variables = since();
    }, POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get isLoading(): boolean {
    return !this.hours && !this.errors;
  }
  get total(): string {
    return this.hours && !this.errors ? words(totalOf(this.hours)) : '';
  }
  get bars() {
    const hours = this.errors ? [] : (this.hours ?? []);
    const most = Math.max(1, ...hours.map(({ sent, failed }) => sent + failed));
    return hours.map((hour) => ({
      key: hour.start,
      title: format(LABELS.hour, formatInstant(hour.start), words(hour)),
      sentStyle: height(hour.sent, most),
      failedStyle: height(hour.failed, most),
    }));
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }
}

function words({ sent, skipped, failed }: Outcomes): string {
  return format(LABELS.outcomes, formatCount(sent), formatCount(skipped), formatCount(failed));
}

function height(count: number, most: number): string {
  return `height: ${count === 0 ? 0 : Math.max(LOWEST_BAR, Math.round((count / most) * 100))}%`;
}
