import { gql } from 'lightning/graphql';
import type { Choice, Connection, Field } from 'c/connection';

/** One Line Item with what a list of them does not need. */
export const LINE_ITEM_QUERY = gql`
  query LineItemDetails($recordId: ID) {
    uiapi {
      query {
        lines: Bill_Line_Item__c(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              position: Position__c {
                value
              }
              type: Line_Item_Type__c {
                value
                label
              }
              description: Description__c {
                value
              }
              fullDescription: Full_Description__c {
                value
              }
              product: Product_Name__c {
                value
              }
              accountingProduct: Accounting_Product_Name__c {
                value
              }
              subtotal: Subtotal__c {
                value
              }
              currency: Currency_Code__c {
                value
              }
              conversionRate: Conversion_Rate__c {
                value
              }
              convertedSubtotal: Converted_Subtotal__c {
                value
              }
              periodStart: Service_Period_Start__c {
                value
              }
              periodEnd: Service_Period_End__c {
                value
              }
              segment: Segment__c {
                value
              }
              bands: Pricing_Bands__c {
                value
              }
              bill: Bill__r {
                currency: Currency_Code__c {
                  value
                }
                timeZone: Time_Zone__c {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;

export interface LineItemNode {
  Id: string;
  position: Field<number>;
  type: Choice;
  description: Field<string>;
  fullDescription: Field<string>;
  product: Field<string>;
  accountingProduct: Field<string>;
  subtotal: Field<number>;
  currency: Field<string>;
  conversionRate: Field<number>;
  convertedSubtotal: Field<number>;
  /** ISO instants; the end is exclusive. */
  periodStart: Field<string>;
  periodEnd: Field<string>;
  /** JSON: values by the segment's fields. */
  segment: Field<string>;
  /** JSON: m3ter's bands. */
  bands: Field<string>;
  /** Its time zone is an IANA name, in which the days of the service period are meant. */
  bill: { currency: Field<string>; timeZone: Field<string> } | null;
}

/** The answer to `LINE_ITEM_QUERY`. */
export interface LineItemData {
  uiapi: { query: { lines: Connection<LineItemNode> } };
}
