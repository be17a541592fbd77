import { gql } from 'lightning/graphql';

/** One Bill with everything its page shows above the Line Items. */
export const BILL_QUERY = gql`
  query BillDetails($recordId: ID) {
    uiapi {
      query {
        bills: Bill__c(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              Name {
                value
              }
              accountId: Account__c {
                value
              }
              account: Account__r {
                Name {
                  value
                }
              }
              accountCode: M3ter_Account_Code__c {
                value
              }
              status: Status__c {
                value
                label
              }
              locked: Locked__c {
                value
              }
              deleted: Deleted_In_M3ter__c {
                value
              }
              complete: Is_Complete__c {
                value
              }
              periodStart: Period_Start__c {
                value
              }
              periodEnd: Period_End__c {
                value
              }
              dueDate: Due_Date__c {
                value
              }
              purchaseOrder: Purchase_Order_Number__c {
                value
              }
              invoiceDate: External_Invoice_Date__c {
                value
              }
              invoiceReference: External_Invoice_Reference__c {
                value
              }
              total: Bill_Total__c {
                value
              }
              sentTotal: Sent_Lines_Total__c {
                value
              }
              currency: Currency_Code__c {
                value
              }
              excludedCount: Excluded_Line_Item_Count__c {
                value
              }
              expectedLines: Line_Item_Count__c {
                value
              }
              writtenLines: Line_Items_Written__c {
                value
              }
              lastSync: Last_Sync__c {
                value
              }
              m3terChanged: M3ter_Last_Modified__c {
                value
              }
              changes: Changes__c {
                value
              }
              changedAfterApproval: Changed_After_Approval__c {
                value
              }
              jsonStatement: JSON_Statement_Generated__c {
                value
              }
              csvStatement: CSV_Statement_Generated__c {
                value
              }
              statementStale: Statement_Stale__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;
