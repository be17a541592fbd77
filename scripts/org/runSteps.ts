/** Runs the commands of the Salesforce CLI one after the other. */
import { spawnSync } from 'node:child_process';
import type { Step } from './steps.ts';

export interface RunOptions {
  /** The SFDX project that the commands run in. */
  readonly cwd: string;
  /** Only shows the commands. */
  readonly dryRun: boolean;
  readonly log: (line: string) => void;
  /** Runs `sf` with arguments; the exit code. */
  readonly sf?: (args: readonly string[], cwd: string) => number;
}

/** A command as a person would type it. */
export function commandLine({ args }: Step): string {
  const words = args.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`));
  return ['sf', ...words].join(' ');
}

/** @returns the exit code: that of the first command that failed, with what is left to do in the log; else 0. */
export function runSteps(steps: readonly Step[], { cwd, dryRun, log, sf = runCli }: RunOptions): number {
  for (const [index, step] of steps.entries()) {
    log(dryRun ? commandLine(step) : `\n${step.say} ...`);
    const status = dryRun ? 0 : sf(step.args, cwd);
    if (status === 0) continue;
    const rest = steps.slice(index).map((one) => `  ${commandLine(one)}`);
    log(
      `This failed: "${step.say}". Correct what the CLI says above, then run the rest in ${cwd}:\n${rest.join('\n')}`,
    );
    return status;
  }
  return 0;
}

function runCli(args: readonly string[], cwd: string): number {
  const { error, status } = spawnSync('sf', args, { cwd, stdio: 'inherit' });
  if (error) throw new Error(`The Salesforce CLI cannot be started (${error.message}). Run this through "npm run".`);
  return status ?? 1;
}
