import { errorDocument, OperationError } from './errors.ts';
import { misfit } from './misfit.ts';
import { OPERATIONS, type Caller, type OperationName, type Operations, type Progress } from './operations.ts';

/** How the operations endpoint streams: JSON by line, progress first, then `result` or `error`. */
export const STREAM_TYPE = 'application/x-ndjson';

export type StreamLine =
  | { readonly progress: Progress }
  /** Says that the work goes on, so that nobody takes the connection for dead. */
  | { readonly alive: true }
  | { readonly result: unknown }
  | ReturnType<typeof errorDocument>;

/** More often than any client gives up on a silent connection. */
const ALIVE_EVERY_MS = 5000;

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/**
 * Calls an operation by its name with input that came from outside.
 *
 * @throws {OperationError} of kind usage when there is no such operation or the input does not fit
 */
export async function callOperation(
  operations: Operations,
  name: string,
  input: unknown,
  caller: Caller = {},
): Promise<unknown> {
  if (!isOperation(name)) {
    throw new OperationError('UNKNOWN_OPERATION', `There is no operation ${name}.`, 'm3ter-bills help', 'usage');
  }
  const given = input ?? {};
  const problem = misfit(OPERATIONS[name].input, given);
  if (problem !== undefined) {
    const message = `The input of ${name} does not fit: ${problem}.`;
    throw new OperationError('WRONG_INPUT', message, 'm3ter-bills help', 'usage');
  }
  const run = operations[name] as (input: unknown, caller: Caller) => Promise<unknown>;
  return run(given, caller);
}

/**
 * Calls an operation and gives the lines of `STREAM_TYPE`, each with its line end. Never throws: the last line holds
 * the error.
 */
export async function* streamOperation(
  operations: Operations,
  name: string,
  input: unknown,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  let progress: Progress | undefined;
  let wake: () => void = () => undefined;
  let last: StreamLine | undefined;
  const onProgress = (next: Progress): void => {
    progress = next;
    wake();
  };
  const work = callOperation(operations, name, input, { onProgress, ...(signal ? { signal } : {}) })
    .then((result) => void (last = { result }))
    .catch((error: unknown) => void (last = errorDocument(error)))
    .finally(() => wake());
  while (last === undefined) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ALIVE_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (progress || last) wake();
    });
    if (progress && !last) yield line({ progress });
    else if (!last) yield line({ alive: true });
    progress = undefined;
  }
  await work;
  yield line(last);
}

function line(value: StreamLine): string {
  return `${JSON.stringify(value)}\n`;
}
