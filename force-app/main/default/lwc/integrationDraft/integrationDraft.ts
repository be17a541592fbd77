import { validateFilter } from 'c/accountFilter';
import { format } from 'c/format';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import ACCOUNT_FILTER from '@salesforce/schema/Integration_Configuration__c.Account_Filter__c';
import ACCOUNT_IDS from '@salesforce/schema/Integration_Configuration__c.Account_Ids__c';
import CREDENTIAL from '@salesforce/schema/Integration_Configuration__c.Credential__c';
import DESTINATION from '@salesforce/schema/Integration_Configuration__c.Destination__c';
import DISABLED_REASON from '@salesforce/schema/Integration_Configuration__c.Disabled_Reason__c';
import ENABLED from '@salesforce/schema/Integration_Configuration__c.Enabled__c';
import ENTITY_TYPE from '@salesforce/schema/Integration_Configuration__c.Entity_Type__c';
import EXCLUDED_TYPES from '@salesforce/schema/Integration_Configuration__c.Excluded_Line_Item_Types__c';
import NAME from '@salesforce/schema/Integration_Configuration__c.Name';
import NOTIFY_USER_IDS from '@salesforce/schema/Integration_Configuration__c.Disabled_Notification_User_Ids__c';
import ONLY_ON_APPROVAL from '@salesforce/schema/Integration_Configuration__c.Only_Send_Bill_On_Approval__c';
import RESTRICTED_IDS from '@salesforce/schema/Integration_Configuration__c.Restricted_Account_Ids__c';
import SORT_BY from '@salesforce/schema/Integration_Configuration__c.Sort_Line_Items_By__c';
import TRIGGER_TYPE from '@salesforce/schema/Integration_Configuration__c.Trigger_Type__c';
import USE_MAPPING from '@salesforce/schema/Integration_Configuration__c.Use_External_Mapping_Account_Code__c';
import { LABELS } from './labels';

/** The settings of an Integration Configuration, as a person edits them. */
export interface IntegrationDraft {
  name: string;
  /** m3ter Account ids; none: all Accounts. */
  accountIds: readonly string[];
  /** m3ter Account ids that are never sent. */
  restrictedAccountIds: readonly string[];
  /** Ids of Users. */
  notifyUserIds: readonly string[];
  onlyOnApproval: boolean;
  useMapping: boolean;
  /** Types of Line Items as m3ter names them. */
  excludedTypes: readonly string[];
  sortBy: string;
  accountFilter: string;
  triggerType: string;
}

/** What a new integration begins with: the defaults of m3ter's own. */
export const EMPTY_DRAFT: IntegrationDraft = {
  name: '',
  accountIds: [],
  restrictedAccountIds: [],
  notifyUserIds: [],
  onlyOnApproval: false,
  useMapping: false,
  excludedTypes: [],
  sortBy: 'NONE',
  accountFilter: '',
  triggerType: 'EVENT',
};

/** What has to change before a draft can be saved: a sentence, and the input it is about. */
export interface DraftProblem {
  input: keyof IntegrationDraft;
  text: string;
}

/** Everything that is wrong with a draft, in the order of its inputs. */
export function problemsOf(draft: IntegrationDraft): DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (draft.name.trim() === '') problems.push({ input: 'name', text: LABELS.nameMissing });
  const both = draft.accountIds.filter((id) => draft.restrictedAccountIds.includes(id));
  if (both.length > 0)
    problems.push({ input: 'restrictedAccountIds', text: format(LABELS.bothLists, both.join(', ')) });
  const checked = validateFilter(draft.accountFilter);
  if (!checked.valid) {
    const text = format(LABELS.filterWrong, String(checked.position + 1), checked.message);
    problems.push({ input: 'accountFilter', text });
  }
  return problems;
}

/** The fields of an Integration Configuration by their API names. */
export function fieldsOf(draft: IntegrationDraft): Record<string, unknown> {
  return {
    [NAME.fieldApiName]: draft.name.trim(),
    [ACCOUNT_IDS.fieldApiName]: toLines(draft.accountIds),
    [RESTRICTED_IDS.fieldApiName]: toLines(draft.restrictedAccountIds),
    [NOTIFY_USER_IDS.fieldApiName]: toLines(draft.notifyUserIds),
    [ONLY_ON_APPROVAL.fieldApiName]: draft.onlyOnApproval,
    [USE_MAPPING.fieldApiName]: draft.useMapping,
    [EXCLUDED_TYPES.fieldApiName]: draft.excludedTypes.join(';') || null,
    [SORT_BY.fieldApiName]: draft.sortBy,
    [ACCOUNT_FILTER.fieldApiName]: draft.accountFilter.trim() || null,
    [TRIGGER_TYPE.fieldApiName]: draft.triggerType,
  };
}

/** How a new integration begins. */
export interface Beginning {
  /** Null: without a credential it sends nothing until it gets one. */
  credentialId: string | null;
  isEnabled: boolean;
  /** Why it is not enabled, for people. */
  disabledReason: string;
}

/** A new Integration Configuration for `createRecord`. */
export function newIntegration(draft: IntegrationDraft, beginning: Beginning): RecordToCreate {
  const { credentialId, isEnabled, disabledReason } = beginning;
  const fields = {
    ...fieldsOf(draft),
    [ENTITY_TYPE.fieldApiName]: 'Bill',
    [DESTINATION.fieldApiName]: 'Salesforce',
    [CREDENTIAL.fieldApiName]: credentialId,
    [ENABLED.fieldApiName]: isEnabled,
    ...(isEnabled ? {} : { [DISABLED_REASON.fieldApiName]: disabledReason }),
  };
  return { apiName: INTEGRATION_OBJECT.objectApiName, fields };
}

interface RecordToCreate {
  apiName: string;
  fields: Record<string, unknown>;
}

/** The settings that an edit changes, by the input that shows each. */
export function changedInputs(before: IntegrationDraft, after: IntegrationDraft): Array<keyof IntegrationDraft> {
  const inputs = Object.keys(EMPTY_DRAFT) as Array<keyof IntegrationDraft>;
  return inputs.filter((input) => JSON.stringify(before[input]) !== JSON.stringify(after[input]));
}

/** What the agent calls the settings that decide which Bills are sent, and in which shape. */
const AGENT_NAMES: Partial<Record<keyof IntegrationDraft, string>> = {
  name: 'name',
  accountIds: 'accountIds',
  restrictedAccountIds: 'restrictedAccountIds',
  onlyOnApproval: 'onlySendBillOnApproval',
  useMapping: 'useExternalMappingAccountCode',
  excludedTypes: 'excludedLineItemTypes',
  sortBy: 'sortLineItemsBy',
  accountFilter: 'accountFilter',
};

/** What an edit changes of the Bills that are sent: for a preview by the agent, under its names. */
export function draftSettings(before: IntegrationDraft, after: IntegrationDraft): Record<string, unknown> {
  const trimmed = { ...after, name: after.name.trim(), accountFilter: after.accountFilter.trim() };
  const changed = changedInputs(before, trimmed).flatMap((input): Array<[name: string, value: unknown]> => {
    const name = AGENT_NAMES[input];
    return name === undefined ? [] : [[name, trimmed[input]]];
  });
  return Object.fromEntries(changed);
}

/** The entries of a text that has one a line; blank lines and repetitions are left out. */
export function toIds(text: string | null | undefined): string[] {
  const ids = (text ?? '').split(/[\s,;]+/).filter((id) => id !== '');
  return [...new Set(ids)];
}

function toLines(ids: readonly string[]): string | null {
  return ids.join('\n') || null;
}
