import { gql } from 'lightning/graphql';
import type { IntegrationDraft } from 'c/integrationDraft';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import ACCOUNT_FILTER from '@salesforce/schema/Integration_Configuration__c.Account_Filter__c';
import ACCOUNT_IDS from '@salesforce/schema/Integration_Configuration__c.Account_Ids__c';
import EXCLUDED_TYPES from '@salesforce/schema/Integration_Configuration__c.Excluded_Line_Item_Types__c';
import NAME from '@salesforce/schema/Integration_Configuration__c.Name';
import NOTIFY_USER_IDS from '@salesforce/schema/Integration_Configuration__c.Disabled_Notification_User_Ids__c';
import ONLY_ON_APPROVAL from '@salesforce/schema/Integration_Configuration__c.Only_Send_Bill_On_Approval__c';
import RESTRICTED_IDS from '@salesforce/schema/Integration_Configuration__c.Restricted_Account_Ids__c';
import SORT_BY from '@salesforce/schema/Integration_Configuration__c.Sort_Line_Items_By__c';
import TRIGGER_TYPE from '@salesforce/schema/Integration_Configuration__c.Trigger_Type__c';
import USE_MAPPING from '@salesforce/schema/Integration_Configuration__c.Use_External_Mapping_Account_Code__c';

const FIELDS: Record<keyof IntegrationDraft, { fieldApiName: string }> = {
  name: NAME,
  accountIds: ACCOUNT_IDS,
  restrictedAccountIds: RESTRICTED_IDS,
  notifyUserIds: NOTIFY_USER_IDS,
  onlyOnApproval: ONLY_ON_APPROVAL,
  useMapping: USE_MAPPING,
  excludedTypes: EXCLUDED_TYPES,
  sortBy: SORT_BY,
  accountFilter: ACCOUNT_FILTER,
  triggerType: TRIGGER_TYPE,
};
const NO_WORDS: FieldWords = { label: '', help: '', options: [] };

/** Labels, help texts and choices of the fields, as the metadata has them in the person's language. */
export const FIELDS_QUERY = gql`
  query IntegrationFields($apiNames: [String]!) {
    uiapi {
      objectInfos(apiNames: $apiNames) {
        fields {
          ApiName
          label
          inlineHelpText
          ... on PicklistField {
            picklistValuesByRecordTypeIDs {
              picklistValues {
                label
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface FieldNode {
  ApiName: string;
  label: string | null;
  inlineHelpText: string | null;
  picklistValuesByRecordTypeIDs?: ReadonlyArray<{ picklistValues: FieldOption[] }>;
}

/** The answer to `FIELDS_QUERY`. */
export interface FieldsData {
  uiapi: { objectInfos: ReadonlyArray<{ fields: FieldNode[] } | null> };
}

export interface FieldOption {
  label: string;
  value: string;
}
/** What an input shows of its field. */
export interface FieldWords {
  label: string;
  help: string;
  options: FieldOption[];
}

export type IntegrationWords = Record<keyof IntegrationDraft, FieldWords>;

/** The variables of `FIELDS_QUERY`. */
export const fieldsVariables = (): { apiNames: string[] } => ({ apiNames: [INTEGRATION_OBJECT.objectApiName] });

/** The words of the fields, by the setting that each holds. */
export function integrationWords(data: FieldsData): IntegrationWords {
  const fields = new Map((data.uiapi.objectInfos[0]?.fields ?? []).map((field) => [field.ApiName, field]));
  const settings = Object.entries(FIELDS).map(([setting, { fieldApiName }]) => [
    setting,
    wordsOf(fields.get(fieldApiName)),
  ]);
  return Object.fromEntries(settings) as IntegrationWords;
}

function wordsOf(field: FieldNode | undefined): FieldWords {
  if (!field) return NO_WORDS;
  const { ApiName, label, inlineHelpText, picklistValuesByRecordTypeIDs: byType } = field;
  return { label: label ?? ApiName, help: inlineHelpText ?? '', options: [...(byType?.[0]?.picklistValues ?? [])] };
}
