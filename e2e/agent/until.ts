import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** Long for a busy machine: only what never comes takes as long. */
const PATIENCE_MS = 120_000;

/**
 * Looks again and again until there is something to see, and gives it back.
 *
 * @param what is looked for, for the message of a failure
 * @throws {Error} when it never comes; also what the last look threw
 */
export async function until<T>(what: string, look: () => Promise<T | false | undefined | null>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== false && seen !== undefined && seen !== null) return seen;
    if (performance.now() > deadline) throw new Error(`It never came: ${what}.`);
    await delay(LOOK_EVERY_MS);
  }
}
