import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { drawDuration } from '../../shared/duration.ts';
import type { BodyFault, FaultRule, Faults } from './faults.ts';

const PIECES = 20;

/** The body of an answer as a `slowBody` or `cutBody` fault lets it arrive; without one, as it is. */
export function onItsWay(payload: unknown, rule: FaultRule | undefined, faults: Faults, reply: FastifyReply): unknown {
  if (!rule || (typeof payload !== 'string' && !Buffer.isBuffer(payload)) || payload.length === 0) return payload;
  const fault = rule.fault as BodyFault;
  const body = Buffer.from(payload);
  if (fault.kind === 'cutBody') return Readable.from(firstHalf(body, reply));
  return Readable.from(
    inPieces(
      body,
      drawDuration(fault.ms, () => faults.randomOf(rule).next()),
    ),
  );
}

async function* inPieces(body: Buffer, ms: number): AsyncGenerator<Buffer> {
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length; at += size) {
    await delay(ms / PIECES);
    yield body.subarray(at, at + size);
  }
}

async function* firstHalf(body: Buffer, reply: FastifyReply): AsyncGenerator<Buffer> {
  yield body.subarray(0, Math.ceil(body.length / 2));
  await new Promise((resolve) => setImmediate(resolve));
  reply.raw.destroy();
}
