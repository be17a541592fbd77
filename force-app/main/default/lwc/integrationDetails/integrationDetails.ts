import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { disableIntegration, setCredential } from 'c/changes';
import ConfirmDialog from 'c/confirmDialog';
import CredentialDialog from 'c/credentialDialog';
import DisableDialog from 'c/disableDialog';
import type { DryRun } from 'c/dryRunPreview';
import EditIntegration from 'c/editIntegration';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { openDialog } from 'c/openDialog';
import { credentialPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import type { Answered, RequestType } from 'c/requests';
import { integrationFacts } from './integrationFacts';
import type { IntegrationData, IntegrationFacts } from './integrationFacts';
import { INTEGRATION_QUERY } from './integrationQuery';
import { LABELS } from './labels';

type MenuAction = 'testCredential' | 'updateCredential' | 'disconnect' | 'disable';

const POLL_MS = 5_000;
const WEEK_MS = 7 * 86_400_000;

/** One integration: does it work, what can be done with it, its last Runs, and its errors by cause. */
export default class IntegrationDetails extends LightningElement {
  /** The Integration Configuration. */
  @api recordId: string | undefined;

  labels = LABELS;
  facts: IntegrationFacts | undefined;
  errors: unknown;
  isLoading = true;
  isMissing = false;
  /** What the agent last said that a sync would do. */
  dryRun: DryRun | undefined;
  private since = new Date(Date.now() - WEEK_MS).toISOString();
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredIntegration({ data, errors, refresh }: GraphQLResult<IntegrationData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (!data || errors) return;
    this.facts = integrationFacts(data);
    this.isMissing = !this.facts;
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get query(): unknown {
    return this.recordId ? INTEGRATION_QUERY : undefined;
  }
  get variables(): Record<string, unknown> {
    return { recordId: this.recordId, since: { value: this.since } };
  }
  get shown(): IntegrationFacts | undefined {
    return this.errors ? undefined : this.facts;
  }
  get hasRuns(): boolean {
    return (this.facts?.runs.length ?? 0) > 0;
  }
  get isDisabled(): boolean {
    return this.facts?.enabled === false;
  }
  get hasCredential(): boolean {
    return Boolean(this.facts?.credentialId);
  }
  get canConnect(): boolean {
    return !this.hasCredential;
  }
  /** The one thing to do comes first; without a credential that is to add one. */
  get syncVariant(): string {
    return this.hasCredential ? 'brand' : 'neutral';
  }
  /** What is needed less often. */
  get menu(): Array<{ value: MenuAction; label: string }> {
    const ofCredential: Array<{ value: MenuAction; label: string }> = [
      { value: 'testCredential', label: LABELS.testCredential },
      { value: 'updateCredential', label: LABELS.updateCredential },
      { value: 'disconnect', label: LABELS.disconnect },
    ];
    const disable = { value: 'disable' as const, label: LABELS.disable };
    return [...(this.hasCredential ? ofCredential : []), ...(this.isDisabled ? [] : [disable])];
  }
  get hasMenu(): boolean {
    return this.menu.length > 0;
  }
  get credentialPage() {
    return this.facts?.credentialId ? credentialPage(this.facts.credentialId) : undefined;
  }
  get credentialName(): string {
    return this.facts?.credentialName || LABELS.noCredential;
  }
  get eventFilter() {
    return { integrationId: this.recordId };
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  handleAsk(event: Event): void {
    const type = (event.currentTarget as HTMLElement).dataset.type as RequestType;
    this.dryRun = undefined;
    askAgent(this.template, { type, integrationId: this.recordId });
  }

  async handleAnswered({ detail }: CustomEvent<Answered>): Promise<void> {
    if (detail.type === 'DRY_RUN' && detail.isDone) this.dryRun = detail.data as DryRun;
    await this.refreshData?.();
  }

  async handleMenu(event: CustomEvent<{ value: MenuAction }>): Promise<void> {
    switch (event.detail.value) {
      case 'testCredential':
        askAgent(this.template, { type: 'TEST_CREDENTIAL', credentialId: this.facts?.credentialId });
        break;
      case 'updateCredential':
        await this.handleCredential();
        break;
      case 'disconnect':
        await this.disconnect();
        break;
      default:
        await this.disable();
    }
  }

  async handleEdit(): Promise<void> {
    const { name = '', draft: before } = this.facts ?? {};
    const label = format(LABELS.editTitle, name);
    const isSaved = await openDialog<boolean>(EditIntegration, {
      size: 'large',
      label,
      recordId: this.recordId,
      before,
    });
    if (!isSaved) return;
    this.dispatchEvent(new ShowToastEvent({ title: format(LABELS.saved, name), variant: 'success' }));
    await this.refreshData?.();
  }

  private async disable(): Promise<void> {
    const name = this.facts?.name ?? '';
    const reason = await openDialog<string>(DisableDialog, { size: 'small', label: format(LABELS.disableTitle, name) });
    if (reason === undefined) return;
    await this.change((id) => disableIntegration(id, reason), format(LABELS.disabledDone, name));
  }

  async handleCredential(): Promise<void> {
    const { credentials = [], credentialId: current } = this.facts ?? {};
    const label = LABELS.credentialTitle;
    const chosen = await openDialog<string>(CredentialDialog, { size: 'small', label, credentials, current });
    if (chosen) await this.change((id) => setCredential(id, chosen), LABELS.connected);
  }

  private async disconnect(): Promise<void> {
    const isSure = await openDialog<boolean>(ConfirmDialog, {
      size: 'small',
      label: LABELS.disconnect,
      text: format(LABELS.disconnectText, this.facts?.name ?? ''),
      confirmLabel: LABELS.disconnect,
    });
    if (isSure) await this.change((id) => setCredential(id, null), LABELS.disconnected);
  }

  async handleCopy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.recordId ?? '');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.copied, variant: 'success' }));
    } catch {
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.copyFailed, variant: 'warning' }));
    }
  }

  private async change(work: (recordId: string) => Promise<void>, done: string): Promise<void> {
    try {
      await work(this.recordId ?? '');
      this.dispatchEvent(new ShowToastEvent({ title: done, variant: 'success' }));
      await this.refreshData?.();
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.changeFailed, message, variant: 'error' }));
    }
  }
}
