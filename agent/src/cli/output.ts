import { failedCount, type SweepResult } from '../sync/report.ts';
import type { SweepRecord } from '../store/store.ts';

type Row = readonly (string | number)[];

/** A table with aligned columns: the first to the left, the others to the right. */
export function table(header: Row, rows: readonly Row[]): string {
  const all = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** What a sweep did, for a person. */
export function sweepText({ report, idle, isComplete }: SweepResult): string {
  const { integrations, apiCalls } = report;
  const parts: string[] = [];
  if (integrations.length > 0) {
    parts.push(
      table(
        ['Integration', 'read', 'sent', 'lines', 'unchanged', 'skipped', 'waiting', 'unmatched', 'failed'],
        integrations.map(({ name, skipped: { unchanged, ...skipped }, ...counts }) => [
          name,
          counts.billsRead,
          counts.billsSent,
          counts.lineItemsSent,
          unchanged,
          Object.values(skipped).reduce((sum, count) => sum + count, 0),
          counts.waiting.missingAccountMapping,
          counts.unmatched,
          failedCount({ name, skipped: { unchanged, ...skipped }, ...counts }),
        ]),
      ),
    );
  } else parts.push('No integration is ready. Enable an Integration Configuration in Salesforce (app m3ter Bills).');
  for (const { name, skipped, failed } of integrations) {
    for (const [reason, count] of Object.entries({ ...skipped, unchanged: 0 }))
      if (count > 0) parts.push(`${name}: ${count} skipped, ${reason}`);
    for (const [code, count] of Object.entries(failed)) {
      parts.push(`${name}: ${count} failed with ${code}. See the Integration Events in Salesforce.`);
    }
  }
  parts.push(...idle.map(({ detail }) => detail));
  if (!isComplete) parts.push('The sweep was stopped before its end. The next one goes on: m3ter-bills sync --once');
  parts.push(`API calls: Salesforce ${apiCalls.salesforce}, m3ter ${apiCalls.m3ter}`);
  return parts.join('\n');
}

/** The agent's memory, for a person. */
export function statusText(sweeps: readonly SweepRecord[], counts: Readonly<Record<string, number>>): string {
  if (sweeps.length === 0) return 'No sweep yet. Start one: m3ter-bills sync --once';
  const bills = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return [
    `Bills: ${bills.join(', ') || 'none'}`,
    table(
      ['Started', 'seconds', 'outcome'],
      sweeps.map(({ startedAt, finishedAt, outcome }) => [
        startedAt.toISOString(),
        ((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1),
        outcome,
      ]),
    ),
  ].join('\n');
}
