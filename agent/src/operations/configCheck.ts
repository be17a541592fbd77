import { explainSettings } from '../config/explain.ts';
import type { Environment } from '../config/load.ts';
import type { OperationOutput } from './operations.ts';

/**
 * The settings in force, where each comes from, and everything that is wrong with them. Connects to nothing.
 *
 * @param isRunning this process is an agent that was started with them
 */
export function checkConfiguration(
  env: Environment,
  file: string | undefined,
  isRunning: boolean,
): OperationOutput<'configCheck'> {
  const { settings, problems, warnings } = explainSettings(env, file);
  const isGood = problems.length === 0;
  return { isRunning, isGood, settings: [...settings], problems: [...problems], warnings: [...warnings] };
}
