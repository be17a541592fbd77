import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { format } from 'c/format';
import { EMPTY_DRAFT, problemsOf } from 'c/integrationDraft';
import type { DraftProblem, IntegrationDraft } from 'c/integrationDraft';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import ACCOUNT_FILTER from '@salesforce/schema/Integration_Configuration__c.Account_Filter__c';
import ACCOUNT_IDS from '@salesforce/schema/Integration_Configuration__c.Account_Ids__c';
import EXCLUDED_TYPES from '@salesforce/schema/Integration_Configuration__c.Excluded_Line_Item_Types__c';
import NOTIFY_USER_IDS from '@salesforce/schema/Integration_Configuration__c.Disabled_Notification_User_Ids__c';
import ONLY_ON_APPROVAL from '@salesforce/schema/Integration_Configuration__c.Only_Send_Bill_On_Approval__c';
import RESTRICTED_IDS from '@salesforce/schema/Integration_Configuration__c.Restricted_Account_Ids__c';
import SORT_BY from '@salesforce/schema/Integration_Configuration__c.Sort_Line_Items_By__c';
import TRIGGER_TYPE from '@salesforce/schema/Integration_Configuration__c.Trigger_Type__c';
import USE_MAPPING from '@salesforce/schema/Integration_Configuration__c.Use_External_Mapping_Account_Code__c';
import { FORM_QUERY, fieldWords } from './formQuery';
import type { FieldWords, FormData } from './formQuery';
import { LABELS } from './labels';

const NO_WORDS: FieldWords = { label: '', help: '', options: [] };
const FIELDS = {
  accountFilter: ACCOUNT_FILTER,
  accountIds: ACCOUNT_IDS,
  excludedTypes: EXCLUDED_TYPES,
  notifyUserIds: NOTIFY_USER_IDS,
  onlyOnApproval: ONLY_ON_APPROVAL,
  restrictedAccountIds: RESTRICTED_IDS,
  sortBy: SORT_BY,
  triggerType: TRIGGER_TYPE,
  useMapping: USE_MAPPING,
};

/**
 * The settings of an integration in three panels, each with the help and the choices that its field has. Fires
 * `draftchange` with the whole draft.
 */
export default class IntegrationForm extends LightningElement {
  @api draft: IntegrationDraft = EMPTY_DRAFT;

  labels = LABELS;
  apiNames = { apiNames: [INTEGRATION_OBJECT.objectApiName] };
  query = FORM_QUERY;
  errors: unknown;
  private fields: Map<string, FieldWords> | undefined;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$apiNames' })
  wiredFields({ data, errors, refresh }: GraphQLResult<FormData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.fields = fieldWords(data);
  }

  get isLoading(): boolean {
    return !this.fields && !this.errors;
  }
  /** What each input shows of its field. */
  get words() {
    if (!this.fields || this.errors) return undefined;
    const of = (name: keyof typeof FIELDS) => this.fields?.get(FIELDS[name].fieldApiName) ?? NO_WORDS;
    const names = Object.keys(FIELDS) as Array<keyof typeof FIELDS>;
    return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<keyof typeof FIELDS, FieldWords>;
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

  /** What is wrong, with the focus on the first input that is; empty when the draft can be saved. */
  @api check(): DraftProblem[] {
    const problems = problemsOf(this.draft);
    const [first] = problems;
    if (first) this.template?.querySelector<HTMLElement>(`[data-input="${first.input}"]`)?.focus();
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
