import { parseArgs, type ParseArgsConfig } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { AuthenticationError, errorMessage, SetupError } from '../errors.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';
import { EXIT, UsageError, type CommandContext, type ExitCode } from './context.ts';
import { HELP } from './help.ts';

const FLAGS = {
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

type Flag = keyof typeof FLAGS;

const COMMANDS: Readonly<Record<string, readonly Flag[]>> = {
  sync: ['once', 'json', 'config'],
  start: ['config'],
  status: ['json', 'config'],
};

/**
 * Runs a command line.
 *
 * @throws {UsageError} and whatever the command throws
 */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [command = 'help', ...rest] = argv;
  if (command === '--version') return say(packageJson.version, context);
  if (command === 'help' || command === '--help' || command === '-h') return say(helpText(rest[0] ?? ''), context);
  const flags = COMMANDS[command];
  if (!flags) throw new UsageError(`${command} is not a command. See: m3ter-bills help`);
  const { once = false, json = false, config, help } = parse(command, flags, rest);
  if (help) return say(helpText(command), context);
  if (command === 'sync') return sync({ once, json, config }, context);
  if (command === 'start') return start({ config }, context);
  return status({ json, config }, context);
}

/** The exit code that stands for an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof AuthenticationError) return EXIT.authentication;
  if (error instanceof UsageError || error instanceof SetupError) return EXIT.usage;
  return EXIT.failed;
}

function say(text: string, { print }: CommandContext): ExitCode {
  print(text);
  return EXIT.good;
}

function helpText(topic: string): string {
  const text = HELP[topic];
  if (text !== undefined) return text;
  const topics = Object.keys(HELP).filter((name) => name !== '');
  throw new UsageError(`There is no help on ${topic}. Topics: ${topics.join(', ')}.`);
}

function parse(command: string, flags: readonly Flag[], args: readonly string[]) {
  try {
    const options = Object.fromEntries([...flags, 'help' as const].map((flag) => [flag, FLAGS[flag]]));
    const { values } = parseArgs({ args: [...args], options });
    return values as { once?: boolean; json?: boolean; config?: string; help?: boolean };
  } catch (error) {
    throw new UsageError(`${errorMessage(error)} See: m3ter-bills help ${command}`);
  }
}
