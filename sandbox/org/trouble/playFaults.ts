import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { drawDuration } from '../../shared/duration.ts';
import { SPARED_HEADER } from '../../shared/faultRules.ts';
import { bearerToken } from '../auth/requestUser.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Org } from '../model.ts';
import { recordWritesIn } from '../rest/recordWrites.ts';
import { limitExceeded } from '../rest/usage.ts';
import { onItsWay } from './answerBody.ts';
import type { Fault, Faults, LatencyFault } from './faults.ts';
import { runUnder } from './requestTrouble.ts';
import type { RequestTrouble } from './requestTrouble.ts';
import type { RowLocks } from './rowLocks.ts';
import { touchedRows } from './touchedRows.ts';

export interface TroubleOptions {
  org: Org;
  sessions: Sessions;
  faults: Faults;
  locks: RowLocks;
}

/** What a request meets on its way: decided when it comes, played where it belongs. */
interface Met extends RequestTrouble {
  latency: { ms: number; perRecordMs: number };
  /** An outcome that waits until the work is done. */
  after?: Fault;
}

/** Plays faults on requests below /services/, and has writes wait for rows that others hold. */
export function playFaults(app: FastifyInstance, { org, sessions, faults, locks }: TroubleOptions): void {
  const met = new WeakMap<FastifyRequest, Met>();
  app.addHook('onRequest', async (request, reply) => {
    const trouble = meet(request, faults);
    met.set(request, trouble);
    if (trouble.isSpared) return;
    const outcome = faults.takeFor(trouble.target, 'outcome')?.fault;
    if (outcome && comesAfterCommit(outcome)) trouble.after = outcome;
    else if (outcome) {
      await wait(trouble.latency.ms);
      await play(outcome, request, reply, sessions);
    }
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const trouble = met.get(request)!;
    workTime(org, locks, request, trouble).then(() => runUnder(trouble, done), done);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const trouble = met.get(request);
    if (!trouble) return payload;
    locks.release(trouble);
    await wait(trouble.latency.perRecordMs * trouble.recordsRead);
    if (trouble.after?.kind === 'halfOpen') await forEver();
    if (trouble.after) reply.raw.destroy();
    return trouble.isSpared ? payload : onItsWay(payload, faults.takeFor(trouble.target, 'body'), faults, reply);
  });
}

function meet(request: FastifyRequest, faults: Faults): Met {
  const target = { method: request.method, path: request.url.split('?')[0] ?? '' };
  const isSpared = request.headers[SPARED_HEADER] !== undefined;
  const latency = { ms: 0, perRecordMs: 0 };
  const rule = isSpared ? undefined : faults.takeFor(target, 'latency');
  if (rule) {
    const { ms, perRecordMs = 0 } = rule.fault as LatencyFault;
    latency.ms = drawDuration(ms, () => faults.randomOf(rule).next());
    latency.perRecordMs = perRecordMs;
  }
  return { target, isSpared, latency, waitedFor: new Set(), hasWritten: false, recordsRead: 0 };
}

/** Lets the time pass that the request takes, with the rows held that it is going to write. */
async function workTime(org: Org, locks: RowLocks, request: FastifyRequest, trouble: Met): Promise<void> {
  const { ms, perRecordMs } = trouble.latency;
  if (trouble.isSpared || (ms === 0 && perRecordMs === 0 && locks.isIdle)) return;
  const writes = recordWritesIn(request.method, request.url, request.body);
  const rows = [...new Set(writes.flatMap((write) => touchedRows(org, write)))];
  trouble.waitedFor = await locks.take(rows, trouble);
  await wait(ms + perRecordMs * writes.length);
}

const wait = async (ms: number): Promise<void> => {
  if (ms > 0) await delay(ms);
};

function comesAfterCommit(fault: Fault): boolean {
  return fault.kind === 'dropAfterCommit' || (fault.kind === 'halfOpen' && fault.afterCommit === true);
}

async function play(fault: Fault, request: FastifyRequest, reply: FastifyReply, sessions: Sessions): Promise<void> {
  if (fault.kind === 'expireSession') sessions.revoke(bearerToken(request.headers.authorization) ?? '');
  if (fault.kind === 'status') await reply.code(fault.status).send(fault.body ?? []);
  if (fault.kind === 'limit') await reply.code(403).send(limitExceeded(fault.of));
  if (fault.kind === 'halfOpen') await forEver();
  if (fault.kind === 'dropBefore') {
    reply.hijack();
    request.raw.destroy();
  }
}

/** The connection stays as it is until one of its ends closes it. */
const forEver = (): Promise<never> => new Promise(() => undefined);
