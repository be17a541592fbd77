import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { drawDuration, isDuration } from '../shared/duration.ts';
import type { Duration } from '../shared/duration.ts';
import { FaultRules, isFaultRule, SPARED_HEADER, WRONG_RULE } from '../shared/faultRules.ts';
import type { FaultRule } from '../shared/faultRules.ts';
import { stringifyExact } from '../shared/exactJson.ts';
import { ApiError } from './apiError.ts';

/**
 * A fault to play. On requests of the API and for tokens: `status` answers without doing anything (429 with a
 * `retry-after` header, 403 for a service user without the permission, ...); `latency` waits first; `dropBefore` and
 * `dropAfterCommit` close the connection without an answer before or after the work is done; `halfOpen` keeps it open
 * and never says anything. On webhooks: `loseDelivery` sends nothing, `repeatDelivery` sends twice, `delayDelivery`
 * sends later, so that others overtake it.
 */
export type M3terFault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'latency'; ms: Duration }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfterCommit' }
  | { kind: 'halfOpen' }
  | DeliveryFault;

export type DeliveryFault =
  { kind: 'loseDelivery' } | { kind: 'repeatDelivery' } | { kind: 'delayDelivery'; ms: number };

export type M3terFaultRule = FaultRule<M3terFault>;

const DELIVERY_KINDS = ['loseDelivery', 'repeatDelivery', 'delayDelivery'];
const isOfDelivery = ({ kind }: M3terFault): boolean => DELIVERY_KINDS.includes(kind);

export class M3terFaults extends FaultRules<M3terFault> {
  /** The fault for a webhook to a URL, counted down; undefined for none. */
  takeForDelivery(path: string): DeliveryFault | undefined {
    return this.take({ method: 'POST', path }, isOfDelivery)?.fault as DeliveryFault | undefined;
  }
}

/** Plays faults on requests but those of the control paths, below which POST, GET and DELETE /faults set them. */
export function playFaults(app: FastifyInstance, faults: M3terFaults): void {
  const lost = new WeakSet<FastifyRequest>();
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/sandbox/') || request.headers[SPARED_HEADER] !== undefined) return;
    const target = { method: request.method, path: request.url.split('?')[0] ?? '' };
    const latency = faults.take(target, ({ kind }) => kind === 'latency');
    if (latency?.fault.kind === 'latency') {
      await delay(drawDuration(latency.fault.ms, () => faults.randomOf(latency).next()));
    }
    const fault = faults.take(target, (one) => one.kind !== 'latency' && !isOfDelivery(one))?.fault;
    if (fault?.kind === 'dropAfterCommit') lost.add(request);
    else if (fault) await play(fault, request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (lost.has(request)) reply.raw.destroy();
    return payload;
  });
}

export function faultRoutes(app: FastifyInstance, faults: M3terFaults): void {
  app.get('/faults', () => stringifyExact(faults.rules));
  app.post('/faults', (request, reply) => {
    const rules = [request.body].flat();
    if (!rules.every((rule) => isFaultRule<M3terFault>(rule, isFault))) throw new ApiError(400, WRONG_RULE);
    faults.rules.push(...rules);
    return reply.code(201).send(stringifyExact(faults.rules));
  });
  app.delete('/faults', (_request, reply) => {
    faults.rules.length = 0;
    return reply.code(204).send();
  });
}

async function play(fault: M3terFault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (fault.kind === 'halfOpen') await new Promise(() => undefined);
  if (fault.kind === 'dropBefore') {
    reply.hijack();
    request.raw.destroy();
  }
  if (fault.kind === 'status') {
    const text = stringifyExact({ message: `A fault rule of the sandbox answers ${fault.status}.` });
    await reply
      .code(fault.status)
      .headers(fault.headers ?? {})
      .send(text);
  }
}

function isFault({ kind, status, ms }: Record<string, unknown>): boolean {
  if (kind === 'status') return typeof status === 'number';
  if (kind === 'latency') return isDuration(ms);
  if (kind === 'delayDelivery') return typeof ms === 'number';
  return ['dropBefore', 'dropAfterCommit', 'halfOpen', ...DELIVERY_KINDS].includes(String(kind));
}
