import { choiceLabel } from 'c/connection';
import type { Choice, Field } from 'c/connection';

/** A batch as queries give it. */
export interface RunNode {
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
  integration: { Name: Field<string> } | null;
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

/** Reads a batch. */
export const toRunRow = (node: RunNode): RunRow => ({
  id: node.Id,
  name: node.Name.value ?? '',
  integration: node.integration?.Name.value ?? '',
  status: node.status.value ?? '',
  statusLabel: choiceLabel(node.status),
  trigger: choiceLabel(node.trigger),
  started: node.started.value,
  sent: node.billsSent.value ?? 0,
  skipped: node.billsSkipped.value ?? 0,
  waiting: node.billsWaiting.value ?? 0,
  failed: node.billsFailed.value ?? 0,
  apiCalls: node.apiCalls.value ?? 0,
});
