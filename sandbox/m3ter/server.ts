import type { DataSet } from '../data/dataSet.ts';
import { buildApp } from './app.ts';
import type { Exchange } from './contract/contract.ts';
import { JOB_PACE } from './jobs/billJobs.ts';
import type { JobPace } from './jobs/billJobs.ts';
import { createRateLimit } from './rateLimit.ts';
import { openStore } from './store.ts';

/** The Organization of local m3ter; it never changes, because Salesforce pins it. */
export const ORG_ID = '5a9b0c1e-7d24-4f3b-9c68-0e1f2a3b4c5d';

/** m3ter's caps: for one Organization a second, and for one source address in five minutes. */
const CAPS = { perSecond: 50, perFiveMinutes: 20_000 };

export interface LocalM3ter {
  baseUrl: string;
  orgId: string;
  apiKey: string;
  apiSecret: string;
  close(): Promise<void>;
}

export interface M3terOptions {
  /** 0 takes a free port. */
  port: number;
  /** Used only where the state is new. */
  dataSet: DataSet;
  /** Where the state is kept; in memory without it. */
  stateFile?: string;
  now?: () => Date;
  /** Whether to refuse requests over m3ter's caps; true unless told. */
  rateLimit?: boolean;
  /** How long bill jobs take; short unless told. */
  jobPace?: JobPace;
  /** Is told every answer of the API, for tests that hold it against m3ter's contract; must not throw. */
  inspect?: (exchange: Exchange) => void;
}

/**
 * Starts local m3ter on 127.0.0.1.
 *
 * @throws {Error} naming the port when another program uses it
 */
export async function startM3ter(options: M3terOptions): Promise<LocalM3ter> {
  const now = options.now ?? (() => new Date());
  const store = openStore(options.dataSet, now(), options.stateFile);
  const rateLimit = options.rateLimit === false ? undefined : createRateLimit(CAPS, () => performance.now());
  const { jobPace = JOB_PACE, inspect } = options;
  const app = buildApp({
    ...{ store, orgId: ORG_ID, now, jobPace },
    ...(rateLimit ? { rateLimit } : {}),
    ...(inspect ? { inspect } : {}),
  });
  const close = async (): Promise<void> => {
    await app.close();
    store.close();
  };
  try {
    const baseUrl = await app.listen({ host: '127.0.0.1', port: options.port });
    return { baseUrl, orgId: ORG_ID, ...store.credentials, close };
  } catch (error) {
    await close();
    throw portError(error, options.port);
  }
}

function portError(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const reason = code === 'EADDRINUSE' ? 'is in use by another program' : 'needs more rights than you have';
  return new Error(`Local m3ter cannot listen: port ${port} ${reason}. Name another port with --port.`, {
    cause: error,
  });
}
