import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../sandbox/run/system.ts';

/** A server in a process of its own, as `npm run local:org` starts it: its first line on stdout says how it is reached. */
export interface ChildServer<Described> {
  readonly described: Described;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/**
 * @param script below the repository
 * @throws when the process ends before it says how it is reached
 */
export async function startChildServer<Described>(
  script: string,
  args: readonly string[],
): Promise<ChildServer<Described>> {
  const node = ['--disable-warning=ExperimentalWarning', path.join(ROOT, script), ...args];
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line'),
    ended.then(([code]) => Promise.reject(new Error(`${script} ended with ${code}.`))),
  ]);
  return {
    described: JSON.parse(String(first[0])) as Described,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
