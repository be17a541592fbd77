import { gql } from 'lightning/graphql';

/** One page of the Line Items of a Bill, in the order in which they were sent. */
export const LINE_ITEMS_QUERY = gql`
  query BillLineItems($billId: ID, $first: Int, $after: String, $upperBound: Int) {
    uiapi {
      query {
        lines: Bill_Line_Item__c(
          where: { Bill__c: { eq: $billId } }
          orderBy: { Position__c: { order: ASC, nulls: LAST }, Id: { order: ASC } }
          first: $first
          after: $after
          upperBound: $upperBound
        ) {
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
              product: Product_Name__c {
                value
              }
              quantity: Quantity__c {
                value
              }
              unit: Unit__c {
                value
              }
              unitPrice: Average_Unit_Price__c {
                value
              }
              subtotal: Subtotal__c {
                value
              }
              convertedSubtotal: Converted_Subtotal__c {
                value
              }
              pricingCurrency: Currency_Code__c {
                value
              }
            }
          }
          pageInfo {
            endCursor
            hasNextPage
          }
          totalCount
        }
      }
    }
  }
`;
