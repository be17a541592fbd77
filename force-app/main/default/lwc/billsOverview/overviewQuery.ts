import { gql } from 'lightning/graphql';
import DELETED from '@salesforce/schema/Bill__c.Deleted_In_M3ter__c';
import PERIOD_END from '@salesforce/schema/Bill__c.Period_End__c';
import type { Field } from 'c/connection';

/**
 * What was billed in two months per Account and currency, and how many Bills need attention. Sums are Salesforce's own:
 * no Bill is read (GraphQL API Developer Guide, "Aggregate Schema").
 */
export const OVERVIEW_QUERY = gql`
  query BillsOverview($thisMonth: Bill__c_Filter, $lastMonth: Bill__c_Filter, $first: Int) {
    uiapi {
      aggregate {
        thisMonth: Bill__c(
          where: $thisMonth
          groupBy: {
            Account__r: { Name: { group: true } }
            M3ter_Account_Code__c: { group: true }
            Currency_Code__c: { group: true }
          }
          first: $first
        ) {
          edges {
            node {
              aggregate {
                account: Account__r {
                  Name {
                    value
                  }
                }
                accountCode: M3ter_Account_Code__c {
                  value
                }
                currency: Currency_Code__c {
                  value
                }
                total: Bill_Total__c {
                  sum {
                    value
                  }
                }
              }
            }
          }
        }
        lastMonth: Bill__c(
          where: $lastMonth
          groupBy: {
            Account__r: { Name: { group: true } }
            M3ter_Account_Code__c: { group: true }
            Currency_Code__c: { group: true }
          }
          first: $first
        ) {
          edges {
            node {
              aggregate {
                account: Account__r {
                  Name {
                    value
                  }
                }
                accountCode: M3ter_Account_Code__c {
                  value
                }
                currency: Currency_Code__c {
                  value
                }
                total: Bill_Total__c {
                  sum {
                    value
                  }
                }
              }
            }
          }
        }
        unmatched: Bill__c(where: { and: [{ Account__c: { eq: null } }, { Deleted_In_M3ter__c: { eq: false } }] }) {
          edges {
            node {
              aggregate {
                bills: Id {
                  count {
                    value
                  }
                }
              }
            }
          }
        }
        changed: Bill__c(where: { Changed_After_Approval__c: { ne: null } }) {
          edges {
            node {
              aggregate {
                bills: Id {
                  count {
                    value
                  }
                }
              }
            }
          }
        }
        writing: Bill__c(where: { Is_Complete__c: { eq: false } }) {
          edges {
            node {
              aggregate {
                bills: Id {
                  count {
                    value
                  }
                }
              }
            }
          }
        }
        deleted: Bill__c(where: { Deleted_In_M3ter__c: { eq: true } }) {
          edges {
            node {
              aggregate {
                bills: Id {
                  count {
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

interface Groups<Group> {
  edges: ReadonlyArray<{ node: { aggregate: Group } }>;
}

/** What was billed to an Account in one currency. */
export interface BilledGroup {
  account: { Name: Field<string> } | null;
  accountCode: Field<string>;
  currency: Field<string>;
  total: { sum: Field<number> };
}

type Count = Groups<{ bills: { count: Field<number> } }>;

export interface OverviewData {
  uiapi: {
    aggregate: {
      thisMonth: Groups<BilledGroup>;
      lastMonth: Groups<BilledGroup>;
      unmatched: Count;
      changed: Count;
      writing: Count;
      deleted: Count;
    };
  };
}

/** The Bills whose period's last day is in a month (`YYYY-MM`); `next` is the month after it. */
export function billedIn(month: string, next: string): object {
  // The end is not part of the period: the end of September is the first of October.
  const first = { [PERIOD_END.fieldApiName]: { gt: { value: `${month}-01` } } };
  const last = { [PERIOD_END.fieldApiName]: { lte: { value: `${next}-01` } } };
  return { and: [first, last, { [DELETED.fieldApiName]: { eq: false } }] };
}

/** The groups of an answer. */
export function groupsOf<Group>(groups: Groups<Group>): Group[] {
  return groups.edges.map(({ node }) => node.aggregate);
}

/** The number that an answer of one group holds. */
export function countOf(groups: Count): number {
  return groupsOf(groups)[0]?.bills.count.value ?? 0;
}
