import { SetupError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { migrate } from './database/migrate.ts';
import { PgliteDb } from './database/pgliteDb.ts';
import { PostgresDb } from './database/postgresDb.ts';
import { Boss, type BossConnection } from './queue/boss.ts';
import { JobQueue } from './queue/jobQueue.ts';
import { PushJobs } from './queue/pushJobs.ts';
import { QUEUE_SETTINGS, type QueueSettings } from './queue/settings.ts';
import { Workers } from './queue/workers.ts';
import { Batches } from './repositories/batches.ts';
import { BillStates } from './repositories/billStates.ts';
import { Credentials } from './repositories/credentials.ts';
import { ErrorStreaks } from './repositories/errorStreaks.ts';
import { EventDigests } from './repositories/eventDigests.ts';
import { Facts } from './repositories/facts.ts';
import { OrgBills } from './repositories/orgBills.ts';
import { Outbox } from './repositories/outbox.ts';
import { Workers as RunningWorkers } from './repositories/workers.ts';
import type { Store } from './types.ts';
import { storeLocation } from './url.ts';

export interface StoreOptions {
  readonly runtime: Pick<Runtime, 'now' | 'newId' | 'random' | 'logger'>;
  /** What differs from the usual. */
  readonly queue?: Partial<QueueSettings>;
}

/** Connections that pg-boss has to a server, beside one to listen with. */
const QUEUE_CONNECTIONS = 4;

/**
 * Opens a store and brings it to the newest shape; one in a folder is made where there is none.
 *
 * @param url pglite://FOLDER or postgres://USER:PASSWORD@HOST:PORT/DATABASE
 * @throws {SetupError} when the URL is not a store's
 * @throws {StoreLockedError} when another process has the folder open
 * @throws {StoreSetupError} when it cannot be opened, or a newer version of the agent wrote it
 */
export async function openStore(url: string, { runtime, queue }: StoreOptions): Promise<Store> {
  const location = storeLocation(url);
  const settings = { ...QUEUE_SETTINGS, ...queue };
  const database =
    location.kind === 'pglite' ? await PgliteDb.open(location.folder) : await PostgresDb.open(location, runtime.logger);
  const connection: BossConnection =
    location.kind === 'pglite'
      ? { db: (database as PgliteDb).forBoss(), backend: 'pglite' }
      : { connectionString: location.connectionString, max: QUEUE_CONNECTIONS, application_name: 'm3ter-bills-queue' };
  try {
    await migrate(database, location.url);
  } catch (error) {
    await database.close();
    throw error;
  }
  const boss = new Boss(database, connection, settings, runtime.logger);
  const batches = new Batches(database, new PushJobs(boss, settings), settings.heartbeatSeconds);
  const workers = new Workers(database, settings, runtime);
  const jobs = new JobQueue({ database, boss, workers, batches, runtime });
  const facts = new Facts(database);
  return {
    url: location.url,
    kind: location.kind,
    bills: new OrgBills(database),
    states: new BillStates(database),
    batches,
    events: new EventDigests(database),
    facts,
    errors: new ErrorStreaks(database),
    vault: new Credentials(database),
    outbox: new Outbox(database),
    workers: new RunningWorkers(database),
    queue: jobs,
    bindTo: (m3terOrgId) => bind(facts, location.url, m3terOrgId),
    tidy: () => database.tidy(),
    close: async () => {
      await jobs.stop(0);
      await database.close();
    },
  };
}

async function bind(facts: Facts, url: string, m3terOrgId: string): Promise<void> {
  const bound = await facts.setOnce('m3terOrganization', m3terOrgId);
  if (bound === m3terOrgId) return;
  throw new SetupError(
    `The store ${url} remembers the Bills of m3ter organization ${bound}, not of ${m3terOrgId}. ` +
      'Name another store in STORE_URL, or correct M3TER_ORG_ID.',
  );
}
