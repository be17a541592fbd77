import { loadStoreSettings } from '../config/load.ts';
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

/** The operations of the agent that is running on the store, where there is one; else of this process. */
export async function connect(context: CommandContext, config: string | undefined): Promise<Connected> {
  const operations = await runningAgent(context, config);
  return operations ? { operations, close: () => Promise.resolve() } : openLocal(context, config);
}

/**
 * The operations of the agent that is running on the store; undefined where none is. A pglite store belongs to one
 * process; a PostgreSQL store a command can use beside others.
 *
 * @throws {ConfigurationError} when the settings do not tell which store
 */
export async function runningAgent(
  context: CommandContext,
  config: string | undefined,
): Promise<Operations | undefined> {
  const location = storeLocation(loadStoreSettings(context.env, config).storeUrl);
  const endpoint = location.kind === 'pglite' ? readEndpoint(location.folder) : undefined;
  return endpoint && (await isAlive(endpoint)) ? remoteOperations(endpoint) : undefined;
}
