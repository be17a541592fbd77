import { loadSettings } from '../../config/load.ts';
import { errorCode, errorMessage } from '../../errors.ts';
import { failedCount } from '../../sync/report.ts';
import { Sweeper } from '../../sync/sweep.ts';
import { EXIT, UsageError, type CommandContext, type ExitCode } from '../context.ts';
import { createLogger, openEnds } from '../ends.ts';
import { sweepText } from '../output.ts';

export interface SyncOptions {
  readonly once: boolean;
  readonly json: boolean;
  readonly config: string | undefined;
}

/**
 * `m3ter-bills sync --once`: one sweep, in which Bills that failed before are tried again. With `json` there is one
 * document on stdout even when the sweep breaks off: what was done by then, and the error.
 */
export async function sync({ once, json, config }: SyncOptions, context: CommandContext): Promise<ExitCode> {
  if (!once) throw new UsageError('sync needs --once. For sweeps at an interval use: m3ter-bills start');
  const settings = loadSettings(context.env, config);
  const ends = await openEnds(settings, createLogger(settings.logLevel), context.signal);
  const sweeper = new Sweeper(ends);
  try {
    const result = await sweeper.sweep({ trigger: 'MANUAL', retryFailedAfter: 0 });
    for (const { detail, reason } of result.idle) ends.runtime.logger.warn({ reason }, detail);
    context.print(json ? JSON.stringify(result.report) : sweepText(result));
    const isGood = result.isComplete && result.report.integrations.every((report) => failedCount(report) === 0);
    return isGood ? EXIT.good : EXIT.failed;
  } catch (error) {
    const said = { code: errorCode(error), message: errorMessage(error) };
    if (json) context.print(JSON.stringify({ ...sweeper.report, error: said }));
    throw error;
  } finally {
    await ends.store.close();
  }
}
