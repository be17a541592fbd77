import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../sandbox/run/system.ts';

const AGENT = path.join(ROOT, 'agent/bin/m3ter-bills.mjs');

/** How the agent ended. A process that a signal ended has no code. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningAgent {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** What it wrote so far, to stdout and stderr. */
  written(): string;
  /** Resolves once the text shows on stdout or stderr. */
  says(text: RegExp): Promise<void>;
}

export type Environment = Record<string, string | undefined>;

/** Starts `m3ter-bills` as an operator would: its own process, configured by its environment alone. */
export function startAgent(args: string[], environment: Environment): RunningAgent {
  const child = spawn(process.execPath, [AGENT, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    watchers.forEach((look) => look());
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    watchers.forEach((look) => look());
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (text.test(stdout + stderr)) resolve();
      };
      watchers.add(look);
      look();
      void ended.then(({ code }) => reject(new Error(`The agent ended with ${code} before ${text}: ${stderr}`)));
    });
  return { process: child, ended, written: () => stdout + stderr, says };
}
