import { inspect } from 'node:util';
import { troubleOf } from '../../agent/src/sync/failure.ts';
import { Clock } from '../engine/clock.ts';
import { ModelDatabase } from '../engine/database.ts';
import { Incarnations } from '../engine/incarnations.ts';
import { RecentLog } from '../engine/recentLog.ts';
import { judge } from './judge.ts';
import { Playground } from './playground.ts';
import type { EngineWorld } from '../engine/settle.ts';
import { settle } from '../engine/settle.ts';
import type { Step } from './steps.ts';

/** Shortly before the full hour, at which integrations on a schedule are due. */
const START = new Date('2026-11-22T12:58:30.000Z');
const MOST_RECONCILES = 5;

/**
 * Plays one sequence on a world of its own and judges what came of it.
 *
 * @throws {Error} with the steps and the agent's last log lines
 */
export async function runSequence(steps: readonly Step[]): Promise<void> {
  const log = new RecentLog();
  const clock = new Clock(START);
  const database = await ModelDatabase.make();
  const agents = new Incarnations(clock, database, log.logger(clock));
  const playground = await Playground.start(clock, agents);
  const model = { clock, database, agents, playground, world: playground.world };
  try {
    await agents.begin(playground.world);
    await playAndJudge(model, steps, log);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`${message}\n${log.text()}`, { cause: error });
  } finally {
    await agents.end();
    await playground.close();
    await database.drop();
  }
}

async function playAndJudge(
  model: EngineWorld & { playground: Playground },
  steps: readonly Step[],
  log: RecentLog,
): Promise<void> {
  const { playground } = model;
  for (const step of steps) {
    log.add(`-- ${inspect(step, { breakLength: Infinity, depth: 5 })}`);
    await playground.play(step);
  }
  log.add('-- settle');
  await settle(model);
  if (!playground.mayHaveLostHints) await judge(playground, 'byEvents');
  log.add('-- reconcile');
  await reconcile(model);
  await settle(model);
  await judge(playground, 'reconciled');
}

/** On a busy machine an answer may take longer than the agent waits for it; then somebody asks again. */
async function reconcile(model: EngineWorld): Promise<void> {
  for (let left = MOST_RECONCILES; ; left -= 1) {
    try {
      await model.agents.agent?.sync(null, 'RECONCILE');
      return;
    } catch (error) {
      if (left === 1 || troubleOf(error)?.kind !== 'unavailable') throw error;
      await settle(model);
    }
  }
}
