import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { choiceLabel, nodes } from 'c/connection';
import { FIRST_PAGE, cursorOf, readPage } from 'c/cursorPages';
import type { Cursors, ReadPage } from 'c/cursorPages';
import { formatDuration } from 'c/dates';
import { formatCount } from 'c/money';
import { billPage, runPage } from 'c/pageReferences';
import type { Column, Row } from 'c/recordTable';
import { runStatusWords } from 'c/runStatus';
import { sourceVersionWords } from 'c/sourceVersion';
import { CHILDREN_QUERY } from './childrenQuery';
import type { ChildNode, ChildrenData } from './childrenQuery';
import { LABELS } from './labels';

const PAGE_SIZE = 20;
const COLUMNS: Column[] = [
  { key: 'run', label: LABELS.run },
  { key: 'bill', label: LABELS.bill },
  { key: 'status', label: LABELS.status },
  { key: 'lineItems', label: LABELS.lineItems, isNumber: true },
  { key: 'version', label: LABELS.version },
  { key: 'duration', label: LABELS.duration, isNumber: true },
  { key: 'code', label: LABELS.errorCode },
];

/** The Runs of the Bills in a batch, page by page. */
export default class RunChildren extends LightningElement {
  /** The batch. */
  @api recordId: string | undefined;

  labels = LABELS;
  columns = COLUMNS;
  errors: unknown;
  current: ReadPage | undefined;
  rows: Row[] = [];
  private cursors = FIRST_PAGE;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredChildren({ data, errors, refresh }: GraphQLResult<ChildrenData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (!data || errors) return;
    const { children } = data.uiapi.query;
    this.current = readPage(this.cursors, PAGE_SIZE, children);
    this.rows = nodes(children).map(toRow);
  }

  get query(): unknown {
    return this.recordId ? CHILDREN_QUERY : undefined;
  }
  get variables(): Record<string, unknown> {
    return { recordId: this.recordId, first: PAGE_SIZE, after: cursorOf(this.cursors) };
  }

  /** Reads again. */
  @api async refresh(): Promise<void> {
    await this.refreshData?.();
  }

  handleTurn(event: CustomEvent<Cursors>): void {
    this.cursors = event.detail;
  }
}

function toRow(node: ChildNode): Row {
  const billId = node.billId.value;
  const { icon, variant } = runStatusWords(node.status.value ?? '');
  return {
    run: { text: node.Name.value ?? '', page: runPage(node.Id) },
    bill: {
      text: node.bill?.Name.value ?? node.m3terBillId.value ?? '',
      page: billId ? billPage(billId) : undefined,
    },
    status: { text: choiceLabel(node.status), icon, variant },
    lineItems: formatCount(node.lineItems.value ?? 0),
    version: sourceVersionWords(node.version.value),
    duration: formatDuration(node.started.value, node.completed.value),
    code: node.errorCode.value ?? '',
  };
}
