import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { format } from 'c/format';
import { EMPTY_DRAFT, problemsOf } from 'c/integrationDraft';
import type { DraftProblem, IntegrationDraft } from 'c/integrationDraft';
import { FIELDS_QUERY, fieldsVariables, integrationWords } from 'c/integrationFields';
import type { FieldsData, IntegrationWords } from 'c/integrationFields';
import { LABELS } from './labels';

/** An input of the form; a base input can say below itself what is wrong. */
interface Input extends HTMLElement {
  reportValidity?(): boolean;
}

/**
 * The settings of an integration in three panels, each with the help and the choices that its field has. Fires
 * `draftchange` with the whole draft.
 */
export default class IntegrationForm extends LightningElement {
  @api draft: IntegrationDraft = EMPTY_DRAFT;

  labels = LABELS;
  variables = fieldsVariables();
  query = FIELDS_QUERY;
  errors: unknown;
  private fields: IntegrationWords | undefined;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredFields({ data, errors, refresh }: GraphQLResult<FieldsData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.fields = integrationWords(data);
  }

  get isLoading(): boolean {
    return !this.fields && !this.errors;
  }
  /** What each input shows of its field. */
  get words(): IntegrationWords | undefined {
    return this.errors ? undefined : this.fields;
  }
  get typesToExclude() {
    return (this.words?.excludedTypes.options ?? []).filter(({ value }) => !this.draft.excludedTypes.includes(value));
  }
  get excludedTypes() {
    const options = this.words?.excludedTypes.options ?? [];
    return this.draft.excludedTypes.map((value) => {
      const label = options.find((option) => option.value === value)?.label ?? value;
      return { value, label, removeLabel: format(LABELS.remove, label) };
    });
  }
  get noExcludedTypes(): boolean {
    return this.draft.excludedTypes.length === 0;
  }
  get triggerOptions() {
    return [
      { label: LABELS.triggerEvent, value: 'EVENT' },
      { label: LABELS.triggerSchedule, value: 'SCHEDULE' },
    ];
  }

  /** What is wrong, with the focus on the first input that is, which says so; empty when the draft can be saved. */
  @api check(): DraftProblem[] {
    const problems = problemsOf(this.draft);
    const [first] = problems;
    const input = first && this.template?.querySelector<Input>(`[data-input="${first.input}"]`);
    input?.focus();
    input?.reportValidity?.();
    return problems;
  }

  async handleRetry(): Promise<void> {
    await this.refreshData?.();
  }

  handleValue(event: CustomEvent<{ value: string }>): void {
    this.change(event, event.detail.value);
  }
  handleChecked(event: CustomEvent<{ checked: boolean }>): void {
    this.change(event, event.detail.checked);
  }
  handleDetail(event: CustomEvent<unknown>): void {
    this.change(event, event.detail);
  }
  handleExclude(event: CustomEvent<{ value: string }>): void {
    this.update({ excludedTypes: [...this.draft.excludedTypes, event.detail.value] });
  }
  handleInclude(event: Event): void {
    const { type } = (event.currentTarget as HTMLElement).dataset;
    this.update({ excludedTypes: this.draft.excludedTypes.filter((each) => each !== type) });
  }

  private change(event: Event, value: unknown): void {
    const { input = '' } = (event.currentTarget as HTMLElement).dataset;
    this.update({ [input]: value });
  }

  private update(change: Partial<IntegrationDraft>): void {
    this.dispatchEvent(new CustomEvent('draftchange', { detail: { ...this.draft, ...change } }));
  }
}
