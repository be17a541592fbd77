import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { format } from 'c/format';
import { EMPTY_DRAFT, changedInputs } from 'c/integrationDraft';
import type { IntegrationDraft } from 'c/integrationDraft';
import { FIELDS_QUERY, fieldsVariables, integrationWords } from 'c/integrationFields';
import type { FieldsData, IntegrationWords } from 'c/integrationFields';
import { formatCount } from 'c/money';
import { LABELS } from './labels';

type Setting = keyof IntegrationDraft;
/** So many ids are shown; the others are counted. */
const MOST_SHOWN = 5;

/** The settings of an integration in plain words; with `after`, only those that change, and how. */
export default class IntegrationSettings extends LightningElement {
  @api draft: IntegrationDraft = EMPTY_DRAFT;
  /** What an edit makes of it. */
  @api after: IntegrationDraft | undefined;

  query = FIELDS_QUERY;
  variables = fieldsVariables();
  words: IntegrationWords | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredFields({ data, errors }: GraphQLResult<FieldsData>): void {
    if (data && !errors) this.words = integrationWords(data);
  }

  get rows() {
    const { words, draft, after } = this;
    if (!words) return [];
    const settings = after ? changedInputs(draft, after) : (Object.keys(EMPTY_DRAFT) as Setting[]).slice(1);
    return settings.map((name) => ({
      name,
      label: words[name].label,
      value: after
        ? format(LABELS.change, textOf(draft, name, words), textOf(after, name, words))
        : textOf(draft, name, words),
    }));
  }
}

function textOf(draft: IntegrationDraft, name: Setting, words: IntegrationWords): string {
  const value = draft[name];
  const labelOf = (one: string): string => words[name].options.find((option) => option.value === one)?.label ?? one;
  if (typeof value === 'boolean') return value ? LABELS.yes : LABELS.no;
  if (typeof value === 'string') return value.trim() === '' ? LABELS.allAccounts : labelOf(value);
  if (value.length === 0) return name === 'accountIds' ? LABELS.allAccounts : LABELS.none;
  const shown = value.slice(0, MOST_SHOWN).map(labelOf).join(', ');
  const more = value.length - MOST_SHOWN;
  return more > 0 ? format(LABELS.more, shown, formatCount(more)) : shown;
}
