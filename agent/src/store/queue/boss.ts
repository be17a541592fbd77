import { PgBoss, type ConstructorOptions, type Queue } from 'pg-boss';
import type { Logger } from '../../runtime.ts';
import type { Db } from '../database/db.ts';
import { reasonOf, StoreError, StoreSetupError } from '../storeErrors.ts';
import { DEAD, PUSH, SCAN, SCAN_RETRIES, SCHEMA } from './names.ts';
import type { QueueSettings } from './settings.ts';

/** Of the lock under which a process adds its indexes. */
const LOCK = 7_330_413_022;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What pg-boss needs to reach the database. */
export type BossConnection = Pick<
  ConstructorOptions,
  'db' | 'backend' | 'connectionString' | 'max' | 'application_name'
>;

/** Starts pg-boss with the agent's queues at the first use. */
export class Boss {
  private readonly database: Db;
  private readonly connection: BossConnection;
  private readonly settings: QueueSettings;
  private readonly logger: Logger;
  private started: Promise<PgBoss> | undefined;
  private isStopped = false;

  constructor(database: Db, connection: BossConnection, settings: QueueSettings, logger: Logger) {
    this.database = database;
    this.connection = connection;
    this.settings = settings;
    this.logger = logger;
  }

  ready(): Promise<PgBoss> {
    if (this.isStopped) return Promise.reject(new Error('The queue was stopped.'));
    this.started ??= this.start().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** pg-boss, if it was started: then it is stopped, and cannot be started again. */
  async stopping(): Promise<PgBoss | undefined> {
    this.isStopped = true;
    // What keeps it from starting is whoever's who started it.
    return this.started?.catch(() => undefined);
  }

  private async start(): Promise<PgBoss> {
    const isServer = this.database.kind === 'postgres';
    // Dead workers are found by this pass. In the process there are none: `recoverActive` finds them at the start.
    const passSeconds = isServer ? Math.max(1, Math.floor(this.settings.heartbeatSeconds / 6)) : 60;
    const boss = new PgBoss({
      ...this.connection,
      schema: SCHEMA,
      // The agent's own clock asks for scans.
      schedule: false,
      useListenNotify: true,
      superviseIntervalSeconds: passSeconds,
      monitorIntervalSeconds: passSeconds,
      maintenanceIntervalSeconds: 300,
      warningQueueSize: 1_000_000,
      ...(isServer ? {} : { reindex: false, monitorVacuum: false }),
    });
    boss.on('error', (error) => {
      this.logger.warn({ code: 'QUEUE_FAILED' }, `The queue failed and tries again: ${error.message}`);
    });
    boss.on('warning', ({ message }) => this.logger.debug({}, `The queue: ${message}`));
    try {
      await boss.start();
      for (const queue of this.queues(isServer)) await this.prepare(boss, queue);
      await this.addIndexes(boss);
      return boss;
    } catch (error) {
      // What it has begun would keep the process from ending.
      await boss.stop({ graceful: false }).catch(() => undefined);
      throw error instanceof StoreError ? error : unstarted(error);
    }
  }

  private queues(isServer: boolean): Queue[] {
    const { retryLimit, retryDelaySeconds, retryDelayMaxSeconds, scanRetryDelaySeconds, heartbeatSeconds } =
      this.settings;
    const heartbeat = isServer ? { heartbeatSeconds } : {};
    const kept = { retentionSeconds: 90 * DAY, deleteAfterSeconds: 300 };
    return [
      { name: DEAD, ...kept },
      {
        name: PUSH,
        // One waits per key. That one runs per key is said when jobs are fetched, and enforced by an index of our own:
        // pg-boss's policy `stately` lets one waiting Bill whose push goes on hold up all others, and takes a job for dead
        // whose key has another one that waits to be tried again.
        policy: 'short',
        partition: true,
        notify: true,
        deadLetter: DEAD,
        retryLimit,
        retryBackoff: true,
        retryDelay: retryDelaySeconds,
        retryDelayMax: retryDelayMaxSeconds,
        expireInSeconds: HOUR,
        ...kept,
        ...heartbeat,
      },
      {
        name: SCAN,
        policy: 'short',
        notify: true,
        retryLimit: SCAN_RETRIES,
        retryBackoff: true,
        retryDelay: scanRetryDelaySeconds,
        retryDelayMax: retryDelayMaxSeconds,
        expireInSeconds: 23 * HOUR,
        ...kept,
        ...heartbeat,
      },
    ];
  }

  /** Makes the queue, or brings its settings up to date, and lets pg-boss remember it: within a transaction it cannot look. */
  private async prepare(boss: PgBoss, { name, policy, partition, ...settings }: Queue): Promise<void> {
    const fixed = { ...(policy && { policy }), ...(partition && { partition }) };
    if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
    else await boss.createQueue(name, { ...fixed, ...settings });
    await boss.insert(name, []);
  }

  /** What pg-boss checks when it fetches jobs can be overtaken by another fetch; a unique index cannot. */
  private async addIndexes(boss: PgBoss): Promise<void> {
    const [push, scan] = [await tableOf(boss, PUSH), await tableOf(boss, SCAN)];
    await this.database.transaction(async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      await sql.script(
        `CREATE UNIQUE INDEX IF NOT EXISTS push_one_active ON ${push} (singleton_key)
           WHERE state = 'active' AND name = '${PUSH}';
         CREATE INDEX IF NOT EXISTS push_retrying ON ${push} (singleton_key) WHERE state = 'retry' AND name = '${PUSH}';
         CREATE UNIQUE INDEX IF NOT EXISTS scan_one_active ON ${scan} (group_id)
           WHERE state = 'active' AND name = '${SCAN}';`,
      );
    });
  }
}

/** The cause is left out: a driver's error can hold the connection string. */
function unstarted(error: unknown): StoreSetupError {
  return new StoreSetupError(
    `The queue in the store cannot be started: ${reasonOf(error)}. Check that the user of STORE_URL may create schemas, ` +
      'tables and indexes in this database.',
  );
}

async function tableOf(boss: PgBoss, queue: string): Promise<string> {
  return `${SCHEMA}."${(await boss.getQueue(queue))?.table ?? 'job'}"`;
}
