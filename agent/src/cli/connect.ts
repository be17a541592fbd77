import { loadSettings } from '../config/load.ts';
import { readEndpoint } from '../operations/endpoint.ts';
import type { Operations } from '../operations/operations.ts';
import { isAlive, remoteOperations } from '../operations/remote.ts';
import { storeLocation } from '../store/url.ts';
import type { CommandContext } from './context.ts';
import { openLocal } from './local.ts';

/** Operations to use, and how to let go of them. */
export interface Connected {
  readonly operations: Operations;
  close(): Promise<void>;
}

/**
 * The operations of the agent that is running on the store, where there is one; else of this process. A pglite store
 * belongs to one process; a PostgreSQL store this process can use beside others.
 */
export async function connect(context: CommandContext, config: string | undefined): Promise<Connected> {
  const { storeUrl } = loadSettings(context.env, config);
  const location = storeLocation(storeUrl);
  const endpoint = location.kind === 'pglite' ? readEndpoint(location.folder) : undefined;
  if (endpoint && (await isAlive(endpoint))) {
    return { operations: remoteOperations(endpoint), close: () => Promise.resolve() };
  }
  return openLocal(context, config);
}
