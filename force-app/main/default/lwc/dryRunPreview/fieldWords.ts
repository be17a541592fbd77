import { gql } from 'lightning/graphql';
import BILL_OBJECT from '@salesforce/schema/Bill__c';
import LINE_ITEM_OBJECT from '@salesforce/schema/Bill_Line_Item__c';
import type { FieldWords } from './billRows';

/** What the fields of Bills and Line Items are called in the person's language, and what they hold. */
export const BILL_FIELDS_QUERY = gql`
  query BillFields($apiNames: [String]!) {
    uiapi {
      objectInfos(apiNames: $apiNames) {
        fields {
          ApiName
          label
          dataType
        }
      }
    }
  }
`;

export const BILL_FIELDS_VARIABLES = { apiNames: [BILL_OBJECT.objectApiName, LINE_ITEM_OBJECT.objectApiName] };

/** The answer to `BILL_FIELDS_QUERY`. */
export interface BillFieldsData {
  uiapi: {
    objectInfos: ReadonlyArray<{
      fields: ReadonlyArray<{ ApiName: string; label: string | null; dataType: string | null }>;
    } | null>;
  };
}

export function fieldWords({ uiapi }: BillFieldsData): FieldWords {
  const fields = uiapi.objectInfos.flatMap((info) => info?.fields ?? []);
  return new Map(
    fields.map(({ ApiName, label, dataType }) => [ApiName, { label: label ?? ApiName, dataType: dataType ?? '' }]),
  );
}
