import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import type { IntegrationState } from 'c/integrationHealth';

type ParentName = { Name: Field<string> } | null;

interface ConfigurationNode {
  Id: string;
  Name: Field<string>;
  Enabled__c: Field<boolean>;
  Trigger_Type__c: Choice;
  Connection_Status__c: Choice;
  Successive_Errors__c: Field<number>;
  Account_Filter__c: Field<string>;
  Disabled_Reason__c: Field<string>;
  Last_Check__c: Field<string>;
}
interface RunNode {
  Id: string;
  Name: Field<string>;
  Status__c: Choice;
  Trigger__c: Choice;
  Started__c: Field<string>;
  Bills_Sent__c: Field<number>;
  Bills_Skipped__c: Field<number>;
  Bills_Waiting__c: Field<number>;
  Bills_Failed__c: Field<number>;
  API_Calls__c: Field<number>;
  Integration__r: ParentName;
}
interface EventNode {
  Id: string;
  Event_Name__c: Choice;
  Event_Time__c: Field<string>;
  Message__c: Field<string>;
  Integration__r: ParentName;
}

/** The answer to `HOME_QUERY`. */
export interface HomeData {
  uiapi: {
    query: {
      Integration_Configuration__c: Connection<ConfigurationNode>;
      Integration_Run__c: Connection<RunNode>;
      Integration_Event__c: Connection<EventNode> & { totalCount: number };
      complete: { totalCount: number };
      unmatched: { totalCount: number };
    };
  };
}

/** One row of the table of integrations. */
export interface IntegrationRow extends IntegrationState {
  id: string;
  name: string;
  trigger: string;
  connection: string;
  successiveErrors: number;
  accountFilter: string;
  disabledReason: string;
}

/** One row of the table of Runs; counts are numbers of Bills. */
export interface RunRow {
  id: string;
  name: string;
  integration: string;
  status: string;
  statusLabel: string;
  trigger: string;
  started: string | null;
  sent: number;
  skipped: number;
  waiting: number;
  failed: number;
  apiCalls: number;
}

/** One Event that somebody has to act on. */
export interface EventRow {
  id: string;
  kind: string;
  label: string;
  time: string | null;
  message: string;
  integration: string;
}

/** What the page shows. */
export interface HomeView {
  integrations: IntegrationRow[];
  runs: RunRow[];
  events: EventRow[];
  eventCount: number;
  completeBills: number;
  unmatchedBills: number;
}

const parentName = (parent: ParentName): string => parent?.Name.value ?? '';

/** Turns the answer to `HOME_QUERY` into rows. */
export function toHomeView(data: HomeData): HomeView {
  const query = data.uiapi.query;
  return {
    integrations: nodes(query.Integration_Configuration__c).map(toIntegrationRow),
    runs: nodes(query.Integration_Run__c).map(toRunRow),
    events: nodes(query.Integration_Event__c).map(toEventRow),
    eventCount: query.Integration_Event__c.totalCount,
    completeBills: query.complete.totalCount,
    unmatchedBills: query.unmatched.totalCount,
  };
}

function toIntegrationRow(node: ConfigurationNode): IntegrationRow {
  return {
    id: node.Id,
    name: node.Name.value ?? '',
    enabled: node.Enabled__c.value === true,
    connected: node.Connection_Status__c.value === 'CONNECTED',
    lastCheck: node.Last_Check__c.value,
    trigger: choiceLabel(node.Trigger_Type__c),
    connection: choiceLabel(node.Connection_Status__c),
    successiveErrors: node.Successive_Errors__c.value ?? 0,
    accountFilter: node.Account_Filter__c.value ?? '',
    disabledReason: node.Disabled_Reason__c.value ?? '',
  };
}

function toRunRow(node: RunNode): RunRow {
  return {
    id: node.Id,
    name: node.Name.value ?? '',
    integration: parentName(node.Integration__r),
    status: node.Status__c.value ?? '',
    statusLabel: choiceLabel(node.Status__c),
    trigger: choiceLabel(node.Trigger__c),
    started: node.Started__c.value,
    sent: node.Bills_Sent__c.value ?? 0,
    skipped: node.Bills_Skipped__c.value ?? 0,
    waiting: node.Bills_Waiting__c.value ?? 0,
    failed: node.Bills_Failed__c.value ?? 0,
    apiCalls: node.API_Calls__c.value ?? 0,
  };
}

function toEventRow(node: EventNode): EventRow {
  return {
    id: node.Id,
    kind: node.Event_Name__c.value ?? '',
    label: choiceLabel(node.Event_Name__c),
    time: node.Event_Time__c.value,
    message: node.Message__c.value ?? '',
    integration: parentName(node.Integration__r),
  };
}
