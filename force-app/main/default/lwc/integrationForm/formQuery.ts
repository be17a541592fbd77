import { gql } from 'lightning/graphql';

/** Labels, help texts and choices of the fields, as the metadata has them in the person's language. */
export const FORM_QUERY = gql`
  query IntegrationForm($apiNames: [String]!) {
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

/** The answer to `FORM_QUERY`. */
export interface FormData {
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

/** The words of fields by their API names. */
export function fieldWords(data: FormData): Map<string, FieldWords> {
  const fields = data.uiapi.objectInfos[0]?.fields ?? [];
  return new Map(
    fields.map(({ ApiName, label, inlineHelpText, picklistValuesByRecordTypeIDs: byType }) => [
      ApiName,
      { label: label ?? ApiName, help: inlineHelpText ?? '', options: [...(byType?.[0]?.picklistValues ?? [])] },
    ]),
  );
}
