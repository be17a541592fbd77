import { loadSettings, type Settings } from '../config/load.ts';
import { asError } from '../errors.ts';
import { checkConfiguration } from '../operations/configCheck.ts';
import { examine } from '../operations/doctor/doctor.ts';
import { OperationError } from '../operations/errors.ts';
import type { OperationOutput } from '../operations/operations.ts';
import { systemRuntime } from '../runtime.ts';
import type { Tools } from './command.ts';
import { compose, type Composition, type OwnOperations } from './compose.ts';
import type { Connected } from './connect.ts';
import type { CommandContext } from './context.ts';
import { createLogger } from './logger.ts';

/** The part of `DoctorParts` that does not depend on what could be opened. */
const SURROUNDINGS = { nodeVersion: process.version, now: () => new Date(), dateOf };
const DATE_MS = 10_000;

/** What this process says about itself. */
export function ownOperations(context: CommandContext, config: string | undefined): OwnOperations {
  return ({ settings, store, credentials, agent }) => ({
    doctor: () => examine({ ...SURROUNDINGS, settings, store, credentials, engine: agent }),
    configCheck: () => Promise.resolve(checkConfiguration(context.env, config)),
  });
}

/** Puts the agent together in this process, which does what is asked and ends. */
export async function composeHere(context: CommandContext, config: string | undefined): Promise<Composition> {
  const settings = loadSettings(context.env, config);
  const runtime = systemRuntime(createLogger(settings.logLevel), context.signal);
  const composition = await compose(settings, runtime, ownOperations(context, config));
  await composition.store.queue.start();
  return composition;
}

/** The operations of this process. */
export async function openLocal(context: CommandContext, config: string | undefined): Promise<Connected> {
  const { operations, agent, store } = await composeHere(context, config);
  const close = async (): Promise<void> => {
    await agent.stop();
    await store.close();
  };
  return { operations, close };
}

/**
 * The doctor: in the running agent where there is one, else here, with whatever can be opened.
 *
 * @throws {OperationError} when the running agent does not answer
 */
export async function diagnose({ context, config, call }: Tools): Promise<OperationOutput<'doctor'>> {
  const nothing = { credentials: undefined, engine: undefined, ...SURROUNDINGS };
  let settings: Settings;
  try {
    settings = loadSettings(context.env, config);
  } catch (error) {
    return examine({ ...nothing, settings: asError(error), store: asError(error) });
  }
  try {
    return await call('doctor', {});
  } catch (error) {
    if (error instanceof OperationError) throw error;
    return examine({ ...nothing, settings, store: asError(error) });
  }
}

/** The time that a server tells in the header of any answer. */
async function dateOf(url: string): Promise<Date | undefined> {
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(DATE_MS) });
  const date = new Date(response.headers.get('date') ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
