import type { IntegrationChange } from '../rules/controlRecords.ts';
import type { CredentialDesk } from './credentialDesk.ts';
import type { Engine } from './engine.ts';
import { OperationError, type ErrorKind } from './errors.ts';
import { allIntegrations, describeIntegration, findIntegration, refOf, unreachable, type Found } from './find.ts';
import type { OperationInput, OperationOutput, Operations } from './operations.ts';
import type { CredentialTest } from './shapes.ts';

interface Parts {
  readonly engine: Engine;
  readonly desk: CredentialDesk;
}

type Names = 'integrations' | 'integration' | 'enable' | 'disable' | 'connect' | 'disconnect';

/** What people do with integrations. The org holds them; the engine is told to look again after each change. */
export function integrationOperations(parts: Parts): Pick<Operations, Names> {
  const { engine } = parts;
  return {
    integrations: (input) => integrations(engine, input),
    integration: async (input) => answer(engine, await findIntegration(engine, input)),
    enable: (input) => enable(parts, input),
    disable: async (input) => {
      const found = await findIntegration(engine, input);
      const disabledReason = input.reason ?? 'Disabled by a person through the agent.';
      const change = { enabled: false, disabledReason, disabledAt: engine.runtime.now() };
      return answer(engine, await changed(engine, found, change));
    },
    connect: (input) => connect(parts, input),
    disconnect: async (input) => {
      const found = await findIntegration(engine, input);
      const change = { credentialKey: null, connectionStatus: 'NOT_CONNECTED', pinnedOrgId: null } as const;
      return answer(engine, await changed(engine, found, change));
    },
  };
}

async function integrations(
  engine: Engine,
  input: OperationInput<'integrations'>,
): Promise<OperationOutput<'integrations'>> {
  const states = await engine.orgs();
  const found = await allIntegrations(engine, input);
  return {
    integrations: found.map((each) => describeIntegration(each, states)),
    unreachable: unreachable(states),
  };
}

async function enable(parts: Parts, input: OperationInput<'enable'>): Promise<OperationOutput<'enable'>> {
  const { engine, desk } = parts;
  const found = await findIntegration(engine, input);
  const { name, credentialKey } = found.integration;
  if (credentialKey === null) {
    throw new OperationError(
      'NO_CREDENTIAL',
      `Integration ${name} has no credential.`,
      `m3ter-bills integration connect "${name}" --credential CREDENTIAL`,
      'setup',
    );
  }
  const test = await passedTest(desk, credentialKey, found);
  return { ...(await answer(engine, await changed(engine, found, await freshStart(engine, found)))), test };
}

async function connect(parts: Parts, input: OperationInput<'connect'>): Promise<OperationOutput<'connect'>> {
  const { engine, desk } = parts;
  const found = await findIntegration(engine, input);
  const test = await passedTest(desk, input.credential, found);
  await desk.publish(input.credential, test);
  const change = {
    credentialKey: input.credential,
    connectionStatus: 'CONNECTED',
    pinnedOrgId: found.org.orgId,
  } as const;
  return { ...(await answer(engine, await changed(engine, found, change))), test };
}

/** What enabling writes: nothing of the errors before it counts any more. */
async function freshStart(engine: Engine, found: Found): Promise<IntegrationChange> {
  await engine.store.errors.set(refOf(found), { count: 0, evidence: [] });
  return {
    enabled: true,
    connectionStatus: 'CONNECTED',
    pinnedOrgId: found.integration.pinnedOrgId ?? found.org.orgId,
    successiveErrors: 0,
    disabledReason: null,
    disabledAt: null,
  };
}

/**
 * The connection test of the credential of an integration.
 *
 * @throws {OperationError} when it fails or leads to another org than the integration's
 */
async function passedTest(
  desk: CredentialDesk,
  credential: string,
  { org, integration }: Found,
): Promise<CredentialTest> {
  const test = await desk.test(credential);
  const next = `m3ter-bills credential test ${credential}`;
  if (test.status !== 'working') {
    const kind: ErrorKind = test.status === 'rejected' ? 'authentication' : 'failed';
    const message = `The connection test of integration ${integration.name} failed: ${test.message}`;
    throw new OperationError('CONNECTION_TEST_FAILED', message, next, kind);
  }
  if (test.orgId !== null && test.orgId.slice(0, 15) !== org.orgId.slice(0, 15)) {
    const message = `Credential ${credential} leads to org ${test.orgId}, but integration ${integration.name} is in org ${org.orgId}.`;
    throw new OperationError('OTHER_ORG', message, 'm3ter-bills credential list', 'usage');
  }
  return test;
}

async function changed(engine: Engine, { org, integration }: Found, change: IntegrationChange): Promise<Found> {
  const after = await org.control.updateIntegration(integration.id, change);
  if (!after) {
    throw new OperationError(
      'NOT_FOUND',
      `Integration ${integration.name} was deleted.`,
      'm3ter-bills integration list',
    );
  }
  await engine.refresh(org.orgId);
  return { org, integration: after };
}

async function answer(engine: Engine, found: Found): Promise<OperationOutput<'integration'>> {
  return { integration: describeIntegration(found, await engine.orgs()) };
}
