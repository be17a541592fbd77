import { LightningElement, api } from 'lwc';
import { formatMonth } from 'c/dates';
import { compare } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { format } from 'c/format';
import { formatMoney } from 'c/money';
import { HEIGHT, WIDTH, bars } from './bars';
import { LABELS } from './labels';

/** What was billed in one month (`YYYY-MM`). */
export interface MonthTotal {
  month: string;
  total: Decimal;
}

/** What was billed per month in one currency: bars to look at, a table to listen to. */
export default class BillingChart extends LightningElement {
  @api currencyCode = '';
  /** Oldest month first. */
  @api months: MonthTotal[] = [];

  labels = LABELS;
  viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
  right = WIDTH;

  get caption(): string {
    return format(LABELS.caption, this.currencyCode);
  }

  get highest(): string {
    const totals = this.months.map(({ total }) => total).sort(compare);
    return format(LABELS.highest, formatMoney(totals.at(-1), this.currencyCode));
  }

  get baseline(): number {
    return this.drawing.baseline;
  }

  get columns() {
    const drawn = this.drawing.bars;
    return this.months.map(({ month, total }, index) => ({
      month,
      name: formatMonth(month, 'long'),
      shortName: formatMonth(month, 'short'),
      amount: formatMoney(total, this.currencyCode),
      hint: `${formatMonth(month, 'long')}: ${formatMoney(total, this.currencyCode)}`,
      ...drawn[index],
    }));
  }

  private get drawing() {
    return bars(this.months.map(({ total }) => total));
  }
}
