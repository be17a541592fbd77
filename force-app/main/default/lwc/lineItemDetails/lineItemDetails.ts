import { api, wire } from 'lwc';
import LightningModal from 'lightning/modal';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { choiceLabel, nodes } from 'c/connection';
import { formatPeriod } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { format } from 'c/format';
import { formatMoney, formatNumber } from 'c/money';
import { readBands, segmentText } from './bands';
import type { BandRow } from './bands';
import { LABELS } from './labels';
import { LINE_ITEM_QUERY } from './lineItemQuery';
import type { LineItemData, LineItemNode } from './lineItemQuery';

/** One Line Item: what it is for, when, and how its amount came about. */
export default class LineItemDetails extends LightningModal {
  /** The Bill Line Item. */
  @api recordId: string | undefined;

  labels = LABELS;
  query = LINE_ITEM_QUERY;
  errors: unknown;
  isLoading = true;
  private line: LineItemNode | undefined;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredLine({ data, errors, refresh }: GraphQLResult<LineItemData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    this.line = data && !errors ? nodes(data.uiapi.query.lines)[0] : undefined;
  }

  get variables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }
  get isGone(): boolean {
    return !this.isLoading && !this.errors && !this.line;
  }
  get hasLine(): boolean {
    return this.line !== undefined;
  }
  /** What is known of the Line Item, as label and text. */
  get facts() {
    return this.line ? factsOf(this.line).filter(({ text }) => text !== '') : [];
  }
  get bands(): BandRow[] | undefined {
    return this.line && readBands(this.line.bands.value, this.line.currency.value ?? '');
  }
  get hasBands(): boolean {
    return (this.bands?.length ?? 0) > 0;
  }
  get noBandsText(): string {
    return this.bands ? LABELS.noBands : LABELS.unreadableBands;
  }
  get amountLabel(): string {
    return format(LABELS.bandAmount, this.line?.currency.value ?? '');
  }

  async handleRetry(): Promise<void> {
    await this.refreshData?.();
  }
  async handleClose(): Promise<void> {
    await this.close(undefined);
  }
}

function factsOf(line: LineItemNode) {
  const fact = (label: string, text: string | null | undefined) => ({ label, text: text ?? '' });
  return [
    fact(LABELS.fullDescription, line.fullDescription.value ?? line.description.value),
    fact(LABELS.product, line.product.value),
    fact(LABELS.accountingProduct, line.accountingProduct.value),
    fact(LABELS.type, choiceLabel(line.type)),
    fact(LABELS.servicePeriod, formatPeriod(line.periodStart.value?.slice(0, 10), firstDayAfter(line.periodEnd.value))),
    fact(LABELS.segment, segmentText(line.segment.value)),
    fact(LABELS.conversion, conversionOf(line)),
  ];
}

/** How the amount in the Bill's currency came about; nothing where both are the same. */
function conversionOf({ subtotal, currency, conversionRate, convertedSubtotal, bill }: LineItemNode): string {
  const [from, to] = [currency.value ?? '', bill?.currency.value ?? ''];
  const converted = parseDecimal(convertedSubtotal.value);
  if (from === to || to === '' || !converted) return '';
  const rate = formatNumber(parseDecimal(conversionRate.value));
  return format(
    LABELS.conversionText,
    formatMoney(parseDecimal(subtotal.value), from),
    rate,
    formatMoney(converted, to),
  );
}

const DAY_MS = 86_400_000;

/** The first day that is not part of a period, from its end: an instant that is not part of it. */
function firstDayAfter(end: string | null): string | undefined {
  if (!end) return undefined;
  return new Date(Math.ceil(Date.parse(end) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
