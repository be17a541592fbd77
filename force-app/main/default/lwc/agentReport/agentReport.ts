import type { Field } from 'c/connection';

/** The agent's record as queries give it. */
export interface AgentNode {
  lastSeen: Field<string>;
  version: Field<string>;
  queueDepth: Field<number>;
  callsUsed: Field<number>;
  callBudget: Field<number>;
}

/** What the agent last said of itself. */
export interface AgentReport {
  /** ISO instant; null when it never reported. */
  lastSeen: string | null;
  version: string;
  /** Bills that wait to be sent. */
  queueDepth: number | null;
  /** Salesforce API calls of the last 24 hours, and at how many the agent stops. */
  callsUsed: number | null;
  callBudget: number | null;
}

/** Reads the agent's record. */
export const agentReport = (node: AgentNode): AgentReport => ({
  lastSeen: node.lastSeen.value,
  version: node.version.value ?? '',
  queueDepth: node.queueDepth.value,
  callsUsed: node.callsUsed.value,
  callBudget: node.callBudget.value,
});
