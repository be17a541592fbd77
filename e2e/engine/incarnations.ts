/** The agent, one life after the other: each begins with what the one before left in the store, and may end at any byte. */
import type { Logger, Runtime } from '../../agent/src/runtime.ts';
import { openStore } from '../../agent/src/store/openStore.ts';
import type { Store } from '../../agent/src/store/types.ts';
import type { Agent } from '../../agent/src/sync/agent.ts';
import type { World } from '../agent/world.ts';
import type { Clock } from './clock.ts';
import { composeAgent } from './composeAgent.ts';
import type { ModelDatabase } from './database.ts';
import { Wires } from './wires.ts';

/** Milliseconds of the model's clock: so short that a sequence is over in seconds. */
const SETTINGS = {
  version: 'model',
  agentKey: 'model',
  controlPollMs: 3000,
  eventsPollMs: 3000,
  hintWindowMs: 600,
  bulkFromRecords: 20_000,
  reconcileHour: 3,
  lanes: 4,
  retentionDays: 90,
};
/** Milliseconds outside, for one call: what is silent counts as lost. */
const TIMEOUT_MS = 1500;

interface Life {
  readonly agent: Agent;
  readonly store: Store;
  readonly wires: Wires;
  readonly controller: AbortController;
}

export class Incarnations {
  private readonly clock: Clock;
  private readonly database: ModelDatabase;
  private readonly logger: Logger;
  private world: World | undefined;
  private life: Life | undefined;
  private dying: Promise<void> = Promise.resolve();

  constructor(clock: Clock, database: ModelDatabase, logger: Logger) {
    this.clock = clock;
    this.database = database;
    this.logger = logger;
  }

  get agent(): Agent | undefined {
    return this.life?.agent;
  }

  get store(): Store | undefined {
    return this.life?.store;
  }

  /** False: nobody is there to take it. */
  hint(billIds: string[]): boolean {
    return this.life?.agent.hint(billIds, 'webhook') === 'accepted';
  }

  /** Begins a life where there is none. */
  async begin(world: World): Promise<void> {
    this.world = world;
    while (!this.life) {
      const wires = new Wires();
      try {
        this.life = await this.give(world, wires);
      } catch (error) {
        // It was cut off while it began.
        if (!wires.isCut) throw error;
      }
    }
  }

  /** Cuts the agent off after so many chunks of bytes, and begins the next life. */
  async crash(chunks: number): Promise<void> {
    const { life, world } = this;
    if (!life || !world) return;
    await Promise.race([life.wires.cutAfter(chunks), this.clock.sleep(chunks * 200)]);
    life.wires.cut();
    this.life = undefined;
    // What is left of it hears and changes nothing any more.
    life.controller.abort();
    this.bury(life);
    await this.database.putActiveBack();
    await this.begin(world);
  }

  /** Stops the agent in good order and starts it again. */
  async stop(): Promise<void> {
    const { world } = this;
    await this.end();
    if (world) await this.begin(world);
  }

  async end(): Promise<void> {
    const { life } = this;
    this.life = undefined;
    if (life) {
      life.controller.abort();
      await life.agent.stop();
      await life.store.close();
      life.wires.cut();
    }
    await this.database.putActiveBack();
    await this.dying;
  }

  private bury({ agent, store }: Life): void {
    const before = this.dying;
    this.dying = (async () => {
      await before;
      await agent.stop().catch(() => undefined);
      await store.close().catch(() => undefined);
    })();
  }

  private async give(world: World, wires: Wires): Promise<Life> {
    const controller = new AbortController();
    const { signal } = controller;
    const { clock, logger } = this;
    const sleep = (milliseconds: number): Promise<void> => clock.sleep(milliseconds, signal);
    const runtime: Runtime = {
      now: clock.now,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      sleep,
      signal,
      logger,
    };
    const opened = await openStore(await wires.to(this.database.url), {
      runtime,
      queue: { retryLimit: 40, retryDelaySeconds: 1, retryDelayMaxSeconds: 2 },
    });
    // There is no other agent on this store, as on an embedded one, whose crash cannot be played within a process.
    const store: Store = { ...opened, kind: 'pglite' };
    const agent = composeAgent(world, {
      m3terUrl: await wires.to(world.m3ter.baseUrl),
      orgUrl: await wires.to(world.org.instanceUrl),
      store,
      runtime,
      settings: SETTINGS,
      timeout: TIMEOUT_MS,
    });
    await agent.start();
    return { agent, store, wires, controller };
  }
}
