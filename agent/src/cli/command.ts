import type { OperationInput, OperationName, OperationOutput } from '../operations/operations.ts';
import type { CommandContext, ExitCode } from './context.ts';

/** A flag of the command line: with `value` it takes one, without it is a switch. */
export interface Flag {
  /** What stands for the value in the help, such as FILE. */
  readonly value?: string;
  readonly says: string;
}

/** A word that follows the command. */
export interface Argument {
  /** In capitals, as the help shows it. */
  readonly name: string;
  readonly says: string;
  readonly isOptional?: boolean;
  /** The last one may take every word that is left. */
  readonly isMany?: boolean;
}

/** A command: what its help says and what it does. The flags --json, --config and --help come by themselves. */
export interface Command {
  /** One or two words, such as `integration enable`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly args: readonly Argument[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** What one has to know before using it. */
  readonly about: string;
  /** Command lines that work as they stand, without the program's name. */
  readonly examples: readonly string[];
  /** It writes logs instead of a result, so --json has no meaning. */
  readonly hasNoResult?: boolean;
  run(given: Given, tools: Tools): Promise<ExitCode>;
}

/** A parsed command line. */
export interface Given {
  /** The words of an argument; empty for an optional one that is not there. */
  words(name: string): readonly string[];
  /** The one word of an argument that is required. */
  word(name: string): string;
  flag(name: string): string | undefined;
  isSet(name: string): boolean;
}

/** @param place `here`: in this process though an agent could be asked */
export type Call = <Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  place?: 'here',
) => Promise<OperationOutput<Name>>;

/** What a command works with. */
export interface Tools {
  readonly context: CommandContext;
  readonly json: boolean;
  /** The file of settings. */
  readonly config: string | undefined;
  /** Runs an operation: in the running agent where there is one, else in this process. */
  readonly call: Call;
  /** Prints a result: as one JSON document, or as the text that `render` makes of it. */
  show<Output>(output: Output, render: (output: Output, now: Date) => string): void;
}

/** Takes the undefined values out, so that they do not count as given. */
export function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
