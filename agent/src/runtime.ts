import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { asError } from './errors.ts';

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the library takes from the outside world, so that tests can stand in for it. */
export interface Runtime {
  readonly now: () => Date;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly newId: () => string;
  /** Waits; rejects with the signal's reason as soon as `signal` aborts. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborts when the process has to stop: no new work is begun then. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

export function systemRuntime(logger: Logger, signal: AbortSignal): Runtime {
  return {
    now: () => new Date(),
    random: Math.random,
    newId: randomUUID,
    sleep: async (milliseconds) => {
      await delay(milliseconds, undefined, { signal });
    },
    signal,
    logger,
  };
}

/** The same runtime, which also stops when another signal aborts. */
export function stoppedBy(runtime: Runtime, stop: AbortSignal): Runtime {
  const signal = AbortSignal.any([runtime.signal, stop]);
  // Every sleep listens to it.
  setMaxListeners(0, signal);
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const onAbort = (): void => reject(asError(signal.reason));
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      const done = (): void => signal.removeEventListener('abort', onAbort);
      runtime.sleep(milliseconds).then(resolve, reject).finally(done);
    });
  return { ...runtime, signal, sleep };
}
