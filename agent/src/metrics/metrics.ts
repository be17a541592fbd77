import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type System = 'm3ter' | 'salesforce';

/** What the agent counts. No label names an integration, an Account or a person; an org stands by its id. */
export interface Metrics {
  /** What became of a Bill for an integration: sent, unchanged, skipped, waiting, failed, retrying, deleted. */
  bill(outcome: string, count?: number): void;
  /** Seconds from the change in m3ter to the Bill in Salesforce. */
  changeReachedSalesforce(seconds: number): void;
  apiCalls(system: System, count?: number): void;
  /** Jobs by state: queued, active, retrying, dead. */
  queueDepth(depth: Readonly<Record<string, number>>): void;
  /** An error by its code, such as UNABLE_TO_LOCK_ROW. */
  error(code: string): void;
  /** A Bill was sent, or found unchanged, at this time. */
  succeeded(at: Date): void;
  /** A batch has ended. */
  run(trigger: string, seconds: number): void;
  /** From 0 up: the share of the API budget of an org that is used. */
  apiBudgetUsed(orgId: string, ratio: number): void;
  /** What became of a webhook: accepted, duplicate, ignored, refused, full. */
  webhook(result: string): void;
  /** Has `read` called before each scrape, to set what is only known by asking. Its failure is left out of the scrape. */
  beforeScrape(read: () => void | Promise<void>): void;
  readonly contentType: string;
  /** The text of a scrape. */
  text(): Promise<string>;
}

const PREFIX = 'm3ter_bills_';
/** From a webhook that is sent at once to an hourly schedule that waited a day. */
const LAG_BUCKETS = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400];
const RUN_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600];
/**
 * Label values that are there from the start with 0: to Prometheus, a series that begins with 1 did not rise, and no
 * alert would tell the first failure.
 */
const EXPECTED = {
  outcomes: ['sent', 'unchanged', 'skipped', 'waiting', 'failed', 'superseded', 'deleted', 'disabled', 'retrying'],
  systems: ['m3ter', 'salesforce'],
  classes: ['authentication', 'setup', 'limit', 'unavailable', 'transient', 'badData', 'unexpected'],
  results: ['accepted', 'duplicate', 'ignored', 'refused', 'full'],
} as const;
/** An error code is a word of Salesforce's or ours; anything else is not worth a time series. */
const CODE = /^[A-Za-z][A-Za-z0-9_]{0,79}$/;
const MOST_CODES = 200;

/** A registry of its own, so that several agents in one process (tests) do not share numbers. */
export function createMetrics(options: { readonly withProcess?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.withProcess ?? true) collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const { bills, calls, errors, webhooks } = countersOf(registry);
  const gauges = gaugesOf(registry);
  const lag = new Histogram({
    name: `${PREFIX}change_to_salesforce_seconds`,
    help: 'Seconds from the change of a Bill in m3ter to Salesforce',
    buckets: LAG_BUCKETS,
    registers: [registry],
  });
  const runs = new Histogram({
    name: `${PREFIX}run_duration_seconds`,
    help: 'Seconds from the start to the end of a batch, by trigger',
    labelNames: ['trigger'],
    buckets: RUN_BUCKETS,
    registers: [registry],
  });
  const reads: (() => void | Promise<void>)[] = [];
  const codes = new Set<string>();

  return {
    bill: (outcome, count = 1) => bills.inc({ outcome }, count),
    changeReachedSalesforce: (seconds) => lag.observe(Math.max(0, seconds)),
    apiCalls: (system, count = 1) => calls.inc({ system }, count),
    queueDepth: (depth) => Object.entries(depth).forEach(([state, count]) => gauges.queue.set({ state }, count)),
    error: (code) => errors.inc({ class: boundedCode(code, codes) }),
    succeeded: (at) => gauges.success.set(at.getTime() / 1000),
    run: (trigger, seconds) => runs.observe({ trigger }, Math.max(0, seconds)),
    apiBudgetUsed: (org, ratio) => gauges.budget.set({ org }, ratio),
    webhook: (result) => webhooks.inc({ result }),
    beforeScrape: (read) => void reads.push(read),
    contentType: registry.contentType,
    text: async () => {
      await Promise.allSettled(reads.map(async (read) => read()));
      return registry.metrics();
    },
  };
}

function countersOf(registry: Registry) {
  const counter = <Label extends string>(
    name: string,
    help: string,
    label: Label,
    expected: readonly string[],
  ): Counter<Label> => {
    const made = new Counter({ name: PREFIX + name, help, labelNames: [label], registers: [registry] });
    for (const value of expected) made.labels(value).inc(0);
    return made;
  };
  return {
    bills: counter('bills_total', 'Bills handled, by outcome', 'outcome', EXPECTED.outcomes),
    calls: counter('api_calls_total', 'Calls made, by system', 'system', EXPECTED.systems),
    errors: counter('errors_total', 'Errors, by code', 'class', EXPECTED.classes),
    webhooks: counter('webhooks_total', 'Webhooks received, by result', 'result', EXPECTED.results),
  };
}

function gaugesOf(registry: Registry) {
  const registers = [registry];
  return {
    queue: new Gauge({ name: `${PREFIX}queue_depth`, help: 'Jobs, by state', labelNames: ['state'], registers }),
    success: new Gauge({
      name: `${PREFIX}last_success_timestamp_seconds`,
      help: 'When a Bill was last sent or found unchanged, in seconds since 1970',
      registers,
    }),
    budget: new Gauge({
      name: `${PREFIX}api_budget_used_ratio`,
      help: 'Share of the API budget that is used, by org id',
      labelNames: ['org'],
      registers,
    }),
  };
}

/** Bounds the number of time series: a code out of the ordinary counts as OTHER. */
function boundedCode(code: string, known: Set<string>): string {
  if (known.has(code)) return code;
  if (!CODE.test(code) || known.size >= MOST_CODES) return 'OTHER';
  known.add(code);
  return code;
}
