import type { OperationOutput } from '../../operations/operations.ts';
import type { Event, Run } from '../../operations/shapes.ts';
import { list, table } from './table.ts';
import { when } from './time.ts';

/** Runs, a line each. */
export function runsText(runs: readonly Run[], now: Date): string {
  if (runs.length === 0) return 'No Run fits.';
  return table(
    ['Run', 'started', 'integration', 'trigger', 'status', 'sent', 'failed', 'error'],
    runs.map((run) => [
      run.name,
      when(run.startedAt, now),
      run.integration,
      run.trigger,
      run.status,
      run.billsSent,
      run.billsFailed,
      run.errorCode,
    ]),
  );
}

/** One Run with everything that belongs to it. */
export function runText({ run, children, events }: OperationOutput<'run'>, now: Date): string {
  const head = list([
    ['Run', `${run.name} (${run.id})`],
    ['Status', run.status],
    ['Integration', run.integration],
    ['Org', run.orgId],
    ['Trigger', run.trigger],
    ['Started', when(run.startedAt, now)],
    ['Completed', when(run.completedAt, now)],
    ['Bill', run.billId],
    ['Bills read', run.billsRead],
    ['Bills sent', run.billsSent],
    ['Bills skipped', run.billsSkipped],
    ['Bills waiting', run.billsWaiting],
    ['Bills failed', run.billsFailed],
    ['Line Items sent', run.lineItemsSent],
    ['API calls', run.apiCalls],
    ['Error code', run.errorCode],
    ['Error', run.error],
    ['Replay of', run.replayedFromId],
  ]);
  const ofBills = children.map(({ name, billId, status, errorCode, error }) => [
    name,
    billId,
    status,
    errorCode,
    error,
  ]);
  return [
    head,
    ...(children.length > 0 ? ['', table(['Run', 'Bill', 'status', 'code', 'error'], ofBills)] : []),
    ...(events.length > 0 ? ['', eventsText(events, now)] : []),
    ...(run.status === 'ERROR' ? ['', `Send its Bills again: m3ter-bills replay ${run.name}`] : []),
  ].join('\n');
}

/** Events, two lines each: what and when, then cause and remedy. */
export function eventsText(events: readonly Event[], now: Date): string {
  if (events.length === 0) return 'No Event fits.';
  return events
    .map(({ name, eventName, eventTime, integration, message, actioned }) => {
      const parts = [name, when(eventTime, now), eventName, integration ?? '', actioned ? 'actioned' : ''];
      return `${parts.filter((part) => part !== '').join('  ')}\n  ${message ?? 'No message.'}`;
    })
    .join('\n');
}
