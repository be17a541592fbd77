import type { DataSet } from '../../sandbox/data/model.ts';
import { World } from '../agent/world.ts';
import { Clock } from './clock.ts';
import { ModelDatabase } from './database.ts';
import { Incarnations } from './incarnations.ts';
import { RecentLog } from './recentLog.ts';
import { settle } from './settle.ts';

/** In the middle of an hour and of a day: no schedule is due. */
const START = new Date('2026-11-22T12:05:00.000Z');

/** An engine in the process of the test, with both servers, a database of its own and a clock that runs fast. */
export class EngineTest {
  readonly world: World;
  readonly agents: Incarnations;
  readonly clock: Clock;
  readonly database: ModelDatabase;
  readonly log: RecentLog;

  private constructor(world: World, agents: Incarnations, clock: Clock, database: ModelDatabase, log: RecentLog) {
    this.world = world;
    this.agents = agents;
    this.clock = clock;
    this.database = database;
    this.log = log;
  }

  /** Starts everything, and waits until nothing is left to do. */
  static async start(dataSet: DataSet): Promise<EngineTest> {
    const log = new RecentLog();
    const clock = new Clock(START);
    const database = await ModelDatabase.make();
    const agents = new Incarnations(clock, database, log.logger(clock));
    const world = await World.start(dataSet, { store: 'none', now: clock.now });
    const test = new EngineTest(world, agents, clock, database, log);
    await agents.begin(world);
    await test.settle();
    return test;
  }

  async close(): Promise<void> {
    await this.agents.end();
    await this.world.close();
    await this.database.drop();
  }

  /** Ends all faults and lets the time pass until nothing is left to do. */
  settle(): Promise<void> {
    return settle(this);
  }

  /** How often a Bill was written, or tried to be. */
  async writesOf(billId: string): Promise<number> {
    return (await this.world.writes()).filter(({ keys }) => keys.includes(`Bill__c:${billId}`)).length;
  }
}
