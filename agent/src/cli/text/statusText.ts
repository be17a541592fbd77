import type { OperationOutput } from '../../operations/operations.ts';
import type { Batch } from '../../operations/shapes.ts';
import { failedCount } from '../../sync/report.ts';
import { table } from './table.ts';
import { when } from './time.ts';

type Status = OperationOutput<'status'>;

/** The state of the agent. */
export function statusText(status: Status, now: Date): string {
  const { agent, queue, bills } = status;
  const counts = Object.entries(bills).map(([name, count]) => `${count} ${name}`);
  const running = agent.isRunning
    ? `running, process ${agent.processId}, started ${when(agent.startedAt, now)}`
    : 'not running. Start it: m3ter-bills start';
  return [
    `Agent ${agent.version}: ${running}`,
    `Store: ${status.store.url}`,
    ...status.orgs.map(orgText),
    `Queue: ${queue.queued} queued, ${queue.active} active, ${queue.retrying} to be tried again, ${queue.dead} dead`,
    ...(queue.dead > 0 ? ['  Queue the dead ones again: m3ter-bills redrive'] : []),
    `Bills: ${counts.join(', ') || 'none yet. Begin: m3ter-bills sync'}`,
    ...(status.batches.length > 0 ? ['', batchTable(status.batches, now)] : []),
  ].join('\n');
}

function orgText({ credential, orgId, isConnected, detail, ...api }: Status['orgs'][number]): string {
  const calls = api.apiCallLimit === null ? '' : `, ${api.apiCallsUsed ?? 0} of ${api.apiCallLimit} API calls today`;
  const state = isConnected ? `connected${calls}` : (detail ?? 'not connected');
  return `Org ${orgId ?? '(not known yet)'} by ${credential}: ${state}`;
}

function batchTable(batches: readonly Batch[], now: Date): string {
  return table(
    ['Started', 'integration', 'trigger', 'sent', 'failed', 'state'],
    batches.map(({ startedAt, integration, integrationId, trigger, report, finishedAt }) => [
      when(startedAt, now),
      integration ?? integrationId,
      trigger,
      report.billsSent,
      failedCount(report),
      finishedAt === null ? 'under way' : 'finished',
    ]),
  );
}
