import path from 'node:path';
import type { QueueSettings } from '../../agent/src/store/queue/settings.ts';
import type { Runtime } from '../../agent/src/runtime.ts';
import { openStore } from '../../agent/src/store/openStore.ts';
import type { Store } from '../../agent/src/store/types.ts';
import type { Agent } from '../../agent/src/sync/agent.ts';
import type { Clock } from '../engine/clock.ts';
import { composeAgent } from '../engine/composeAgent.ts';
import type { World } from './world.ts';

export interface TimedOptions {
  /** Between the agent and the org; without, it is called directly. */
  orgUrl?: string;
  queue?: Partial<QueueSettings>;
  /** Milliseconds outside, for one call. */
  timeout?: number;
}

/** Milliseconds outside. */
const LOOK_EVERY_MS = 150;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A running agent in the test's process, by the test's clock. It may be closed and started again on the same store. */
export class TimedAgent {
  readonly agent: Agent;
  private readonly store: Store;
  private readonly controller: AbortController;

  private constructor(agent: Agent, store: Store, controller: AbortController) {
    this.agent = agent;
    this.store = store;
    this.controller = controller;
  }

  static async start(world: World, clock: Clock, options: TimedOptions = {}): Promise<TimedAgent> {
    const controller = new AbortController();
    const { signal } = controller;
    const runtime: Runtime = {
      now: clock.now,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      sleep: (milliseconds) => clock.sleep(milliseconds, signal),
      signal,
      logger: quiet,
    };
    const { queue = {}, orgUrl = world.org.instanceUrl, timeout = 10_000 } = options;
    const store = await openStore(`pglite://${path.join(world.folder, 'agent')}`, { runtime, queue });
    const lookEvery = LOOK_EVERY_MS * clock.pace;
    const settings = {
      ...{ version: 'test', agentKey: 'test', reconcileHour: 3, retentionDays: 90, lanes: 4 },
      ...{ controlPollMs: lookEvery, eventsPollMs: lookEvery, hintWindowMs: lookEvery / 2, bulkFromRecords: 20_000 },
    };
    const agent = composeAgent(world, { m3terUrl: world.m3ter.baseUrl, orgUrl, store, runtime, settings, timeout });
    await agent.start();
    return new TimedAgent(agent, store, controller);
  }

  async close(): Promise<void> {
    this.controller.abort();
    await this.agent.stop();
    await this.store.close();
  }
}
