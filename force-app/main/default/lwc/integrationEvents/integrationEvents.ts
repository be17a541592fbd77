import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { markActioned } from 'c/changes';
import { FIRST_PAGE, cursorOf, readPage } from 'c/cursorPages';
import type { Cursors, ReadPage } from 'c/cursorPages';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import MappingDialog from 'c/mappingDialog';
import type { ListWords } from 'c/listFrame';
import { formatCount } from 'c/money';
import { openDialog } from 'c/openDialog';
import { eventsPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import type { AgentRequest } from 'c/requests';
import { eventWhere } from './eventFilter';
import type { EventFilter } from './eventFilter';
import { toEventRows } from './eventRows';
import type { EventRow, EventsData } from './eventRows';
import { EVENTS_QUERY } from './eventsQuery';
import { LABELS } from './labels';

const PAGE_SIZE = 20;
/** So many where there is a link to all. */
const COMPACT_SIZE = 5;
const POLL_MS = 5_000;
const ALL_OPEN: EventFilter = { state: 'open', kind: '', integrationId: '', runId: undefined };

/**
 * Events, newest first, each with the one right action for its kind; several can be marked as actioned at once. Fires
 * `changed` after it changed an Event.
 */
export default class IntegrationEvents extends NavigationMixin(LightningElement) {
  /** Fewer words where there is nothing, and a link to all Events. */
  @api isCompact = false;
  /** Which Events to show; by default those that nobody has dealt with. */
  @api get filter(): Partial<EventFilter> {
    return this.given;
  }
  set filter(filter: Partial<EventFilter>) {
    if (JSON.stringify(filter) === JSON.stringify(this.given)) return;
    this.given = filter;
    this.cursors = FIRST_PAGE;
    this.selected = [];
  }

  labels = LABELS;
  eventsPage = eventsPage();
  current: ReadPage | undefined;
  errors: unknown;
  private events: EventRow[] = [];
  private given: Partial<EventFilter> = {};
  private cursors = FIRST_PAGE;
  private selected: readonly string[] = [];
  /** The Event whose action the agent was asked for. */
  private askedFor: string | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: EVENTS_QUERY, variables: '$variables' })
  wiredEvents({ data, errors, refresh }: GraphQLResult<EventsData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (!data || errors) return;
    this.current = readPage(this.cursors, this.pageSize, data.uiapi.query.events);
    this.events = toEventRows(data);
    this.selected = this.selected.filter((id) => this.events.some((event) => event.id === id && event.isOpen));
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get variables(): Record<string, unknown> {
    const where = eventWhere({ ...ALL_OPEN, ...this.filter });
    return { where, first: this.pageSize, after: cursorOf(this.cursors) };
  }
  get rows() {
    return this.events.map((event) => ({
      ...event,
      isSelected: this.selected.includes(event.id),
      isLink: event.action?.kind === 'link',
      isButton: event.action !== undefined && event.action.kind !== 'link',
      icon: event.isOpen ? 'utility:warning' : 'utility:success',
      variant: event.isOpen ? 'warning' : 'success',
    }));
  }
  get words(): ListWords {
    return this.isCompact ? { ...LABELS.list, empty: { text: LABELS.nothing } } : LABELS.list;
  }
  get isFiltered(): boolean {
    const { state, kind, integrationId } = this.filter;
    return !this.isCompact && (state === 'actioned' || Boolean(kind) || Boolean(integrationId));
  }
  get isAllSelected(): boolean {
    const open = this.rows.filter((row) => row.isOpen);
    return open.length > 0 && open.every((row) => row.isSelected);
  }
  get hasNoneSelected(): boolean {
    return this.selected.length === 0;
  }

  handleSelect(event: Event): void {
    const box = event.currentTarget as HTMLInputElement;
    const id = box.dataset.id ?? '';
    this.selected = box.checked ? [...this.selected, id] : this.selected.filter((one) => one !== id);
  }

  handleSelectAll(event: Event): void {
    const { checked } = event.currentTarget as HTMLInputElement;
    this.selected = checked ? this.rows.filter((row) => row.isOpen).map((row) => row.id) : [];
  }

  handleTurn(event: CustomEvent<Cursors>): void {
    this.cursors = event.detail;
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  async handleMark(): Promise<void> {
    await this.mark(this.selected);
    // The button is disabled now: focus goes to the list, not to the top of the page.
    this.template?.querySelector<HTMLElement>('.events')?.focus();
  }

  async handleAction(event: Event): Promise<void> {
    const id = (event.currentTarget as HTMLElement).dataset.id;
    const row = this.rows.find((one) => one.id === id);
    if (row?.action?.kind === 'enable')
      this.ask(row.id, { type: 'ENABLE_INTEGRATION', integrationId: row.integrationId });
    if (row?.action?.kind !== 'createMapping') return;
    const { m3terAccount, m3terAccountId } = row;
    const options = { size: 'small', label: LABELS.mappingTitle, m3terAccount, m3terAccountId };
    const accountId = await openDialog<string>(MappingDialog, options);
    if (accountId) this.ask(row.id, { type: 'CREATE_EXTERNAL_MAPPING', m3terAccountId, accountId });
  }

  /** What the Event asked for is done, so nobody has to act on it any more. */
  async handleAnswered(event: CustomEvent<{ isDone: boolean }>): Promise<void> {
    if (event.detail.isDone && this.askedFor) await this.mark([this.askedFor]);
    else await this.refreshData?.();
  }

  private ask(eventId: string, request: AgentRequest): void {
    this.askedFor = eventId;
    askAgent(this.template, request);
  }

  private get pageSize(): number {
    return this.isCompact ? COMPACT_SIZE : PAGE_SIZE;
  }

  private async mark(ids: readonly string[]): Promise<void> {
    try {
      await Promise.all(ids.map(markActioned));
      const title = format(LABELS.marked, formatCount(ids.length));
      this.dispatchEvent(new ShowToastEvent({ title, variant: 'success' }));
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.markFailed, message, variant: 'error' }));
    }
    this.dispatchEvent(new CustomEvent('changed'));
    await this.refreshData?.();
  }
}
