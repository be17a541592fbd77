import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import type { ModelDatabase } from './database.ts';
import type { Incarnations } from './incarnations.ts';
import type { World } from '../agent/world.ts';

/** Milliseconds between looks, and looks in a row that have to find nothing going on. */
const LOOK_EVERY_MS = 50;
const CALM_LOOKS = 3;
const PATIENCE_MS = 180_000;

/** An engine with all that it works between. */
export interface EngineWorld {
  clock: Clock;
  database: ModelDatabase;
  agents: Incarnations;
  world: World;
}

/**
 * Ends all faults and lets the time pass until nothing is left to do.
 *
 * @throws {Error} telling what is going on, when that does not happen
 */
export async function settle(model: EngineWorld): Promise<void> {
  const { clock, database, world } = model;
  await world.clearFaults();
  const since = clock.now();
  const deadline = performance.now() + PATIENCE_MS;
  for (let calm = 0; calm < CALM_LOOKS;) {
    if (performance.now() > deadline) throw new Error(`There is no rest: ${await whatGoesOn(model)}`);
    await database.hurry();
    await delay(LOOK_EVERY_MS);
    calm = (await isCalm(model, since)) ? calm + 1 : 0;
  }
}

/** Everybody has looked around since the last change, and nothing waits. */
async function isCalm({ agents, world }: EngineWorld, since: Date): Promise<boolean> {
  const { agent, store } = agents;
  if (!agent || !store) return false;
  const health = await agent.health();
  const hasLooked = (time: Date | null): boolean => time !== null && time > since;
  if ((await followsEvents(world)) && !hasLooked(health.m3ter.lastEventsPoll)) return false;
  if (health.hints > 0) return false;
  if (health.orgs.length === 0 || !health.orgs.every(({ lastPoll }) => hasLooked(lastPoll))) return false;
  if (!(await store.queue.idle()) || health.queue.retrying > 0) return false;
  if ((await store.batches.unfinished()).length > 0) return false;
  const open = "SELECT Id FROM Sync_Request__c WHERE Status__c IN ('NEW', 'RUNNING')";
  return (await world.query(open)).length === 0;
}

/** Nobody asks m3ter for events that no integration follows. */
async function followsEvents(world: World): Promise<boolean> {
  const follows = "Enabled__c = true AND Connection_Status__c = 'CONNECTED' AND Trigger_Type__c = 'EVENT'";
  return (await world.query(`SELECT Id FROM Integration_Configuration__c WHERE ${follows}`)).length > 0;
}

async function whatGoesOn({ agents, database, world }: EngineWorld): Promise<string> {
  const requests = await world.query('SELECT Name, Type__c, Status__c FROM Sync_Request__c');
  return JSON.stringify({ health: await agents.agent?.health(), requests }, null, 1) + (await database.describe());
}
