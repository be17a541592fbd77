import type { Runtime } from '../runtime.ts';

export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

/** A runtime whose clock stands still until somebody sleeps, and which notes what happened. */
export interface TestRuntime extends Runtime {
  time: Date;
  /** Milliseconds of each sleep. */
  readonly slept: number[];
  readonly logged: LoggedLine[];
  readonly abort: () => void;
}

/** Random numbers are 0 and ids count up: `id-1`, `id-2`. */
export function testRuntime(start = '2026-11-22T12:00:00.000Z'): TestRuntime {
  const controller = new AbortController();
  const logged: LoggedLine[] = [];
  const log = (level: LoggedLine['level']) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  let ids = 0;
  const runtime: TestRuntime = {
    time: new Date(start),
    slept: [],
    logged,
    abort: () => controller.abort(),
    now: () => new Date(runtime.time),
    random: () => 0,
    newId: () => `id-${(ids += 1)}`,
    sleep: (milliseconds) => {
      controller.signal.throwIfAborted();
      runtime.slept.push(milliseconds);
      runtime.time = new Date(runtime.time.getTime() + milliseconds);
      return Promise.resolve();
    },
    signal: controller.signal,
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
  };
  return runtime;
}
