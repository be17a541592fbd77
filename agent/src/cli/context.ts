import type { Environment } from '../config/load.ts';

/** What a command takes from the process. */
export interface CommandContext {
  readonly env: Environment;
  /** Writes to stdout, with a line end. */
  readonly print: (text: string) => void;
  /** Where progress and questions go. */
  readonly terminal: Terminal;
  readonly stdin: SecretSource;
  readonly now: () => Date;
  /** Aborts when the process is told to stop. */
  readonly signal: AbortSignal;
}

/** A terminal, or what stands in for one. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Standard input, as far as secrets are read from it. */
export interface SecretSource extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
  setRawMode?(isRaw: boolean): unknown;
}

export const EXIT = { good: 0, failed: 1, usage: 2, authentication: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
