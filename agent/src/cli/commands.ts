import type { Command } from './command.ts';
import { backfill } from './commands/backfill.ts';
import { configCheck } from './commands/configCheck.ts';
import {
  credentialAdd,
  credentialList,
  credentialRemove,
  credentialRotate,
  credentialTest,
} from './commands/credential.ts';
import { doctor } from './commands/doctor.ts';
import { dryRun } from './commands/dryRun.ts';
import { events, eventsAction } from './commands/events.ts';
import { filterTest } from './commands/filter.ts';
import {
  integrationConnect,
  integrationDisable,
  integrationDisconnect,
  integrationEnable,
  integrationList,
  integrationShow,
} from './commands/integration.ts';
import { mappingCreate, mappingSuggest } from './commands/mapping.ts';
import { reconcile } from './commands/reconcile.ts';
import { redrive } from './commands/redrive.ts';
import { replay, resend } from './commands/resend.ts';
import { runs } from './commands/runs.ts';
import { start } from './commands/start.ts';
import { statement } from './commands/statement.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  start,
  sync,
  dryRun,
  reconcile,
  backfill,
  status,
  runs,
  events,
  eventsAction,
  integrationList,
  integrationShow,
  integrationEnable,
  integrationDisable,
  integrationConnect,
  integrationDisconnect,
  credentialList,
  credentialAdd,
  credentialTest,
  credentialRotate,
  credentialRemove,
  resend,
  replay,
  statement,
  mappingCreate,
  mappingSuggest,
  filterTest,
  redrive,
  doctor,
  configCheck,
];

/** The command that a command line begins with, and what follows it; the longest name wins. */
export function findCommand(words: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = words.length >= length ? COMMANDS.find((each) => each.name === name) : undefined;
    if (command) return { command, rest: words.slice(length) };
  }
  return undefined;
}

/** Commands whose first word this is, such as those of `integration`. */
export function groupOf(word: string): readonly Command[] {
  return COMMANDS.filter(({ name }) => name.startsWith(`${word} `));
}
