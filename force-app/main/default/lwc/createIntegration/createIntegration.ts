import { wire } from 'lwc';
import LightningModal from 'lightning/modal';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { createRecord } from 'lightning/uiRecordApi';
import { reduceErrors } from 'c/errors';
import { EMPTY_DRAFT, newIntegration } from 'c/integrationDraft';
import type { DraftProblem, IntegrationDraft } from 'c/integrationDraft';
import { CREDENTIALS_QUERY, credentialOptions } from './credentialsQuery';
import type { CredentialsData } from './credentialsQuery';
import { LABELS } from './labels';

const STAGES = ['entity', 'destination', 'configure'] as const;
type Checkable = HTMLElement & { check(): DraftProblem[] };

/**
 * Creates an integration in three stages, as m3ter's own: entity type, destination, configuration. Going back keeps
 * what was entered. Closes with the id of the new record, or without an answer.
 */
export default class CreateIntegration extends LightningModal {
  labels = LABELS;
  stage: (typeof STAGES)[number] = 'entity';
  draft: IntegrationDraft = EMPTY_DRAFT;
  credentialId = '';
  /** Off: nothing is sent before somebody has looked at the preview. */
  isEnabled = false;
  problems: string[] = [];
  isSaving = false;
  credentialsQuery = CREDENTIALS_QUERY;
  /** The stage is another one than before, and is to have the focus: the button that led there may be gone. */
  private isMoved = false;
  private credentials: Array<{ label: string; value: string }> = [];

  @wire(graphql, { query: '$credentialsQuery' })
  wiredCredentials({ data }: GraphQLResult<CredentialsData>): void {
    if (data) this.credentials = credentialOptions(data);
  }

  override renderedCallback(): void {
    if (!this.isMoved) return;
    this.isMoved = false;
    this.template?.querySelector<HTMLElement>('.stage')?.focus();
  }

  get stageName(): string {
    return LABELS[this.stage];
  }
  get isEntity(): boolean {
    return this.stage === 'entity';
  }
  get isDestination(): boolean {
    return this.stage === 'destination';
  }
  get isConfigure(): boolean {
    return this.stage === 'configure';
  }
  get entityOptions() {
    return [{ label: LABELS.entityBill, value: 'Bill' }];
  }
  get destinationOptions() {
    return [{ label: LABELS.destinationSalesforce, value: 'Salesforce' }];
  }
  get credentialOptions() {
    return [{ label: LABELS.credentialLater, value: '' }, ...this.credentials];
  }
  get hasProblems(): boolean {
    return this.problems.length > 0;
  }

  handleBack(): void {
    this.go(-1);
  }
  handleNext(): void {
    this.go(1);
  }
  handleDraft(event: CustomEvent<IntegrationDraft>): void {
    this.draft = event.detail;
    this.problems = [];
  }
  handleCredential(event: CustomEvent<{ value: string }>): void {
    this.credentialId = event.detail.value;
  }

  handleEnabled(event: CustomEvent<{ checked: boolean }>): void {
    this.isEnabled = event.detail.checked;
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  /** Nothing that was typed is lost when the org refuses. */
  async handleCreate(): Promise<void> {
    const form = this.template?.querySelector<Checkable>('c-integration-form');
    this.problems = form?.check().map(({ text }) => text) ?? [];
    if (this.hasProblems || this.isSaving) return;
    this.isSaving = true;
    try {
      const credentialId = this.credentialId || null;
      const beginning = { credentialId, isEnabled: this.isEnabled, disabledReason: LABELS.notEnabledYet };
      const { id } = await createRecord(newIntegration(this.draft, beginning));
      await this.close(id);
    } catch (error) {
      this.problems = [LABELS.failed, ...reduceErrors(error)];
    } finally {
      this.isSaving = false;
    }
  }

  private go(step: number): void {
    this.problems = [];
    this.isMoved = true;
    this.stage = STAGES[STAGES.indexOf(this.stage) + step] ?? this.stage;
  }
}
