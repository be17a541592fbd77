import { loadSettings } from '../../config/load.ts';
import { AuthenticationError, errorMessage, SetupError } from '../../errors.ts';
import type { Logger } from '../../runtime.ts';
import { Sweeper } from '../../sync/sweep.ts';
import type { SweepResult } from '../../sync/report.ts';
import { EXIT, type CommandContext, type ExitCode } from '../context.ts';
import { createLogger, openEnds } from '../ends.ts';

export interface StartOptions {
  readonly config: string | undefined;
}

/** A Bill that failed and did not change since is tried again this often. */
const RETRY_FAILED_AFTER_MS = 15 * 60_000;

/**
 * `m3ter-bills start`: sweeps at an interval until it is told to stop. Trouble with m3ter or Salesforce is logged and
 * the next sweep tries again; only what is wrong from the very first sweep on ends it.
 */
export async function start({ config }: StartOptions, context: CommandContext): Promise<ExitCode> {
  const settings = loadSettings(context.env, config);
  const { signal } = context;
  const ends = await openEnds(settings, createLogger(settings.logLevel), signal);
  const { logger, sleep } = ends.runtime;
  const sweeper = new Sweeper(ends);
  let isFirst = true;
  try {
    while (!signal.aborted) {
      try {
        const result = await sweeper.sweep({ trigger: 'SCHEDULE', retryFailedAfter: RETRY_FAILED_AFTER_MS });
        logResult(logger, result, ends.connection.usage);
        isFirst = false;
      } catch (error) {
        const isFinal = error instanceof AuthenticationError || error instanceof SetupError;
        if (isFirst && isFinal) throw error;
        const next = `The next sweep begins in ${settings.syncIntervalSeconds} s.`;
        if (!signal.aborted) logger.error({}, `The sweep broke off: ${errorMessage(error)} ${next}`);
      }
      await sleep(settings.syncIntervalSeconds * 1000).catch(() => undefined);
    }
    return EXIT.good;
  } finally {
    await ends.store.close();
  }
}

function logResult(logger: Logger, { report, idle }: SweepResult, salesforceUsage: object | undefined): void {
  for (const { name, ...counts } of report.integrations)
    logger.info({ integration: name, ...counts, salesforceUsage }, 'swept');
  for (const { detail, reason } of idle) logger.info({ reason }, detail);
}
