import type { Environment } from '../config/load.ts';

/** What a command takes from the process. */
export interface CommandContext {
  readonly env: Environment;
  /** Writes to stdout, with a line end. */
  readonly print: (text: string) => void;
  /** Aborts when the process is told to stop. */
  readonly signal: AbortSignal;
}

/** The command line is wrong. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const EXIT = { good: 0, failed: 1, usage: 2, authentication: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
