import { billIdsIn } from './billIds.ts';
import type { EventRow } from '../salesforce/control/events.ts';
import type { RunRow } from '../salesforce/control/runs.ts';
import type { Engine, OrgAccess } from './engine.ts';
import { OperationError } from './errors.ts';
import { findIntegration, notFound, reachableOrgs, type IntegrationChoice, type OrgChoice } from './find.ts';
import { iso } from './iso.ts';
import type { OperationInput, OperationOutput, Operations } from './operations.ts';
import type { Event, Run } from './shapes.ts';

const DEFAULT_LIMIT = 50;

/** A Run in its org. */
export interface FoundRun {
  readonly org: OrgAccess;
  readonly run: RunRow;
}

/** What happened: Runs and Events as the orgs hold them. */
export function historyOperations(engine: Engine): Pick<Operations, 'runs' | 'run' | 'events' | 'actionEvents'> {
  return {
    runs: (input) => runs(engine, input),
    run: (input) => run(engine, input),
    events: (input) => events(engine, input),
    actionEvents: (input) => actionEvents(engine, input),
  };
}

async function runs(engine: Engine, input: OperationInput<'runs'>): Promise<OperationOutput<'runs'>> {
  const { status, trigger, bill } = input;
  const common = await commonFilter(engine, input);
  const found = await Promise.all(
    common.orgs.map(async (org) => {
      const bills = bill === undefined ? undefined : await namedBills(org, bill);
      const filter = {
        ...common.filter,
        ...(status === undefined ? {} : { status }),
        ...(trigger === undefined ? {} : { trigger }),
        ...(bills === undefined ? { level: 'batches' as const } : { m3terBillIds: bills, level: 'bills' as const }),
      };
      return (await org.control.runs(filter)).rows.map((row) => describeRun(row, org));
    }),
  );
  return { runs: newest(found.flat(), ({ startedAt }) => startedAt, common.limit) };
}

/** The m3ter ids that a Bill is known by in an org; what the org does not know is taken for a m3ter id. */
async function namedBills(org: OrgAccess, bill: string): Promise<string[]> {
  const known = await billIdsIn(org, bill);
  return known.length > 0 ? known : [bill];
}

async function run(engine: Engine, input: OperationInput<'run'>): Promise<OperationOutput<'run'>> {
  const { org, run: found } = await findRun(engine, input.run, input);
  const limit = input.limit ?? DEFAULT_LIMIT;
  const children = await org.control.runs({ level: { parentRunId: found.id }, limit });
  const ids = [found.id, ...children.rows.map(({ id }) => id)].slice(0, DEFAULT_LIMIT);
  const lists = await Promise.all(ids.map((runId) => org.control.events({ runId, limit: DEFAULT_LIMIT })));
  return {
    run: describeRun(found, org),
    children: children.rows.map((row) => describeRun(row, org)),
    events: lists.flatMap(({ rows }) => rows).map((row) => describeEvent(row, org)),
  };
}

/**
 * The Run by record id, name or key.
 *
 * @throws {OperationError} when no org has it, or several do
 */
export async function findRun(engine: Pick<Engine, 'orgs'>, wanted: string, choice: OrgChoice): Promise<FoundRun> {
  const orgs = await reachableOrgs(engine, choice);
  const found = (await Promise.all(orgs.map(async (org) => ({ org, run: await org.control.run(wanted) })))).filter(
    (each): each is FoundRun => each.run !== undefined,
  );
  const [first] = found;
  if (!first) throw notFound('Run', wanted, 'm3ter-bills runs');
  if (found.length === 1) return first;
  throw new OperationError(
    'AMBIGUOUS',
    `${found.length} orgs have a Run ${wanted}. Name its org with --org.`,
    'm3ter-bills credential list',
    'usage',
  );
}

async function events(engine: Engine, input: OperationInput<'events'>): Promise<OperationOutput<'events'>> {
  const { eventName, actioned = 'open' } = input;
  const common = await commonFilter(engine, input);
  const filter = {
    ...common.filter,
    ...(eventName === undefined ? {} : { eventName }),
    ...(actioned === 'all' ? {} : { actioned: actioned === 'actioned' }),
  };
  const found = await Promise.all(
    common.orgs.map(async (org) => (await org.control.events(filter)).rows.map((row) => describeEvent(row, org))),
  );
  return { events: newest(found.flat(), ({ eventTime }) => eventTime, common.limit) };
}

