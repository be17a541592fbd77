import { setTimeout as delay } from 'node:timers/promises';
import { IdMapping } from './idMapping.ts';
import type { Exchange } from './recording.ts';
import { differencesOfShape } from './shape.ts';

/** How an org is asked; `body` is JSON text, CSV or nothing. */
export type Send = (request: {
  method: string;
  path: string;
  body: string | undefined;
  type: 'application/json' | 'text/csv';
}) => Promise<{ status: number; body: unknown }>;

/** An exchange that an org answers otherwise than recorded. */
export interface Difference {
  /** From 1. */
  number: number;
  method: string;
  path: string;
  differences: string[];
}

const ENDED = ['JobComplete', 'Failed', 'Aborted'];
const POLL_MS = 200;
const MOST_POLLS = 300;

/**
 * Sends recorded requests again, one after the other, to an org that is as the recorded one was, with the ids that this
 * org gave, and compares the shapes of its answers.
 */
export async function replay(exchanges: readonly Exchange[], send: Send): Promise<Difference[]> {
  const ids = new IdMapping();
  const all: Difference[] = [];
  for (const [index, exchange] of exchanges.entries()) {
    const { method, path, status: was, answer } = exchange;
    const { status, body } = await resend(exchange, ids, send);
    ids.learn(answer, body);
    const differences = [
      ...(status === was ? [] : [`status: ${was} became ${status}`]),
      ...differencesOfShape(answer, body),
    ];
    if (differences.length > 0) all.push({ number: index + 1, method, path, differences });
  }
  return all;
}

async function resend({ method, path, body, answer }: Exchange, ids: IdMapping, send: Send) {
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  const request = {
    method,
    path: ids.translate(path),
    body: body === null ? undefined : ids.translate(text),
    type: isText ? ('text/csv' as const) : ('application/json' as const),
  };
  let found = await send(request);
  for (let polls = 0; isEnded(answer) && isWorking(found.body) && method === 'GET' && polls < MOST_POLLS; polls += 1) {
    await delay(POLL_MS);
    found = await send(request);
  }
  return found;
}

const stateOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'state' in body ? body.state : undefined;
const isEnded = (body: unknown): boolean => ENDED.includes(String(stateOf(body)));
/** A job that the recorded org had done by then may take longer here. */
const isWorking = (body: unknown): boolean => stateOf(body) !== undefined && !isEnded(body);
