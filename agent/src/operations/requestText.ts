import type { OperationOutput } from './operations.ts';
import type { BillResult, SyncReport, SyncResult } from './shapes.ts';

/** The result of a request: for the person who asked, and for components. */
export interface Answer {
  readonly text: string;
  readonly data: object;
  readonly isGood: boolean;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const bills = (count: number): string => `${count} ${count === 1 ? 'Bill' : 'Bills'}`;

export function syncText(result: SyncResult): Answer {
  const { integrations, idle, isComplete } = result;
  const failed = integrations.reduce((total, report) => total + sum(report.failed), 0);
  const lines = [
    ...integrations.map((report) => `${report.name}: ${reportText(report, 'sent')}`),
    ...idle.map(({ detail }) => detail),
    ...(integrations.length + idle.length === 0 ? ['No integration is ready.'] : []),
    ...(failed > 0 ? ['The Integration Events say why Bills failed and what to do.'] : []),
    ...(isComplete ? [] : ['It did not come to its end; what is left is tried again by itself.']),
  ];
  return { text: lines.join('\n'), data: result, isGood: failed === 0 && isComplete && integrations.length > 0 };
}

export function dryRunText(result: OperationOutput<'dryRun'>): Answer {
  const lines = [
    ...result.integrations.map((report) => `${report.name}: ${reportText(report, 'would be sent')}`),
    ...result.idle.map(({ detail }) => detail),
    ...draftText(result.letThrough),
    'Nothing was written.',
  ];
  return { text: lines.join('\n'), data: result, isGood: true };
}

function draftText(letThrough: OperationOutput<'dryRun'>['letThrough']): string[] {
  if (letThrough === null) return [];
  const { newly, noLonger } = letThrough;
  return [`The draft settings let ${bills(newly)} through newly, and ${bills(noLonger)} no longer.`];
}

export function billText(result: { readonly results: readonly BillResult[] }): Answer {
  const { results } = result;
  const isGood = results.length > 0 && results.every(({ outcome }) => outcome !== 'failed' && outcome !== 'retrying');
  const lines = results.map(
    ({ billId, integration, message, outcome }) => `Bill ${billId}, ${integration}: ${outcome}. ${message}`,
  );
  return { text: lines.join('\n') || 'There was no Bill to send.', data: result, isGood };
}

export function filterText(result: OperationOutput<'testFilter'>): Answer {
  const { matching, accountsRead, account, unclear } = result;
  const lines = [
    `${matching} of ${accountsRead} m3ter Accounts are let through.`,
    ...(account === null ? [] : [account.reason]),
    ...(unclear.count > 0 ? [`${unclear.count} cannot be told, for example: ${unclear.example}`] : []),
  ];
  return { text: lines.join('\n'), data: result, isGood: true };
}

/** The address is not in the text: it is for the page that asked. */
export function statementText(result: OperationOutput<'statement'>): Answer {
  const { reference, format, isStale } = result;
  const age = isStale ? ' The Bill has changed since it was made.' : '';
  return {
    text: `The ${format.toUpperCase()} statement of Bill ${reference} is ready.${age}`,
    data: result,
    isGood: true,
  };
}

export function suggestionsText(result: OperationOutput<'suggestAccounts'>): Answer {
  const { unmatched } = result;
  const suggested = unmatched.filter(({ suggestions }) => suggestions.length > 0).length;
  const text =
    unmatched.length === 0
      ? 'Every Bill has its Account.'
      : `Bills of ${unmatched.length} m3ter Accounts have no Account; for ${suggested} of them an Account here fits.`;
  return { text, data: result, isGood: true };
}

function reportText({ billsRead, billsSent, skipped, waiting, failed }: SyncReport, sent: string): string {
  const { unchanged = 0, ...others } = skipped;
  const reasons = Object.entries(others)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason}`);
  return [
    `${bills(billsRead)} read`,
    `${billsSent} ${sent}`,
    `${unchanged} unchanged`,
    `${sum(others)} skipped${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
    `${waiting.missingAccountMapping} waiting for an Account`,
    `${sum(failed)} failed`,
  ].join(', ');
}
