import type { AgentHealth, AgentHooks } from '../sync/types.ts';
import type { Metrics, System } from './metrics.ts';

/** The engine's hooks, which count into the metrics. */
export interface AgentMetrics {
  readonly hooks: Required<AgentHooks>;
  /** When a Bill was last handled, whatever became of it. */
  readonly lastOutcome: () => Date | undefined;
  /** Adds what is only known by asking the engine to each scrape. */
  watch(health: () => AgentHealth | Promise<AgentHealth>): void;
}

/** Outcomes after which the org holds the Bill as m3ter has it. */
const IN_STEP = new Set(['sent', 'unchanged']);

export function agentMetrics(metrics: Metrics, now: () => Date): AgentMetrics {
  let last: Date | undefined;
  return {
    hooks: {
      onOutcome: (outcome) => {
        last = now();
        metrics.bill(outcome);
        if (IN_STEP.has(outcome)) metrics.succeeded(last);
      },
      onSent: (lagMs) => metrics.changeReachedSalesforce(lagMs / 1000),
      onError: (errorClass) => metrics.error(errorClass),
      onRun: (trigger, durationMs) => metrics.run(trigger, durationMs / 1000),
    },
    lastOutcome: () => last,
    watch: (health) => {
      const calls = callCounter(metrics);
      metrics.beforeScrape(async () => {
        const { queue, orgs, m3ter } = await health();
        metrics.queueDepth({ ...queue });
        calls('m3ter', 'm3ter', m3ter.apiCalls);
        for (const org of orgs) {
          calls('salesforce', org.credential, org.apiCalls);
          if (org.orgId !== null && org.apiCallsUsed !== null && org.apiBudget) {
            metrics.apiBudgetUsed(org.orgId, org.apiCallsUsed / org.apiBudget);
          }
        }
      });
    },
  };
}

/** Makes a counter of totals that begin anew with each connection. */
function callCounter(metrics: Metrics): (system: System, connection: string, total: number) => void {
  const totals = new Map<string, number>();
  return (system, connection, total) => {
    const key = `${system} ${connection}`;
    const before = totals.get(key) ?? 0;
    metrics.apiCalls(system, total >= before ? total - before : total);
    totals.set(key, total);
  };
}