async function actionEvents(
  engine: Engine,
  input: OperationInput<'actionEvents'>,
): Promise<OperationOutput<'actionEvents'>> {
  const orgs = await reachableOrgs(engine, input);
  const filter = { ids: input.events, limit: input.events.length * orgs.length };
  const found = await Promise.all(orgs.map(async (org) => ({ org, rows: (await org.control.events(filter)).rows })));
  const rows = found.flatMap(({ rows: some }) => some);
  const missing = input.events.filter(
    (wanted) => !rows.some(({ id, name }) => id.slice(0, 15) === wanted.slice(0, 15) || name === wanted),
  );
  if (missing.length > 0) throw notFound('Event', missing.join(', '), 'm3ter-bills events --all');
  if (rows.length > input.events.length) {
    throw new OperationError(
      'AMBIGUOUS',
      'Several orgs have Events of these names. Name the org with --org.',
      'm3ter-bills credential list',
      'usage',
    );
  }
  for (const { org, rows: some } of found.filter((each) => each.rows.length > 0)) {
    const [refusal] = await org.control.actionEvents(
      some.map(({ id }) => id),
      engine.runtime.now(),
    );
    if (refusal) {
      throw new OperationError(
        refusal.code,
        `Salesforce did not mark an Event: ${refusal.message}`,
        'm3ter-bills doctor',
      );
    }
  }
  const marked = await Promise.all(
    found.map(async ({ org, rows: some }) => {
      const ids = some.map(({ id }) => id);
      const after = ids.length === 0 ? [] : (await org.control.events({ ids, limit: ids.length })).rows;
      return after.map((row) => describeEvent(row, org));
    }),
  );
  return { events: marked.flat() };
}

interface Common extends IntegrationChoice {
  readonly since?: string;
  readonly limit?: number;
}

/** The orgs to ask and what every question to them says. */
async function commonFilter(engine: Engine, { integration, org, since, limit = DEFAULT_LIMIT }: Common) {
  const ofOrg = org === undefined ? {} : { org };
  const found = integration === undefined ? undefined : await findIntegration(engine, { integration, ...ofOrg });
  const time = since === undefined ? undefined : new Date(since);
  if (time && Number.isNaN(time.getTime())) {
    throw new OperationError('WRONG_INPUT', `${since} is not a time.`, 'Give one such as 2026-11-22T12:00Z', 'usage');
  }
  return {
    orgs: found ? [found.org] : await reachableOrgs(engine, ofOrg),
    limit,
    filter: {
      limit,
      ...(found ? { integrationId: found.integration.id } : {}),
      ...(time ? { since: time } : {}),
    },
  };
}

function newest<T>(rows: readonly T[], time: (row: T) => string | null, limit: number): T[] {
  return rows.toSorted((a, b) => ((time(a) ?? '') < (time(b) ?? '') ? 1 : -1)).slice(0, limit);
}

export function describeRun(row: RunRow, { orgId }: OrgAccess): Run {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    orgId,
    integrationId: row.integrationId,
    integration: row.integrationName,
    parentId: row.parentRunId,
    status: row.status,
    trigger: row.trigger,
    startedAt: iso(row.startedAt),
    completedAt: iso(row.completedAt),
    billId: row.m3terBillId,
    billReference: row.billReference,
    billsRead: row.billsRead,
    billsSent: row.billsSent,
    billsSkipped: row.billsSkipped,
    billsWaiting: row.billsWaiting,
    billsFailed: row.billsFailed,
    lineItemsSent: row.lineItemsSent,
    apiCalls: row.apiCalls,
    errorCode: row.errorCode,
    error: row.error,
    replayedFromId: row.replayedFromId,
  };
}

function describeEvent(row: EventRow, { orgId }: OrgAccess): Event {
  return {
    id: row.id,
    name: row.name,
    orgId,
    eventName: row.eventName,
    eventTime: iso(row.eventTime),
    message: row.message,
    actioned: row.actioned,
    integrationId: row.integrationId,
    integration: row.integrationName,
    runId: row.runId,
    billId: row.m3terBillId,
    m3terAccountId: row.m3terAccountId,
  };
}
