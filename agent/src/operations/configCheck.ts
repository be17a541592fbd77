import { explainSettings } from '../config/explain.ts';
import type { Environment } from '../config/load.ts';
import type { OperationOutput } from './operations.ts';

/** The settings in force, where each comes from, and everything that is wrong with them. Connects to nothing. */
export function checkConfiguration(env: Environment, file: string | undefined): OperationOutput<'configCheck'> {
  const { settings, problems, warnings } = explainSettings(env, file);
  return { isGood: problems.length === 0, settings: [...settings], problems: [...problems], warnings: [...warnings] };
}
