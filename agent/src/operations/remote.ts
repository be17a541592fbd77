import { STREAM_TYPE, type StreamLine } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { OperationError } from './errors.ts';
import { OPERATIONS, type Caller, type OperationName, type Operations } from './operations.ts';

/** For the first answer; after that a running agent writes a line every few seconds. */
const ANSWER_MS = 30_000;
const ALIVE_MS = 2000;

/** Whether an agent answers at the endpoint. */
export async function isAlive({ url }: Endpoint): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(ALIVE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The operations of a running agent, over its HTTP endpoint. */
export function remoteOperations(endpoint: Endpoint): Operations {
  const names = Object.keys(OPERATIONS) as OperationName[];
  const calls = names.map((name) => [name, (input: unknown, caller?: Caller) => call(endpoint, name, input, caller)]);
  return Object.fromEntries(calls) as Operations;
}

async function call({ url, token }: Endpoint, name: string, input: unknown, caller: Caller = {}): Promise<unknown> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), ANSWER_MS);
  const signal = AbortSignal.any([waiting.signal, ...(caller.signal ? [caller.signal] : [])]);
  let response: Response;
  try {
    response = await fetch(`${url}/operations/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: STREAM_TYPE },
      body: JSON.stringify(input),
      signal,
    });
  } catch (error) {
    throw lost(error);
  } finally {
    clearTimeout(timer);
  }
  for await (const line of linesOf(response)) {
    if ('progress' in line) caller.onProgress?.(line.progress);
    if ('result' in line) return line.result;
    if ('error' in line) {
      const { error, ...partial } = line;
      const thrown = new OperationError(error.code, error.message, error.next, error.kind);
      thrown.partial = partial;
      throw thrown;
    }
  }
  throw lost(undefined);
}

async function* linesOf(response: Response): AsyncGenerator<StreamLine> {
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      const parts = `${rest}${decoder.decode(chunk as Uint8Array, { stream: true })}`.split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts.filter((text) => text.trim() !== '')) yield parse(part);
    }
  } catch (error) {
    if (error instanceof OperationError) throw error;
    throw lost(error);
  }
  // A refusal before the operation is one document without a line end.
  if (rest.trim() !== '') yield parse(rest);
}

function parse(text: string): StreamLine {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as StreamLine;
  } catch {
    // Not from an agent.
  }
  throw new OperationError('BAD_ANSWER', 'What answers is not an agent of this version.', 'm3ter-bills status');
}

function lost(cause: unknown): OperationError {
  return new OperationError(
    'AGENT_LOST',
    'The running agent did not answer to the end; what it began goes on.',
    'm3ter-bills status',
    'failed',
    { cause },
  );
}
