import { gql } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';

/** Accounts by their m3ter Account Ids, or one by its record id. */
export const ACCOUNT_NAMES_QUERY = gql`
  query AccountNames($where: Account_Filter) {
    uiapi {
      query {
        records: Account(where: $where, first: 200) {
          edges {
            node {
              Id
              Name {
                value
              }
              key: M3ter_Account_Id__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** Users by their record ids. */
export const USER_NAMES_QUERY = gql`
  query UserNames($where: User_Filter) {
    uiapi {
      query {
        records: User(where: $where, first: 200) {
          edges {
            node {
              Id
              Name {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The answer to either query; Users are known by their record ids. */
export interface NamesData {
  uiapi: { query: { records: Connection<{ Id: string; Name: Field<string>; key?: Field<string> }> } };
}

/** A record, and the id by which an integration knows it; undefined for an Account that m3ter's id was not given to. */
export interface NamedRecord {
  recordId: string;
  name: string;
  id: string | undefined;
}

export function namedRecords(data: NamesData): NamedRecord[] {
  return nodes(data.uiapi.query.records).map(({ Id, Name, key }) => ({
    recordId: Id,
    name: Name.value ?? '',
    id: key ? (key.value ?? undefined) : Id,
  }));
}
