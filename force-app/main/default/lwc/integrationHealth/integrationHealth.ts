/** What of an Integration Configuration its health depends on. */
export interface IntegrationState {
  enabled: boolean;
  connected: boolean;
  /** When the agent last compared m3ter with this org (ISO); null when it never did. */
  lastCheck: string | null;
}

/**
 * - `notSetUp`: there is no integration yet
 * - `disabled`: none is enabled
 * - `notConnected`: no enabled one has reached this org yet
 * - `silent`: the agent has given no sign of life for longer than `SILENCE_MINUTES`
 * - `attention`: it runs, but somebody has to act
 * - `working`: it runs and nobody has to do anything
 */
export type Health = 'notSetUp' | 'disabled' | 'notConnected' | 'silent' | 'attention' | 'working';

/** An agent that runs reports at least once a minute: a longer silence means that it does not. */
export const SILENCE_MINUTES = 10;

/** The newest of the agent's report and its checks (ISO); null when there was none. */
export function lastSignOfLife(integrations: IntegrationState[], agentSeen: string | null): string | null {
  const signs = [agentSeen, ...integrations.map(({ lastCheck }) => lastCheck)].filter((sign) => sign !== null);
  return signs.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

/** The one answer to "is it working?", worst news first. */
export function healthOf(
  integrations: IntegrationState[],
  thingsToActOn: number,
  signOfLife: string | null,
  now: Date,
): Health {
  if (integrations.length === 0) return 'notSetUp';
  const enabled = integrations.filter((integration) => integration.enabled);
  if (enabled.length === 0) return 'disabled';
  const connected = enabled.filter((integration) => integration.connected);
  if (connected.length === 0) return 'notConnected';
  const oldestAllowed = now.getTime() - SILENCE_MINUTES * 60_000;
  if (signOfLife === null || Date.parse(signOfLife) < oldestAllowed) return 'silent';
  const allGood = thingsToActOn === 0 && enabled.length === integrations.length && connected.length === enabled.length;
  return allGood ? 'working' : 'attention';
}
