import { runCommandLine } from './run.ts';

/** Longer than this the end is not waited for; what was begun is taken up at the next start. */
const LONGEST_END_MS = 9500;

/** The process: signals, exit code, streams. */
export async function main(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => {
    // A second signal ends the process at once.
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
    setTimeout(() => process.exit(0), LONGEST_END_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A reader that has seen enough, such as head, is no error.
  process.stdout.on('error', () => process.exit());
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const { env, stdin, stderr } = process;
  try {
    const context = { env, print, terminal: stderr, stdin, now: () => new Date(), signal: controller.signal };
    process.exitCode = await runCommandLine(argv, context);
  } finally {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
    stdin.destroy();
  }
}
