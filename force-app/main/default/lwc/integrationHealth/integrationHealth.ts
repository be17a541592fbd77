/** What of an Integration Configuration its health depends on. */
export interface IntegrationState {
  enabled: boolean;
  connected: boolean;
  /** When the agent last compared m3ter with this org; null when it never did. */
  lastCheck: string | null;
}

/**
 * - `notSetUp`: there is no integration yet
 * - `disabled`: none is enabled
 * - `notConnected`: no enabled one has reached this org yet
 * - `silent`: the agent has not looked for longer than `SILENCE_MINUTES`
 * - `attention`: it runs, but somebody has to act
 * - `working`: it runs and nobody has to do anything
 */
export type Health = 'notSetUp' | 'disabled' | 'notConnected' | 'silent' | 'attention' | 'working';

/** Twice the hourly schedule: a longer silence means that the agent is not running. */
export const SILENCE_MINUTES = 120;

/** The one answer to "is it working?", worst news first. */
export function healthOf(integrations: IntegrationState[], thingsToActOn: number, now: Date): Health {
  if (integrations.length === 0) return 'notSetUp';
  const enabled = integrations.filter((integration) => integration.enabled);
  if (enabled.length === 0) return 'disabled';
  const connected = enabled.filter((integration) => integration.connected);
  if (connected.length === 0) return 'notConnected';
  const oldestAllowed = now.getTime() - SILENCE_MINUTES * 60_000;
  const heard = connected.some(({ lastCheck }) => lastCheck !== null && Date.parse(lastCheck) >= oldestAllowed);
  if (!heard) return 'silent';
  const allGood = thingsToActOn === 0 && enabled.length === integrations.length && connected.length === enabled.length;
  return allGood ? 'working' : 'attention';
}
