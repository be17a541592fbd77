import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './system.ts';
import type { LocalSystem } from './system.ts';
import { connectWebhook, webhookSecrets, webhookSettings } from './webhook.ts';

const AGENT = path.join(ROOT, 'agent/bin/m3ter-bills.mjs');

/** So short that a change in local m3ter, or a request, shows in the local org while a person watches. */
const PACE = { CONTROL_POLL_SECONDS: '1', EVENTS_POLL_SECONDS: '1', HINT_WINDOW_MS: '200' };

/** Starts the agent as an operator would: its own process, configured by its environment alone. */
export function spawnAgent(
  system: LocalSystem,
  args: string[],
  stdout: 'pipe' | 'ignore',
  settings: Record<string, string> = {},
): ChildProcess {
  const { m3ter, org } = system;
  return spawn(process.execPath, [AGENT, ...args], {
    stdio: ['ignore', stdout, 'inherit'],
    env: {
      ...process.env,
      M3TER_BASE_URL: m3ter.baseUrl,
      M3TER_ORG_ID: m3ter.orgId,
      M3TER_API_KEY: m3ter.apiKey,
      M3TER_API_SECRET: m3ter.apiSecret,
      M3TER_REQUESTS_PER_SECOND: '40',
      SALESFORCE_LOGIN_URL: org.instanceUrl,
      SALESFORCE_CLIENT_ID: org.clientId,
      SALESFORCE_CLIENT_SECRET: org.clientSecret,
      STORE_URL: `pglite://${path.join(system.stateDir, 'agent')}`,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      ...PACE,
      ...settings,
    },
  });
}

/** Starts the agent that keeps running, with its HTTP server on `port`, and has local m3ter send it webhooks. */
export async function startAgent(system: LocalSystem, port: number): Promise<ChildProcess> {
  const secrets = webhookSecrets(system.stateDir);
  await connectWebhook(system.m3ter, agentUrl(port), secrets);
  return spawnAgent(system, ['start'], 'ignore', { HTTP_PORT: String(port), ...webhookSettings(secrets) });
}

export const agentUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** Resolves with the exit code once the process has ended; a process killed by a signal counts as 1. */
export const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
