import { errorMessage } from '../errors.ts';
import { exitCodeOf, runCommand } from './run.ts';

/** Longer than this the end is not waited for; what was begun is taken up by the next sweep. */
const LONGEST_END_MS = 9000;

/** The process: signals, exit code, and the last word on errors. */
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
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await runCommand(argv, { env: process.env, print, signal: controller.signal });
  } catch (error) {
    process.stderr.write(`m3ter-bills: ${errorMessage(error)}\n`);
    process.exitCode = exitCodeOf(error);
  } finally {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
  }
}
