/** The agent put together in the test's process, so that its clock, its patience and its wires are the test's. */
import { M3terClient } from '../../agent/src/m3ter/client.ts';
import { createOperations } from '../../agent/src/operations/createOperations.ts';
import type { Operations } from '../../agent/src/operations/operations.ts';
import { carryOut } from '../../agent/src/operations/requests.ts';
import type { Runtime } from '../../agent/src/runtime.ts';
import { SalesforceConnection } from '../../agent/src/salesforce/connection.ts';
import type { Store } from '../../agent/src/store/types.ts';
import { Agent } from '../../agent/src/sync/agent.ts';
import type { AgentSettings } from '../../agent/src/sync/types.ts';
import type { World } from '../agent/world.ts';

export interface ComposeOptions {
  /** How the agent reaches m3ter and the org of the world. */
  m3terUrl: string;
  orgUrl: string;
  store: Store;
  runtime: Runtime;
  settings: AgentSettings;
  /** Milliseconds outside, for one call: what is silent counts as lost. */
  timeout: number;
}

/** An agent that signs in as the org's data set expects, and carries out people's requests; not started. */
export function composeAgent({ m3ter: local, org }: World, options: ComposeOptions): Agent {
  const { m3terUrl, orgUrl, store, runtime, settings, timeout } = options;
  const { orgId, apiKey, apiSecret } = local;
  const keys = () => Promise.resolve({ apiKey, apiSecret });
  const m3ter = new M3terClient({ baseUrl: m3terUrl, orgId, keys, requestsPerSecond: 50, timeout }, runtime);
  const { clientId, clientSecret } = org;
  const credential = {
    name: 'environment',
    type: 'OAUTH_CLIENT_CREDENTIALS' as const,
    myDomain: orgUrl,
    revision: '1',
    connect: (ofOrg: Runtime) =>
      new SalesforceConnection(
        {
          loginUrl: orgUrl,
          credentials: { kind: 'clientCredentials', clientId, clientSecret },
          concurrency: 4,
          timeout,
        },
        ofOrg,
      ),
  };
  const agent: Agent = new Agent({
    m3ter,
    m3terOrgId: orgId,
    store,
    runtime,
    settings,
    credentials: () => Promise.resolve([credential]),
    requests: (request, session) => carryOut(request, session, { operations: operationsOf(agent), runtime }),
  });
  return agent;
}

/** Those that people's requests need. */
function operationsOf(engine: Agent): Operations {
  const absent = (): never => {
    throw new Error('This agent does not do this.');
  };
  return createOperations({
    engine,
    credentials: absent as never,
    desk: absent as never,
    version: 'test',
    doctor: absent,
    configCheck: absent,
  });
}
