import type { IdleReason, SkipReason } from '../rules/gates.ts';

/** What a sweep did for one integration. */
export interface IntegrationReport {
  readonly name: string;
  billsRead: number;
  billsSent: number;
  lineItemsSent: number;
  readonly skipped: Record<SkipReason | 'unchanged', number>;
  readonly waiting: { missingAccountMapping: number };
  /** Sent Bills without a Salesforce Account. */
  unmatched: number;
  /** By error code. */
  readonly failed: Record<string, number>;
}

export interface IdleIntegration {
  readonly name: string;
  readonly reason: IdleReason;
  readonly detail: string;
}

/** What a sweep did. */
export interface SweepReport {
  readonly integrations: readonly IntegrationReport[];
  readonly apiCalls: { readonly salesforce: number; readonly m3ter: number };
}

export interface SweepResult {
  readonly report: SweepReport;
  /** Integrations that did not take part. */
  readonly idle: readonly IdleIntegration[];
  /** False when the sweep was told to stop before its end; the next one goes on. */
  readonly isComplete: boolean;
}

export function newReport(name: string): IntegrationReport {
  return {
    name,
    billsRead: 0,
    billsSent: 0,
    lineItemsSent: 0,
    skipped: { restricted: 0, notAllowed: 0, accountFilter: 0, notApproved: 0, unchanged: 0 },
    waiting: { missingAccountMapping: 0 },
    unmatched: 0,
    failed: {},
  };
}

export function failedCount(report: IntegrationReport): number {
  return Object.values(report.failed).reduce((sum, count) => sum + count, 0);
}

export function skippedCount(report: IntegrationReport): number {
  return Object.values(report.skipped).reduce((sum, count) => sum + count, 0);
}
