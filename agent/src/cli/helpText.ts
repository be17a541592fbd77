import { settingsHelp } from '../config/help.ts';
import type { Command, Flag } from './command.ts';
import { COMMANDS, groupOf } from './commands.ts';
import { flagsOf } from './parse.ts';
import { UsageError } from './usageError.ts';

const PROGRAM = 'm3ter-bills';
const WIDTH = 120;

const OVERVIEW = `m3ter-bills sends Bills from m3ter to Salesforce and keeps them right.

Usage: m3ter-bills COMMAND [options]
`;

const EXIT_CODES = `Exit codes of m3ter-bills:

  0   All good: every Bill that the rules let through is in Salesforce
  1   Some Bills failed, a check failed, or the work broke off because m3ter or Salesforce could not be reached
  2   Wrong usage or configuration, another process has the store, or the org lacks the package or permissions
  3   m3ter or Salesforce refuses the credentials

With --json an error is one document on stdout: {"error":{"code","message","next","kind"}}. The kind is usage, setup
(both 2), authentication (3) or failed (1); next is what to do or type.`;

/** Help on matters that are no command. */
const TOPICS: Readonly<Record<string, () => string>> = {
  configuration: settingsHelp,
  'exit-codes': () => EXIT_CODES,
};

/**
 * The help on a topic: a command, the first word of several commands, or a topic of its own; on nothing the overview.
 *
 * @throws {UsageError} when there is none
 */
export function helpText(words: readonly string[]): string {
  const topic = words.join(' ');
  if (topic === '') return overview();
  const own = TOPICS[topic];
  if (own) return own();
  const command = COMMANDS.find(({ name }) => name === topic);
  const group = groupOf(topic);
  if (command) return [commandText(command), ...(group.length > 0 ? [groupText(group)] : [])].join('\n\n');
  if (group.length > 0) return groupText(group);
  const topics = [...new Set(COMMANDS.map(({ name }) => name)), ...Object.keys(TOPICS)];
  throw new UsageError(`There is no help on ${topic}. Topics: ${topics.join(', ')}.`, `${PROGRAM} help`);
}

function overview(): string {
  const rows = [
    ...COMMANDS.map(summaryRow),
    ['help [TOPIC]', 'This text, or the help of a command, of configuration or of exit-codes'] as const,
    ['--version', 'The version'] as const,
  ];
  return `${OVERVIEW}\n${columns(rows)}\n\nTry first: ${PROGRAM} help configuration`;
}

function groupText(commands: readonly Command[]): string {
  return `${columns(commands.map(summaryRow))}\n\nMore: ${PROGRAM} help ${commands[0]?.name ?? ''}`;
}

const summaryRow = (command: Command): readonly [string, string] => [usageOf(command), command.summary];

/** The command with its arguments, such as `runs [RUN]`. */
function usageOf({ name, args }: Command): string {
  const words = args.map((arg) => {
    const word = arg.isMany ? `${arg.name}...` : arg.name;
    return arg.isOptional ? `[${word}]` : word;
  });
  return [name, ...words].join(' ');
}

function commandText(command: Command): string {
  const { args, about, examples, summary } = command;
  const flags = Object.entries<Flag>({ ...flagsOf(command), help: { says: 'This text' } });
  const rows = [
    ...args.map((arg) => [arg.name, arg.says] as const),
    ...flags.map(([flag, { value, says }]) => [value ? `--${flag} ${value}` : `--${flag}`, says] as const),
  ];
  return [
    `Usage: ${PROGRAM} ${usageOf(command)} [options]`,
    `${summary}.`,
    about,
    columns(rows),
    `Examples:\n${examples.map((example) => `  ${PROGRAM} ${example}`).join('\n')}`,
    `Exit codes: ${PROGRAM} help exit-codes. The settings: ${PROGRAM} help configuration`,
  ].join('\n\n');
}

/** Two columns, the second one wrapped at the width of a terminal. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows
    .map(([name, text]) => `${`  ${name}`.padEnd(left)}${wrap(text, WIDTH - left).join(`\n${' '.repeat(left)}`)}`)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
