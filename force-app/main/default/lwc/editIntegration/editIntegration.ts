import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { updateRecord } from 'lightning/uiRecordApi';
import type { DryRun } from 'c/dryRunPreview';
import { reduceErrors } from 'c/errors';
import { EMPTY_DRAFT, changedInputs, draftSettings, fieldsOf } from 'c/integrationDraft';
import type { DraftProblem, IntegrationDraft } from 'c/integrationDraft';
import { askAgent } from 'c/requests';
import type { Answered } from 'c/requests';
import INTEGRATION_ID from '@salesforce/schema/Integration_Configuration__c.Id';
import { LABELS } from './labels';

type Checkable = HTMLElement & { check(): DraftProblem[] };

/**
 * Edits the settings of an integration: first the form, then what changes in it and, on demand, what the agent would
 * send by it. Closes with true once it is saved.
 */
export default class EditIntegration extends LightningModal {
  /** The Integration Configuration. */
  @api recordId = '';
  /** Its settings now. */
  @api before: IntegrationDraft = EMPTY_DRAFT;

  labels = LABELS;
  isReview = false;
  problems: string[] = [];
  isSaving = false;
  /** What the agent last said that a sync with these settings would do. */
  dryRun: DryRun | undefined;
  /** The step is another one than before, and is to have the focus: the button that led there is gone. */
  private isMoved = false;
  private edited: IntegrationDraft | undefined;

  override renderedCallback(): void {
    if (!this.isMoved) return;
    this.isMoved = false;
    this.template?.querySelector<HTMLElement>('.step')?.focus();
  }

  get stepName(): string {
    return this.isReview ? LABELS.changes : this.label;
  }
  get draft(): IntegrationDraft {
    return this.edited ?? this.before;
  }
  get isChanged(): boolean {
    return changedInputs(this.before, this.draft).length > 0;
  }
  get cannotSave(): boolean {
    return this.isSaving || !this.isChanged;
  }
  get hasProblems(): boolean {
    return this.problems.length > 0;
  }

  handleDraft(event: CustomEvent<IntegrationDraft>): void {
    this.edited = event.detail;
    this.problems = [];
  }

  handleReview(): void {
    const form = this.template?.querySelector<Checkable>('c-integration-form');
    this.problems = form?.check().map(({ text }) => text) ?? [];
    if (!this.hasProblems) this.goTo(true);
  }

  handleBack(): void {
    this.goTo(false);
    this.problems = [];
    this.dryRun = undefined;
  }

  handlePreview(): void {
    this.dryRun = undefined;
    const settings = draftSettings(this.before, this.draft);
    askAgent(this.template, { type: 'DRY_RUN', integrationId: this.recordId, settings });
  }

  handleAnswered({ detail }: CustomEvent<Answered>): void {
    if (detail.isDone) this.dryRun = detail.data as DryRun;
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  /** Only what was changed is written, so that nobody else's change is undone. */
  async handleSave(): Promise<void> {
    this.isSaving = true;
    try {
      const [before, after] = [fieldsOf(this.before), fieldsOf(this.draft)];
      const changed = Object.entries(after).filter(([name, value]) => value !== before[name]);
      const fields = { [INTEGRATION_ID.fieldApiName]: this.recordId, ...Object.fromEntries(changed) };
      await updateRecord({ fields });
      await this.close(true);
    } catch (error) {
      this.problems = reduceErrors(error);
    } finally {
      this.isSaving = false;
    }
  }

  private goTo(isReview: boolean): void {
    this.isMoved = true;
    this.isReview = isReview;
  }
}
