import type { RunTrigger } from '../rules/records.ts';
import { findBillId } from './billIds.ts';
import type { Engine, OrgAccess } from './engine.ts';
import { OperationError } from './errors.ts';
import { assertParses } from './filter.ts';
import { allIntegrations, chosenRefs, findIntegration, reachableOrgs, refOf } from './find.ts';
import { findRun } from './history.ts';
import type { Caller, OperationInput, OperationOutput, Operations } from './operations.ts';
import type { BillResult } from './shapes.ts';

type Names = 'sync' | 'reconcile' | 'dryRun' | 'resend' | 'replay' | 'redrive';

const DEFAULT_LIMIT = 50;

/** What people have the agent do with Bills. */
export function workOperations(engine: Engine): Pick<Operations, Names> {
  const scan = (trigger: RunTrigger) => async (input: OperationInput<'sync'>, caller?: Caller) =>
    engine.sync(await chosenRefs(engine, input), trigger, caller);
  return {
    sync: scan('MANUAL'),
    reconcile: scan('RECONCILE'),
    dryRun: (input, caller) => dryRun(engine, input, caller),
    resend: (input, caller) => resend(engine, input, caller),
    replay: (input, caller) => replay(engine, input, caller),
    redrive: async (input) => {
      const orgs = input.org === undefined ? [] : await reachableOrgs(engine, input);
      const redriven = await engine.store.queue.redrive(orgs[0]?.orgId);
      return { redriven, queue: await engine.store.queue.depth() };
    },
  };
}

async function dryRun(
  engine: Engine,
  { limit = DEFAULT_LIMIT, settings, ...choice }: OperationInput<'dryRun'>,
  caller?: Caller,
): Promise<OperationOutput<'dryRun'>> {
  if (settings && choice.integration === undefined) {
    const message = 'Draft settings are those of one integration, and none is named.';
    throw new OperationError('DRAFT_SETTINGS', message, 'm3ter-bills integration list', 'usage');
  }
  assertParses(settings?.accountFilter ?? '');
  const refs = await chosenRefs(engine, choice);
  const { result, letThrough, bills } = await engine.dryRun(refs, { limit, settings }, caller);
  const { integrations, apiCalls, idle } = result;
  return { integrations, apiCalls, idle, letThrough, bills: [...bills] };
}

async function resend(
  engine: Engine,
  { bill, ...choice }: OperationInput<'resend'>,
  caller?: Caller,
): Promise<OperationOutput<'resend'>> {
  const { integration } = choice;
  const found =
    integration === undefined
      ? (await allIntegrations(engine, choice)).filter((each) => each.integration.enabled)
      : [await findIntegration(engine, { ...choice, integration })];
  const orgs = found.length > 0 ? found.map(({ org }) => org) : await reachableOrgs(engine, choice);
  const billId = await findBillId(
    [...new Set(orgs)],
    bill,
    async (id) => (await engine.m3ter.getBill(id)) !== undefined,
  );
  const results: BillResult[] = [];
  for (const each of found) results.push(...(await engine.push(refOf(each), [billId], null, caller)).results);
  return { billId, results };
}

async function replay(
  engine: Engine,
  input: OperationInput<'replay'>,
  caller?: Caller,
): Promise<OperationOutput<'replay'>> {
  const { org, run } = await findRun(engine, input.run, input);
  const billIds =
    run.parentRunId === null ? await billsOf(org, run.id) : run.m3terBillId === null ? [] : [run.m3terBillId];
  if (billIds.length === 0 || run.integrationId === null) return { replayedFrom: run.key, runKey: null, results: [] };
  const ref = { orgId: org.orgId, integrationId: run.integrationId };
  const { runKey, results } = await engine.push(ref, billIds, run.key, caller);
  return { replayedFrom: run.key, runKey, results: [...results] };
}

/** The Bills of a batch: those that have a Run of their own. */
async function billsOf({ control }: OrgAccess, parentRunId: string): Promise<string[]> {
  const ids = new Set<string>();
  let after: string | undefined;
  do {
    const page = await control.runs({ level: { parentRunId }, limit: 2000, ...(after === undefined ? {} : { after }) });
    for (const { m3terBillId } of page.rows) if (m3terBillId !== null) ids.add(m3terBillId);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return [...ids];
}
