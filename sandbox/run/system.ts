import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DEMO_SEED, generateDataSet } from '../data/generate.ts';
import { readDataSet } from '../data/dataSet.ts';
import type { DataSet } from '../data/dataSet.ts';
import { startM3ter } from '../m3ter/server.ts';
import type { LocalM3ter } from '../m3ter/server.ts';
import { startOrg } from '../org/server.ts';
import type { LocalOrg } from '../org/server.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The SFDX source folders that the local org loads: the package, and what an admin adds beside it. */
export const SOURCE_DIRS = [path.join(ROOT, 'force-app'), path.join(ROOT, 'unpackaged')];

export interface LocalSystem {
  m3ter: LocalM3ter;
  org: LocalOrg;
  /** The folder for everything that is kept between runs. */
  stateDir: string;
  close(): Promise<void>;
}

export interface SystemOptions {
  stateDir: string;
  dataDir?: string;
  /** The org has the package as installed with this namespace. */
  namespace?: string;
  /** 0 takes a free port. */
  m3terPort: number;
  orgPort: number;
}

/** Starts local m3ter and the local org on one data set. Throws when a port is busy or the data set is not readable. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  mkdirSync(options.stateDir, { recursive: true });
  const dataSet = loadDataSet(options.dataDir);
  const m3ter = await startM3ter({
    port: options.m3terPort,
    dataSet,
    stateFile: path.join(options.stateDir, 'm3ter.sqlite'),
  });
  try {
    const org = await startOrg({
      port: options.orgPort,
      sourceDirs: SOURCE_DIRS,
      dataSet,
      ...(options.namespace ? { namespace: options.namespace } : {}),
      stateFile: path.join(options.stateDir, 'org.sqlite'),
    });
    const close = async (): Promise<void> => {
      await org.close();
      await m3ter.close();
    };
    return { m3ter, org, stateDir: options.stateDir, close };
  } catch (error) {
    await m3ter.close();
    throw error;
  }
}

function loadDataSet(dataDir: string | undefined): DataSet {
  return dataDir === undefined ? generateDataSet({ seed: DEMO_SEED, now: new Date() }) : readDataSet(dataDir);
}
