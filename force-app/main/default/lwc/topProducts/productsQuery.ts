import { gql } from 'lightning/graphql';
import type { Field } from 'c/connection';

/**
 * What an Account was billed for by product, summed by Salesforce. Credits and prepayments are no use of a product and
 * left out by the filter.
 */
export const PRODUCTS_QUERY = gql`
  query TopProducts($products: Bill_Line_Item__c_Filter, $first: Int) {
    uiapi {
      aggregate {
        lines: Bill_Line_Item__c(
          where: $products
          groupBy: {
            Product_Name__c: { group: true }
            Currency_Code__c: { group: true }
            Bill__r: { Currency_Code__c: { group: true } }
          }
          first: $first
        ) {
          edges {
            node {
              aggregate {
                product: Product_Name__c {
                  value
                }
                pricingCurrency: Currency_Code__c {
                  value
                }
                bill: Bill__r {
                  currency: Currency_Code__c {
                    value
                  }
                }
                subtotal: Subtotal__c {
                  sum {
                    value
                  }
                }
                convertedSubtotal: Converted_Subtotal__c {
                  sum {
                    value
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** What an Account was billed for one product in one currency. */
export interface ProductGroup {
  product: Field<string>;
  pricingCurrency: Field<string>;
  bill: { currency: Field<string> } | null;
  subtotal: { sum: Field<number> };
  convertedSubtotal: { sum: Field<number> };
}

export interface ProductsData {
  uiapi: { aggregate: { lines: { edges: ReadonlyArray<{ node: { aggregate: ProductGroup } }> } } };
}
