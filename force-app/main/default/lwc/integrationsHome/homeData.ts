import { agentReport } from 'c/agentReport';
import type { AgentNode, AgentReport } from 'c/agentReport';
import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import type { IntegrationState } from 'c/integrationHealth';
import { toRunRow } from 'c/runRows';
import type { RunNode, RunRow } from 'c/runRows';

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

/** The answer to `HOME_QUERY`. */
export interface HomeData {
  uiapi: {
    query: {
      configurations: Connection<ConfigurationNode>;
      runs: Connection<RunNode>;
      events: { totalCount: number };
      agents: Connection<AgentNode>;
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

/** What the page shows. */
export interface HomeView {
  integrations: IntegrationRow[];
  runs: RunRow[];
  eventCount: number;
  completeBills: number;
  unmatchedBills: number;
  agent: AgentReport | undefined;
}

/** Turns the answer to `HOME_QUERY` into rows. */
export function toHomeView(data: HomeData): HomeView {
  const query = data.uiapi.query;
  return {
    integrations: nodes(query.configurations).map(toIntegrationRow),
    runs: nodes(query.runs).map(toRunRow),
    eventCount: query.events.totalCount,
    completeBills: query.complete.totalCount,
    unmatchedBills: query.unmatched.totalCount,
    agent: nodes(query.agents).map(agentReport)[0],
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
