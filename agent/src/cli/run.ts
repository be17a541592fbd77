import packageJson from '../../package.json' with { type: 'json' };
import { errorDocument, type ErrorKind } from '../operations/errors.ts';
import type { Command, Given } from './command.ts';
import { findCommand, groupOf } from './commands.ts';
import { EXIT, type CommandContext, type ExitCode } from './context.ts';
import { helpText } from './helpText.ts';
import { parseCommandLine } from './parse.ts';
import { openTools } from './tools.ts';
import { UsageError } from './usageError.ts';

const CODES: Readonly<Record<ErrorKind, ExitCode>> = {
  usage: EXIT.usage,
  setup: EXIT.usage,
  authentication: EXIT.authentication,
  failed: EXIT.failed,
};

/**
 * Runs a command line and says how it went: the result on stdout, an error with its next command on the terminal, with
 * --json also as one document on stdout. Never throws.
 */
export async function runCommandLine(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    return await run(argv, context);
  } catch (error) {
    const document = errorDocument(error);
    const { message, next, kind } = document.error;
    if (argv.includes('--json')) context.print(JSON.stringify(document));
    context.terminal.write(`m3ter-bills: ${message}\nNext: ${next}\n`);
    return CODES[kind];
  }
}

async function run(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [first = 'help', ...others] = argv;
  const topic = others.filter((word) => !word.startsWith('-'));
  if (first === '--version') return say(packageJson.version, context);
  if (first === 'help' || first === '--help' || first === '-h') return say(helpText(topic), context);
  const found = findCommand(argv);
  if (!found) {
    if (groupOf(first).length > 0 && (others.length === 0 || topic.length < others.length))
      return say(helpText([first]), context);
    const name = [first, ...topic.slice(0, 1)].join(' ');
    throw new UsageError(`${groupOf(first).length > 0 ? name : first} is not a command.`, nextHelp(first));
  }
  const given = parseCommandLine(found.command, found.rest);
  if (given.isSet('help')) return say(helpText([found.command.name]), context);
  return runOne(found.command, given, context);
}

async function runOne(command: Command, given: Given, context: CommandContext): Promise<ExitCode> {
  const tools = openTools(given, context);
  try {
    return await command.run(given, tools);
  } finally {
    await tools.close();
  }
}

function nextHelp(word: string): string {
  return groupOf(word).length > 0 ? `m3ter-bills help ${word}` : 'm3ter-bills help';
}

function say(text: string, { print }: CommandContext): ExitCode {
  print(text);
  return EXIT.good;
}
