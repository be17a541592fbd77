/** A field that a send would change: its API name, and its values as text; null is an empty field. */
export interface FieldDifference {
  field: string;
  before: string | null;
  after: string | null;
}

export type LineKind = 'added' | 'changed' | 'removed';

/** What a sync would do with one Bill, as the agent answers a request for a dry run. */
export interface DryRunBill {
  integration: string;
  billId: string;
  reference: string;
  account: string | null;
  /** send, skip, wait, refused, superseded */
  outcome: string;
  reason: string | null;
  /** What settings that are not saved make of it: let through though the saved ones do not, or the other way round. */
  letThrough: 'newly' | 'noLonger' | null;
  /** Of one that would be sent: whether Salesforce holds it already. */
  exists: boolean;
  total: string | null;
  currency: string | null;
  fields: FieldDifference[];
  lines: Record<LineKind, number> & { first: Array<{ line: string; kind: LineKind; fields: FieldDifference[] }> };
}

interface Report {
  billsRead: number;
  billsSent: number;
  skipped: Record<string, number>;
  waiting: { missingAccountMapping: number };
  unmatched: number;
  failed: Record<string, number>;
}

/** The data of the agent's answer to a request of type DRY_RUN. */
export interface DryRun {
  integrations: Report[];
  idle: Array<{ detail: string }>;
  /** How many Bills settings that are not saved let through newly, and no longer; null for a preview of saved ones. */
  letThrough: { newly: number; noLonger: number } | null;
  bills: DryRunBill[];
}

/** How many Bills would fare how, of all integrations together. */
export interface DryRunCounts {
  read: number;
  sent: number;
  unmatched: number;
  skipped: Record<string, number>;
  waiting: number;
  failed: number;
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

export function countsOf({ integrations }: DryRun): DryRunCounts {
  const skipped: Record<string, number> = {};
  for (const report of integrations)
    for (const [reason, count] of Object.entries(report.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count;
  return {
    read: sum(integrations.map(({ billsRead }) => billsRead)),
    sent: sum(integrations.map(({ billsSent }) => billsSent)),
    unmatched: sum(integrations.map(({ unmatched }) => unmatched)),
    skipped,
    waiting: sum(integrations.map(({ waiting }) => waiting.missingAccountMapping)),
    failed: sum(integrations.flatMap(({ failed }) => Object.values(failed))),
  };
}
