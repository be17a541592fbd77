import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Keeps other sandboxes away from a state folder until `release` is called or the process ends, however it ends. The
 * lock lies beside the folder, so that emptying the folder does not free it.
 *
 * @throws {Error} when another sandbox runs on the folder
 */
export function lockState(stateDir: string): { release(): void } {
  mkdirSync(path.dirname(stateDir), { recursive: true });
  const lock = new DatabaseSync(`${stateDir}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
    throw new Error(
      `Another sandbox is running on the state in ${stateDir}. Stop it, or give this one a state of its own with --state DIR.`,
    );
  }
  return { release: () => lock.close() };
}
