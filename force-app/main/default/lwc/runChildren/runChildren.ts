import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { choiceLabel, nextCursor, nodes } from 'c/connection';
import { FIRST_PAGE, cursorOf, nextPage, offsetOf, previousPage } from 'c/cursorPages';
import { formatDuration } from 'c/dates';
import { billPage, runPage } from 'c/pageReferences';
import { runStatusWords } from 'c/runStatus';
import { sourceVersionWords } from 'c/sourceVersion';
import { CHILDREN_QUERY } from './childrenQuery';
import type { ChildNode, ChildrenData } from './childrenQuery';
import { LABELS } from './labels';

const PAGE_SIZE = 20;

/** The Runs of the Bills in a batch, page by page. */
export default class RunChildren extends LightningElement {
  /** The batch. */
  @api recordId: string | undefined;

  labels = LABELS;
  errors: unknown;
  rows: ReturnType<typeof toRow>[] | undefined;
  total = 0;
  private cursors = FIRST_PAGE;
  private next: string | undefined;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredChildren({ data, errors, refresh }: GraphQLResult<ChildrenData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (!data || errors) return;
    const { children } = data.uiapi.query;
    this.rows = nodes(children).map(toRow);
    this.total = children.totalCount;
    this.next = nextCursor(children);
  }

  get query(): unknown {
    return this.recordId ? CHILDREN_QUERY : undefined;
  }
  get variables(): Record<string, unknown> {
    return { recordId: this.recordId, first: PAGE_SIZE, after: cursorOf(this.cursors) };
  }
  get isLoading(): boolean {
    return !this.rows && !this.errors;
  }
  get hasRows(): boolean {
    return !this.errors && (this.rows?.length ?? 0) > 0;
  }
  get isEmpty(): boolean {
    return !this.errors && this.rows?.length === 0;
  }
  get offset(): number {
    return offsetOf(this.cursors, PAGE_SIZE);
  }
  get shown(): number {
    return this.rows?.length ?? 0;
  }
  get hasNext(): boolean {
    return this.next !== undefined;
  }

  /** Reads again. */
  @api async refresh(): Promise<void> {
    await this.refreshData?.();
  }

  handlePrevious(): void {
    this.cursors = previousPage(this.cursors);
  }

  handleNext(): void {
    this.cursors = nextPage(this.cursors, this.next);
  }
}

function toRow(node: ChildNode) {
  const billId = node.billId.value;
  return {
    ...runStatusWords(node.status.value ?? ''),
    id: node.Id,
    name: node.Name.value ?? '',
    page: runPage(node.Id),
    bill: node.bill?.Name.value ?? node.m3terBillId.value ?? '',
    billPage: billId ? billPage(billId) : undefined,
    status: choiceLabel(node.status),
    lineItems: node.lineItems.value ?? 0,
    version: sourceVersionWords(node.version.value),
    duration: formatDuration(node.started.value, node.completed.value),
    code: node.errorCode.value ?? '',
  };
}
