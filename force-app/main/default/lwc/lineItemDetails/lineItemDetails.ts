import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { choiceLabel, nodes } from 'c/connection';
import { formatPeriodOf } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { format } from 'c/format';
import { typeMeaning } from 'c/lineItems';
import { formatMoney, formatNumber } from 'c/money';
import { readBands, segmentText } from './bands';
import type { BandRow } from './bands';
import { LABELS } from './labels';
import { LINE_ITEM_QUERY } from './lineItemQuery';
import type { LineItemData, LineItemNode } from './lineItemQuery';

/** What a list does not show of a Line Item: what it is for, when, and how its amount came about. */
export default class LineItemDetails extends LightningElement {
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
}

function factsOf(line: LineItemNode) {
  const fact = (label: string, text: string | null | undefined) => ({ label, text: text ?? '' });
  return [
    fact(LABELS.fullDescription, line.fullDescription.value),
    fact(LABELS.product, line.product.value),
    fact(LABELS.accountingProduct, line.accountingProduct.value),
    fact(LABELS.type, choiceLabel(line.type)),
    fact(LABELS.meaning, typeMeaning(line.type.value ?? '')),
    fact(LABELS.servicePeriod, formatPeriodOf(line.periodStart.value, line.periodEnd.value, line.bill?.timeZone.value)),
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
