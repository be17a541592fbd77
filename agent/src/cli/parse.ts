import { parseArgs } from 'node:util';
import { errorMessage } from '../errors.ts';
import type { Command, Flag, Given } from './command.ts';
import { UsageError } from './usageError.ts';

const JSON_FLAG: Flag = { says: 'Print one JSON document on stdout, also for an error' };
const CONFIG_FLAG: Flag = { value: 'FILE', says: 'Settings as JSON; the environment wins over the file' };

/** Every flag that a command takes, in the order of its help. */
export function flagsOf(command: Command): Readonly<Record<string, Flag>> {
  return { ...command.flags, ...(command.hasNoResult ? {} : { json: JSON_FLAG }), config: CONFIG_FLAG };
}

/**
 * Reads what follows the name of a command.
 *
 * @throws {UsageError} naming what is wrong and the help to read
 */
export function parseCommandLine(command: Command, words: readonly string[]): Given {
  const help = `m3ter-bills help ${command.name}`;
  const flags = Object.entries(flagsOf(command));
  const options = Object.fromEntries([
    ...flags.map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const),
    ['help', { type: 'boolean', short: 'h' }] as const,
  ]) as Record<string, { type: 'boolean' | 'string' }>;
  const { values, positionals } = attempt(() => parseArgs({ args: [...words], options, allowPositionals: true }), help);
  const args = values['help'] ? new Map<string, readonly string[]>() : assign(command, positionals, help);
  return {
    words: (name) => args.get(name) ?? [],
    word: (name) => args.get(name)?.[0] ?? '',
    flag: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    isSet: (name) => values[name] !== undefined,
  };
}

/** The whole number above 0 that a flag holds. */
export function numberOf(given: Given, flag: string, command: string): number | undefined {
  const text = given.flag(flag);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${flag} takes a whole number above 0, not ${text}.`, `m3ter-bills help ${command}`);
}

/** The one of the words that a flag holds, in whatever case it was typed. */
export function oneOf<Word extends string>(
  given: Given,
  flag: string,
  words: readonly Word[],
  command: string,
): Word | undefined {
  const text = given.flag(flag);
  const word = words.find((each) => each.toLowerCase() === text?.toLowerCase());
  if (text === undefined || word !== undefined) return word;
  throw new UsageError(`--${flag} takes ${words.join(', ')}; not ${text}.`, `m3ter-bills help ${command}`);
}

function attempt<T>(work: () => T, help: string): T {
  try {
    return work();
  } catch (error) {
    throw new UsageError(errorMessage(error), help);
  }
}

function assign(command: Command, words: readonly string[], help: string): Map<string, readonly string[]> {
  const left = [...words];
  const args = new Map<string, readonly string[]>();
  for (const { name, isOptional, isMany } of command.args) {
    const taken = left.splice(0, isMany ? left.length : 1);
    if (taken.length === 0 && !isOptional) throw new UsageError(`${command.name} needs ${name}.`, help);
    args.set(name, taken);
  }
  if (left.length > 0) throw new UsageError(`${command.name} does not take ${left.join(' ')}.`, help);
  return args;
}
