import { errorMessage } from '../errors.ts';
import { reportOf } from '../sync/report.ts';
import type { ClosedBatch } from '../store/types.ts';
import type { Credentials } from '../vault/credentials.ts';
import type { Engine, OrgState } from './engine.ts';
import { iso } from './iso.ts';
import type { OperationOutput } from './operations.ts';
import type { Batch } from './shapes.ts';

type Status = OperationOutput<'status'>;

const SHOWN_BATCHES = 10;

interface Parts {
  readonly engine: Engine;
  readonly credentials: Credentials;
  readonly version: string;
}

/** How the agent is. Asks neither m3ter nor Salesforce, so that it also answers while they cannot be reached. */
export async function status({ engine, credentials, version }: Parts): Promise<Status> {
  const { store } = engine;
  const states = engine.knownOrgs();
  const names = engine.integrationNames();
  const [queue, bills, batches] = await Promise.all([
    store.queue.depth(),
    store.states.counts(),
    store.batches.recent(SHOWN_BATCHES),
  ]);
  return {
    agent: {
      version,
      isRunning: engine.startedAt !== null,
      startedAt: iso(engine.startedAt),
      processId: engine.startedAt === null ? null : process.pid,
    },
    store: { kind: store.kind, url: store.url },
    m3terOrgId: engine.m3terOrgId === '' ? null : engine.m3terOrgId,
    orgs: await orgs(states, credentials),
    queue,
    bills,
    batches: batches.map((batch) => describeBatch(batch, names.get(batch.integrationId) ?? null)),
  };
}

async function orgs(states: readonly OrgState[], credentials: Credentials): Promise<Status['orgs']> {
  const infos = (await credentials.list()).filter(({ destination }) => destination === 'SALESFORCE');
  return infos.map(({ name }) => {
    const state = states.find(({ credentialName }) => credentialName === name);
    const org = state && 'org' in state ? state.org : undefined;
    const usage = org?.connection.usage;
    return {
      credential: name,
      orgId: org?.orgId ?? null,
      isConnected: org !== undefined && org.pause.reason === undefined,
      detail: state && 'error' in state ? errorMessage(state.error) : (org?.pause.reason?.message ?? null),
      apiCallsUsed: usage?.used ?? null,
      apiCallLimit: usage?.limit ?? null,
      apiBudget: usage?.budget ?? null,
    };
  });
}

function describeBatch(batch: ClosedBatch, integration: string | null): Batch {
  return {
    runKey: batch.runKey,
    orgId: batch.orgId,
    integrationId: batch.integrationId,
    integration,
    trigger: batch.trigger,
    startedAt: batch.startedAt.toISOString(),
    finishedAt: iso(batch.closedAt),
    replayedFrom: batch.replayedFrom,
    report: reportOf(integration ?? batch.integrationId, batch.counts),
  };
}
