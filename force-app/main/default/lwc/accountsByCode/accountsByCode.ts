import { gql } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';
import ACCOUNT_NUMBER from '@salesforce/schema/Account.AccountNumber';
import M3TER_ACCOUNT_CODE from '@salesforce/schema/Account.M3ter_Account_Code__c';
import M3TER_ACCOUNT_ID from '@salesforce/schema/Account.M3ter_Account_Id__c';
import { LABELS } from './labels';

/** Accounts that fit, by name. */
export const ACCOUNTS_QUERY = gql`
  query AccountsByCode($fitting: Account_Filter) {
    uiapi {
      query {
        accounts: Account(where: $fitting, first: 500, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              number: AccountNumber {
                value
              }
              code: M3ter_Account_Code__c {
                value
              }
              m3terAccountId: M3ter_Account_Id__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface AccountNode {
  Id: string;
  Name: Field<string>;
  number: Field<string>;
  code: Field<string>;
  m3terAccountId: Field<string>;
}

/** The answer to `ACCOUNTS_QUERY`. */
export interface AccountsData {
  uiapi: {
    query: {
      accounts: Connection<AccountNode>;
    };
  };
}

/** An Account here that a m3ter account may be, and what they have in common. */
export interface Suggestion {
  accountId: string;
  name: string;
  because: string;
}

/** Why the agent suggests an Account, by the word that it answers with. */
export const REASONS: Record<string, string> = { accountNumber: LABELS.byNumber, name: LABELS.byName };

/** Those of the Accounts that a m3ter account may be, the surest first. */
export function suggestionsFor(data: AccountsData, m3terAccountId: string, code: string | null): Suggestion[] {
  const because = (node: AccountNode): string | undefined => {
    if (isSame(node.m3terAccountId.value, m3terAccountId)) return LABELS.byId;
    if (isSame(node.code.value, code)) return LABELS.byCode;
    return isSame(node.number.value, code) ? LABELS.byNumber : undefined;
  };
  const order = [LABELS.byId, LABELS.byCode, LABELS.byNumber];
  return nodes(data.uiapi.query.accounts)
    .flatMap((node) => {
      const reason = because(node);
      return reason ? [{ accountId: node.Id, name: node.Name.value ?? '', because: reason }] : [];
    })
    .sort((a, b) => order.indexOf(a.because) - order.indexOf(b.because));
}

/** The Accounts that have one of these codes as their Account Number or m3ter Account Code, as GraphQL input. */
export function withCodes(codes: readonly string[]): { or: object[] } {
  const among = { in: codes };
  return { or: [{ [ACCOUNT_NUMBER.fieldApiName]: among }, { [M3TER_ACCOUNT_CODE.fieldApiName]: among }] };
}

/** The Accounts that have this m3ter Account Id, or none when it is null, as GraphQL input. */
export const withM3terId = (m3terAccountId: string | null): object => ({
  [M3TER_ACCOUNT_ID.fieldApiName]: { eq: m3terAccountId },
});

function isSame(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}
