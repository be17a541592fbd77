import type { OperationOutput } from '../../operations/operations.ts';
import { plural, table } from './table.ts';

/** The doctor's findings: what fails first. */
export function doctorText({ checks }: OperationOutput<'doctor'>): string {
  const lines = checks.map(({ name, subject, outcome, detail, fix }) => {
    const about = subject === null ? name : `${name} (${subject})`;
    return `${outcome.padEnd(4)}  ${about}: ${detail}${fix === null ? '' : `\n      Fix: ${fix}`}`;
  });
  const failed = checks.filter(({ outcome }) => outcome === 'fail').length;
  const warned = checks.filter(({ outcome }) => outcome === 'warn').length;
  return [...lines, `${plural(checks.length, 'check')}: ${failed} failed, ${plural(warned, 'warning')}`].join('\n');
}

/** The settings in force and what is wrong with them. */
export function configText({ isRunning, settings, problems, warnings }: OperationOutput<'configCheck'>): string {
  return [
    isRunning ? 'Of the running agent. Those of this command: m3ter-bills config check --here' : 'Of this command.',
    '',
    table(
      ['Setting', 'value', 'from'],
      settings.map(({ variable, value, source }) => [variable, value, source]),
    ),
    '',
    ...problems.map((problem) => `wrong  ${problem}`),
    ...warnings.map((warning) => `note   ${warning}`),
    ...(problems.length > 0 ? [] : ['The settings are good.']),
  ].join('\n');
}
