import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { FILTER_FIELDS, validateFilter } from 'c/accountFilter';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { ACCOUNT_NAMES_QUERY, namedRecords } from 'c/recordNames';
import type { NamesData } from 'c/recordNames';
import { askAgent } from 'c/requests';
import type { Answered } from 'c/requests';
import { LAST_ANSWER_QUERY, customFieldsOf, lastCustomFields } from './customFields';
import type { CustomField, LastAnswerData } from './customFields';
import { LABELS } from './labels';

const CUSTOM_FIELD = 'customFields.';
/** Stands for the wish to be told the custom fields; no filter can hold it. */
const FIND = '?';
/** What the names of custom fields may be made of, to be written behind a point. */
const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/**
 * An account filter that is checked while it is typed, with the fields that it may use and the Accounts that it lets
 * through now. Fires `filterchange` with the text.
 */
export default class AccountFilterEditor extends LightningElement {
  @api label = '';
  @api helpText = '';
  @api accountFilter = '';

  labels = LABELS;
  problem = '';
  /** Below `customFields`, as the agent last saw them in m3ter. */
  customFields: CustomField[] = [];
  lastAnswerQuery = LAST_ANSWER_QUERY;
  private pickedId: string | undefined;

  @wire(graphql, { query: '$pickedQuery', variables: '$pickedVariables' })
  wiredPicked({ data, errors }: GraphQLResult<NamesData>): void {
    if (errors && this.pickedId) {
      this.pickedId = undefined;
      this.problem = reduceErrors(errors).join(' ');
    }
    const [record] = data ? namedRecords(data) : [];
    if (!record || record.recordId !== this.pickedId) return;
    this.pickedId = undefined;
    if (record.id) this.ask({ m3terAccountId: record.id });
    else this.problem = format(LABELS.accountWithoutId, record.name);
  }

  /** The agent may have told the custom fields to somebody before. */
  @wire(graphql, { query: '$lastAnswerQuery' })
  wiredLastAnswer({ data }: GraphQLResult<LastAnswerData>): void {
    if (data && this.customFields.length === 0) this.customFields = lastCustomFields(data);
  }

  get pickedQuery(): unknown {
    return this.pickedId ? ACCOUNT_NAMES_QUERY : undefined;
  }
  get pickedVariables() {
    return { where: { Id: { eq: this.pickedId } } };
  }
  get fieldOptions() {
    const known = FILTER_FIELDS.filter((field) => field !== 'customFields').map((value) => ({ label: value, value }));
    const custom = this.customFields.map(({ name, examples }) => {
      const value = PLAIN_NAME.test(name) ? CUSTOM_FIELD + name : `customFields["${name}"]`;
      return { label: format(LABELS.customField, value, examples.join(', ')), value };
    });
    const ask = { label: custom.length > 0 ? LABELS.findAgain : LABELS.findFields, value: FIND };
    return [...known, ...custom, ask];
  }
  get check() {
    const text = this.accountFilter;
    const checked = validateFilter(text);
    if (checked.valid) {
      const said = text.trim() === '' ? LABELS.empty : LABELS.valid;
      return { isValid: true, text: said, icon: 'utility:success', variant: 'success' };
    }
    const { message, position, length } = checked;
    return {
      isValid: false,
      text: format(LABELS.wrongAt, String(position + 1), message),
      icon: 'utility:warning',
      variant: 'warning',
      before: text.slice(0, position),
      // At the end of the text there is nothing to underline but the place where something is missing.
      wrong: text.slice(position, position + Math.max(1, length)) || '\u00a0',
      after: text.slice(position + Math.max(1, length)),
    };
  }
  get cannotAsk(): boolean {
    return !this.check.isValid;
  }

  /** The wizard puts the cursor where something is wrong. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.change(event.detail.value);
  }

  handleAnswered({ detail }: CustomEvent<Answered>): void {
    const found = customFieldsOf(detail.data);
    if (found.length > 0) this.customFields = found;
  }

  handleField(event: CustomEvent<{ value: string }>): void {
    if (event.detail.value === FIND) {
      askAgent(this.template, { type: 'PREVIEW_FILTER', accountFilter: 'true' });
      return;
    }
    const space = this.accountFilter === '' || /\s$/.test(this.accountFilter) ? '' : ' ';
    this.change(this.accountFilter + space + event.detail.value);
    this.focus();
  }

  handlePreview(): void {
    this.ask({});
  }

  handleAccount(event: CustomEvent<{ recordId: string | null }>): void {
    this.problem = '';
    this.pickedId = this.cannotAsk ? undefined : (event.detail.recordId ?? undefined);
  }

  /** A request without a filter would be refused; `true` lets every Account through. */
  private ask(about: { m3terAccountId?: string }): void {
    askAgent(this.template, { type: 'PREVIEW_FILTER', accountFilter: this.accountFilter.trim() || 'true', ...about });
  }

  private change(value: string): void {
    this.dispatchEvent(new CustomEvent('filterchange', { detail: value }));
  }
}
