import type { OperationOutput } from '../../operations/operations.ts';
import { callsText, reportTable } from './syncText.ts';
import { duration } from './time.ts';

/** What a backfill would take, or did. */
export function backfillText(result: OperationOutput<'backfill'>): string {
  const { integration, plan, callsLeft, report, apiCalls, isComplete } = result;
  const { bills, toSend, lineItems, way, calls, seconds } = plan;
  const by = way === 'bulk' ? 'bulk jobs' : 'composite calls';
  const left = callsLeft === null ? '' : `; the agent may make ${callsLeft} more today`;
  const planned = [
    `${integration}: ${bills} Bills in the range, ${toSend} to send with about ${lineItems} Line Items, by ${by}.`,
    `About ${calls.salesforce} calls to Salesforce${left}, ${calls.m3ter} to m3ter, ${duration(seconds)}.`,
  ];
  if (report === null) return planned.join('\n');
  const end = isComplete ? [] : ['It is not complete. Give the same command again: it goes on with what is left.'];
  return [...planned, '', reportTable([report], 'sent'), ...end, callsText(apiCalls)].join('\n');
}
