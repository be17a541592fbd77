import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import type { IntegrationState } from 'c/integrationHealth';

type ParentName = { Name: Field<string> } | null;

interface ConfigurationNode {
  Id: string;
  Name: Field<string>;
  enabled: Field<boolean>;
  triggerType: Choice;
  connectionStatus: Choice;
  successiveErrors: Field<number>;
  accountFilter: Field<string>;
  disabledReason: Field<string>;
  lastCheck: Field<string>;
}
interface RunNode {
  Id: string;
  Name: Field<string>;
  status: Choice;
  trigger: Choice;
  started: Field<string>;
  billsSent: Field<number>;
  billsSkipped: Field<number>;
  billsWaiting: Field<number>;
  billsFailed: Field<number>;
  apiCalls: Field<number>;
  integration: ParentName;
}
interface EventNode {
  Id: string;
  eventName: Choice;
  eventTime: Field<string>;
  message: Field<string>;
  integration: ParentName;
}

/** The answer to `HOME_QUERY`. */
export interface HomeData {
  uiapi: {
    query: {
      configurations: Connection<ConfigurationNode>;
      runs: Connection<RunNode>;
      events: Connection<EventNode> & { totalCount: number };
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
    integrations: nodes(query.configurations).map(toIntegrationRow),
    runs: nodes(query.runs).map(toRunRow),
    events: nodes(query.events).map(toEventRow),
    eventCount: query.events.totalCount,
    completeBills: query.complete.totalCount,
    unmatchedBills: query.unmatched.totalCount,
  };
}

function toIntegrationRow(node: ConfigurationNode): IntegrationRow {
  return {
    id: node.Id,
    name: node.Name.value ?? '',
    enabled: node.enabled.value === true,
    connected: node.connectionStatus.value === 'CONNECTED',
    lastCheck: node.lastCheck.value,
    trigger: choiceLabel(node.triggerType),
    connection: choiceLabel(node.connectionStatus),
    successiveErrors: node.successiveErrors.value ?? 0,
    accountFilter: node.accountFilter.value ?? '',
    disabledReason: node.disabledReason.value ?? '',
  };
}

function toRunRow(node: RunNode): RunRow {
  return {
    id: node.Id,
    name: node.Name.value ?? '',
    integration: parentName(node.integration),
    status: node.status.value ?? '',
    statusLabel: choiceLabel(node.status),
    trigger: choiceLabel(node.trigger),
    started: node.started.value,
    sent: node.billsSent.value ?? 0,
    skipped: node.billsSkipped.value ?? 0,
    waiting: node.billsWaiting.value ?? 0,
    failed: node.billsFailed.value ?? 0,
    apiCalls: node.apiCalls.value ?? 0,
  };
}

function toEventRow(node: EventNode): EventRow {
  return {
    id: node.Id,
    kind: node.eventName.value ?? '',
    label: choiceLabel(node.eventName),
    time: node.eventTime.value,
    message: node.message.value ?? '',
    integration: parentName(node.integration),
  };
}
