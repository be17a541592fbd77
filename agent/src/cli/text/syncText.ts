import type { OperationOutput } from '../../operations/operations.ts';
import type { BillResult, DryRunBill, SyncReport, SyncResult } from '../../operations/shapes.ts';
import { plural, table } from './table.ts';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const ofOthers = ({ unchanged: _unchanged, ...skipped }: SyncReport['skipped']): Readonly<Record<string, number>> =>
  skipped;

/** Whether everything that the rules let through is in Salesforce. */
export function isGood({ integrations, isComplete }: SyncResult): boolean {
  return isComplete && integrations.every(({ failed }) => sum(failed) === 0);
}

/** What a sync did. */
export function syncText(result: SyncResult): string {
  return [
    reportTable(result.integrations, 'sent'),
    ...reasons(result.integrations),
    ...result.idle.map(({ detail }) => detail),
    ...(result.isComplete ? [] : ['It did not come to its end. What is left is tried again: m3ter-bills sync']),
    callsText(result.apiCalls),
  ].join('\n');
}

/** What a sync would do. */
export function dryRunText(result: OperationOutput<'dryRun'>): string {
  const bills = result.bills.map((bill) => {
    const { billId, reference, integration, outcome, reason } = bill;
    return [reference, billId, integration, outcome, reason ?? changesText(bill)];
  });
  return [
    reportTable(result.integrations, 'would send'),
    ...reasons(result.integrations),
    ...result.idle.map(({ detail }) => detail),
    ...(bills.length > 0 ? ['', table(['Bill', 'id', 'Integration', 'outcome', 'reason or changes'], bills)] : []),
    `Nothing was written. ${callsText(result.apiCalls)}`,
  ].join('\n');
}

/** Such as `new, 3 Line Items`, or `Bill_Total__c 10 -> 12; Line Items: 1 changed`. */
function changesText({ outcome, exists, fields, lines }: DryRunBill): string {
  if (outcome !== 'send') return '';
  if (!exists) return `new, ${plural(lines.added, 'Line Item')}`;
  const counts = (['added', 'changed', 'removed'] as const).filter((kind) => lines[kind] > 0);
  const parts = [
    ...fields.map(({ field, before, after }) => `${field} ${before ?? 'empty'} -> ${after ?? 'empty'}`),
    ...(counts.length > 0 ? [`Line Items: ${counts.map((kind) => `${lines[kind]} ${kind}`).join(', ')}`] : []),
  ];
  return parts.join('; ');
}

/** What became of single Bills. */
export function billResultsText(results: readonly BillResult[]): string {
  if (results.length === 0) return 'No integration that is ready sends Bills. See: m3ter-bills integration list';
  return results
    .map(({ billId, integration, outcome, code, message }) => {
      return `${billId}  ${integration}: ${outcome}${code === null ? '' : ` (${code})`}. ${message}`;
    })
    .join('\n');
}

export function haveFailed(results: readonly BillResult[]): boolean {
  return results.some(({ outcome }) => outcome === 'failed' || outcome === 'retrying');
}

/** Integrations by what became of their Bills. */
export function reportTable(reports: readonly SyncReport[], sent: string): string {
  if (reports.length === 0) return 'No integration is ready. See: m3ter-bills integration list';
  return table(
    ['Integration', 'read', sent, 'lines', 'unchanged', 'skipped', 'waiting', 'unmatched', 'failed'],
    reports.map(({ name, ...counts }) => [
      name,
      counts.billsRead,
      counts.billsSent,
      counts.lineItemsSent,
      counts.skipped['unchanged'] ?? 0,
      sum(ofOthers(counts.skipped)),
      counts.waiting.missingAccountMapping,
      counts.unmatched,
      sum(counts.failed),
    ]),
  );
}

function reasons(reports: readonly SyncReport[]): string[] {
  return reports.flatMap(({ name, skipped, failed }) => [
    ...Object.entries(ofOthers(skipped))
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => `${name}: ${count} skipped, ${reason}`),
    ...Object.entries(failed).map(([code, count]) => `${name}: ${count} failed with ${code}. See: m3ter-bills events`),
  ]);
}

/** The calls that it took. */
export function callsText({ salesforce, m3ter }: { readonly salesforce: number; readonly m3ter: number }): string {
  return `API calls: ${plural(salesforce, 'to Salesforce', 'to Salesforce')}, ${m3ter} to m3ter`;
}
