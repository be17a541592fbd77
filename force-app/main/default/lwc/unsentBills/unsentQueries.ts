import { gql } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';

/** The Runs of Bills since an instant that did not send them, the newest first. */
export const UNSENT_RUNS_QUERY = gql`
  query UnsentRuns($since: DateTimeInput) {
    uiapi {
      query {
        runs: Integration_Run__c(
          first: 200
          where: {
            and: [
              { M3ter_Bill_Id__c: { ne: null } }
              { Status__c: { nin: ["COMPLETE", "STARTED"] } }
              { Started__c: { gte: $since } }
            ]
          }
          orderBy: { Started__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              m3terBillId: M3ter_Bill_Id__c {
                value
              }
              status: Status__c {
                value
                label
              }
              started: Started__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The Bills of those Runs, as Salesforce holds them. */
export const HELD_BILLS_QUERY = gql`
  query HeldBills($m3terBillIds: [String]) {
    uiapi {
      query {
        bills: Bill__c(first: 200, where: { M3ter_Bill_Id__c: { in: $m3terBillIds } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              m3terBillId: M3ter_Bill_Id__c {
                value
              }
              lastSync: Last_Sync__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface RunNode {
  Id: string;
  m3terBillId: Field<string>;
  status: Choice;
  started: Field<string>;
}
interface BillNode {
  Id: string;
  Name: Field<string>;
  m3terBillId: Field<string>;
  lastSync: Field<string>;
}

/** The answer to `UNSENT_RUNS_QUERY`. */
export interface UnsentRunsData {
  uiapi: { query: { runs: Connection<RunNode> } };
}

/** The answer to `HELD_BILLS_QUERY`. */
export interface HeldBillsData {
  uiapi: { query: { bills: Connection<BillNode> } };
}

/** A Bill whose last attempt did not bring it to Salesforce. */
export interface UnsentBill {
  m3terBillId: string;
  runId: string;
  status: string;
  statusLabel: string;
  /** ISO instant. */
  started: string;
  /** Undefined for one that never arrived. */
  billId: string | undefined;
  /** What the Bill is called; of one that never arrived its id in m3ter. */
  name: string;
}

/** The m3ter ids of the Bills, each once. */
export const billIdsOf = (runs: UnsentRunsData): string[] => [
  ...new Set(nodes(runs.uiapi.query.runs).map(({ m3terBillId }) => m3terBillId.value ?? '')),
];

/** The Bills that were not written after their last such Run. */
export function unsentBills(runs: UnsentRunsData, held: HeldBillsData): UnsentBill[] {
  const bills = new Map(nodes(held.uiapi.query.bills).map((bill) => [bill.m3terBillId.value, bill]));
  const latest = new Map<string, UnsentBill>();
  for (const run of nodes(runs.uiapi.query.runs)) {
    const m3terBillId = run.m3terBillId.value ?? '';
    const bill = bills.get(m3terBillId);
    const started = run.started.value ?? '';
    const isWritten = Date.parse(bill?.lastSync.value ?? '') >= Date.parse(started);
    if (latest.has(m3terBillId) || isWritten) continue;
    const status = run.status.value ?? '';
    const name = bill?.Name.value ?? m3terBillId;
    const statusLabel = run.status.label ?? status;
    latest.set(m3terBillId, { m3terBillId, runId: run.Id, status, statusLabel, started, billId: bill?.Id, name });
  }
  return [...latest.values()];
}
