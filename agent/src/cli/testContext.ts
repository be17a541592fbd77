import type { CommandContext, SecretSource } from './context.ts';

/** What a command said. */
export interface Said {
  readonly printed: string[];
  readonly written: string[];
}

export interface TestContextOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly isTTY?: boolean;
}

const NOW = new Date('2026-11-22T12:00:00.000Z');

/** A context for tests: nothing of the process, the time stands still. */
export function testContext({ env = {}, stdin = '', isTTY = false }: TestContextOptions = {}): CommandContext & Said {
  const printed: string[] = [];
  const written: string[] = [];
  return {
    env,
    print: (text) => void printed.push(text),
    terminal: { isTTY, write: (text: string) => written.push(text) },
    stdin: textSource(stdin),
    now: () => NOW,
    signal: new AbortController().signal,
    printed,
    written,
  };
}

export function textSource(text: string, isTTY = false): SecretSource {
  return {
    isTTY,
    async *[Symbol.asyncIterator]() {
      await Promise.resolve();
      if (text !== '') yield Buffer.from(text);
    },
  };
}
