import { loadSettings, type Settings } from '../config/load.ts';
import { asError } from '../errors.ts';
import { checkConfiguration } from '../operations/configCheck.ts';
import { examine } from '../operations/doctor/doctor.ts';
import { OperationError } from '../operations/errors.ts';
import type { OperationOutput } from '../operations/operations.ts';
import type { Tools } from './command.ts';
import { compose, type OwnOperations } from './compose.ts';
import type { Connected } from './connect.ts';
import type { CommandContext } from './context.ts';

/** The part of `DoctorParts` that does not depend on what could be opened. */
const SURROUNDINGS = { nodeVersion: process.version, now: () => new Date(), dateOf };
const DATE_MS = 10_000;

/** What this process says about itself. */
export function ownOperations(context: CommandContext, config: string | undefined): OwnOperations {
  return ({ settings, store, credentials, agent }) => ({
    doctor: () => examine({ ...SURROUNDINGS, settings, store, credentials, engine: agent }),
    configCheck: () => Promise.resolve(checkConfiguration(context.env, config, agent.startedAt !== null)),
  });
}

/** The operations of this process, which puts the agent together, does what is asked, and ends. */
export async function openLocal(context: CommandContext, config: string | undefined): Promise<Connected> {
  const settings = loadSettings(context.env, config);
  const { operations, store, close } = await compose(settings, context.signal, ownOperations(context, config));
  try {
    await store.queue.start();
    return { operations, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The doctor: in the running agent where there is one, else here, with whatever can be opened.
 *
 * @throws {OperationError} when the running agent does not answer
 */
export async function diagnose({ context, config, call }: Tools): Promise<OperationOutput<'doctor'>> {
  try {
    return await call('doctor', {});
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const nothing = { credentials: undefined, engine: undefined, ...SURROUNDINGS };
    return examine({ ...nothing, settings: settingsOf(context, config), store: asError(error) });
  }
}

function settingsOf({ env }: CommandContext, config: string | undefined): Settings | Error {
  try {
    return loadSettings(env, config);
  } catch (error) {
    return asError(error);
  }
}

/** The time that a server tells in the header of any answer. */
async function dateOf(url: string): Promise<Date | undefined> {
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(DATE_MS) });
  const date = new Date(response.headers.get('date') ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
