import type { FactStore, IntegrationRef } from '../../store/types.ts';
import type { ReadyIntegration } from './orgView.ts';

/** What the agent last acted on of an integration: that it was disabled, not ready, or ready with these rules. */
export type KnownState = 'disabled' | 'idle' | `ready ${string}`;

/** With the trigger: what changed while hints did not matter to an integration has to be looked for when they do. */
export function readyWith({ integration, rulesHash }: ReadyIntegration): KnownState {
  return `ready ${integration.triggerType} ${rulesHash}`;
}

/** Undefined for an integration that this agent never saw. */
export async function knownState(facts: FactStore, ref: IntegrationRef): Promise<KnownState | undefined> {
  return (await facts.get(factName(ref))) as KnownState | undefined;
}

export function noteState(facts: FactStore, ref: IntegrationRef, state: KnownState): Promise<void> {
  return facts.set(factName(ref), state);
}

function factName({ orgId, integrationId }: IntegrationRef): string {
  return `integration ${orgId} ${integrationId}`;
}
