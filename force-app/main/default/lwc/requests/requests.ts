import type { LightningElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { gql } from 'lightning/graphql';
import REQUEST from '@salesforce/schema/Sync_Request__c';
import TYPE from '@salesforce/schema/Sync_Request__c.Type__c';
import INTEGRATION from '@salesforce/schema/Sync_Request__c.Integration__c';
import BILL from '@salesforce/schema/Sync_Request__c.Bill__c';
import RUN from '@salesforce/schema/Sync_Request__c.Run__c';
import CREDENTIAL from '@salesforce/schema/Sync_Request__c.Credential__c';
import ACCOUNT from '@salesforce/schema/Sync_Request__c.Account__c';
import FILTER from '@salesforce/schema/Sync_Request__c.Account_Filter__c';
import DRAFT_SETTINGS from '@salesforce/schema/Sync_Request__c.Draft_Settings__c';
import M3TER_ACCOUNT from '@salesforce/schema/Sync_Request__c.M3ter_Account_Id__c';
import { nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';

export type RequestType =
  | 'SYNC_NOW'
  | 'RESEND_BILL'
  | 'REPLAY_RUN'
  | 'CREATE_EXTERNAL_MAPPING'
  | 'TEST_CREDENTIAL'
  | 'PREVIEW_FILTER'
  | 'DRY_RUN'
  | 'SUGGEST_ACCOUNTS'
  | 'ENABLE_INTEGRATION'
  | 'OPEN_STATEMENT';

/** What the agent is asked for; ids are Salesforce record ids but for `m3terAccountId`. */
export interface AgentRequest {
  type: RequestType;
  integrationId?: string | undefined;
  billId?: string | undefined;
  runId?: string | undefined;
  credentialId?: string | undefined;
  accountId?: string | undefined;
  accountFilter?: string | undefined;
  m3terAccountId?: string | undefined;
  /** Of a DRY_RUN: settings that are not saved, under the agent's names. */
  settings?: Readonly<Record<string, unknown>> | undefined;
}

/** Writes the request for the agent and gives its record id. Rejects with what the platform answers. */
export async function createRequest(request: AgentRequest): Promise<string> {
  const given: Array<[{ fieldApiName: string }, string | undefined]> = [
    [TYPE, request.type],
    [INTEGRATION, request.integrationId],
    [BILL, request.billId],
    [RUN, request.runId],
    [CREDENTIAL, request.credentialId],
    [ACCOUNT, request.accountId],
    [FILTER, request.accountFilter],
    [DRAFT_SETTINGS, request.settings && JSON.stringify(request.settings)],
    [M3TER_ACCOUNT, request.m3terAccountId],
  ];
  const fields = Object.fromEntries(
    given.filter(([, value]) => value).map(([field, value]) => [field.fieldApiName, value]),
  );
  const { id } = await createRecord({ apiName: REQUEST.objectApiName, fields });
  return id;
}

/** One request with its answer, and the agent that was last seen. */
export const REQUEST_QUERY = gql`
  query SyncRequest($recordId: ID) {
    uiapi {
      query {
        requests: Sync_Request__c(where: { Id: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              type: Type__c {
                value
                label
              }
              status: Status__c {
                value
              }
              result: Result__c {
                value
              }
              resultData: Result_Data__c {
                value
              }
            }
          }
        }
        agents: Sync_Agent__c(first: 1, orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }) {
          edges {
            node {
              Id
              lastSeen: Last_Seen__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface RequestNode {
  Id: string;
  type: Choice;
  status: Field<string>;
  result: Field<string>;
  resultData: Field<string>;
}

/** The answer to `REQUEST_QUERY`. */
export interface RequestData {
  uiapi: {
    query: {
      requests: Connection<RequestNode>;
      agents: Connection<{ lastSeen: Field<string> }>;
    };
  };
}

export type RequestStatus = 'NEW' | 'RUNNING' | 'DONE' | 'FAILED';

/** How far a request is. */
export interface RequestState {
  /** What it asks for, in words. */
  type: string;
  status: RequestStatus;
  /** What came of it, to read; written by the agent. */
  result: string;
  /** What came of it, for components: the JSON of the agent's operation; undefined when there is none. */
  data: unknown;
  /** When any agent was last seen (ISO); null when none ever was. */
  agentSeen: string | null;
}

/** Reads the answer to `REQUEST_QUERY`; undefined when the request is not there. */
export function requestState(data: RequestData): RequestState | undefined {
  const [node] = nodes(data.uiapi.query.requests);
  const [agent] = nodes(data.uiapi.query.agents);
  return (
    node && {
      type: node.type.label ?? '',
      status: (node.status.value ?? 'NEW') as RequestStatus,
      result: node.result.value ?? '',
      data: parse(node.resultData.value),
      agentSeen: agent?.lastSeen.value ?? null,
    }
  );
}

function parse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? '') as unknown;
  } catch {
    return undefined;
  }
}

type Asking = HTMLElement & { ask(request: AgentRequest): void };

/** Lets the `c-sync-request` of a component ask the agent and show the answer. */
export function askAgent(template: LightningElement['template'], request: AgentRequest): void {
  template?.querySelector<Asking>('c-sync-request')?.ask(request);
}

/** How a request ended, as `c-sync-request` tells the page. */
export interface Answered {
  type: RequestType;
  isDone: boolean;
  /** To read. */
  result: string;
  /** For components: the JSON of the agent's operation. */
  data: unknown;
}

/** Whether the agent has ended its work on the request. */
export const isAnswered = (status: RequestStatus): boolean => status === 'DONE' || status === 'FAILED';
