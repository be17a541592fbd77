import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readEndpoint } from '../../agent/src/operations/endpoint.ts';
import type { Endpoint } from '../../agent/src/operations/endpoint.ts';
import { remoteOperations } from '../../agent/src/operations/remote.ts';
import type { Operations } from '../../agent/src/operations/operations.ts';
import { copyEmptyStore } from '../../agent/src/testing/stores.ts';
import { startAgent } from '../../e2e/agent/agentProcess.ts';
import type { RunningAgent } from '../../e2e/agent/agentProcess.ts';
import type { World } from './world.ts';

const LOOK_MS = 20;

/** What a process has used since it was started. */
export interface Used {
  /** Seconds of one core. */
  readonly cpu: number;
  /** Bytes in memory now. */
  readonly memory: number;
}

/** `m3ter-bills start` in a process of its own, with its own store in the world's folder. */
export class BenchAgent {
  readonly operations: Operations;
  readonly url: string;
  private readonly running: RunningAgent;

  private constructor(running: RunningAgent, endpoint: Endpoint) {
    this.running = running;
    this.url = endpoint.url;
    this.operations = remoteOperations(endpoint);
  }

  /** Starts an agent, on an empty store the first time in a world, and waits until it takes commands. */
  static async start(world: World, settings: Record<string, string> = {}): Promise<BenchAgent> {
    const folder = path.join(world.folder, 'agent');
    if (!existsSync(folder)) await copyEmptyStore(folder);
    const running = startAgent(['start'], { ...agentSettings(world), ...settings });
    const failed = running.ended.then(({ code, stderr }) => {
      throw new Error(`The agent ended with ${code}: ${stderr}`);
    });
    failed.catch(() => undefined);
    for (;;) {
      // The file tells where an agent of before was, until this one writes it.
      const endpoint = readEndpoint(folder);
      if (endpoint !== undefined && endpoint.processId === running.process.pid)
        return new BenchAgent(running, endpoint);
      await Promise.race([delay(LOOK_MS), failed]);
    }
  }

  async used(): Promise<Used> {
    const value = await this.metrics();
    return { cpu: value('process_cpu_seconds_total'), memory: value('process_resident_memory_bytes') };
  }

  /** Bills that were written since the agent was started. */
  async billsSent(): Promise<number> {
    return (await this.metrics())('bills_total{outcome="sent"}');
  }

  /** Waits until nothing is queued or under way. */
  async idle(): Promise<void> {
    for (;;) {
      const { queue } = await this.operations.status({});
      if (queue.queued + queue.active === 0) return;
      await delay(LOOK_MS);
    }
  }

  /** The agent's own metrics, by name. */
  private async metrics(): Promise<(name: string) => number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const values = new Map(
      text.split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
    );
    return (name) => Number(values.get(`m3ter_bills_${name}`) ?? NaN);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.running.process.kill(signal);
    await this.running.ended;
  }
}

/** The settings that an operator would give; scans and looks at the org by themselves do not disturb what is measured. */
export function agentSettings({ m3ter, org, folder }: World): Record<string, string | undefined> {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    M3TER_BASE_URL: m3ter.baseUrl,
    M3TER_ORG_ID: m3ter.orgId,
    M3TER_API_KEY: m3ter.apiKey,
    M3TER_API_SECRET: m3ter.apiSecret,
    M3TER_REQUESTS_PER_SECOND: '50',
    SALESFORCE_LOGIN_URL: org.instanceUrl,
    SALESFORCE_CLIENT_ID: org.clientId,
    SALESFORCE_CLIENT_SECRET: org.clientSecret,
    STORE_URL: `pglite://${path.join(folder, 'agent')}`,
    CONTROL_POLL_SECONDS: '3600',
    EVENTS_POLL_SECONDS: '3600',
    HTTP_PORT: '0',
    LOG_LEVEL: 'warn',
  };
}
