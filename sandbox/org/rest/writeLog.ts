import type { FastifyInstance, FastifyRequest } from 'fastify';
import { recordWritesIn } from './recordWrites.ts';

/** How many writes are remembered. */
const MOST = 20_000;

/** One request that wrote records by their external ids. */
export interface LoggedWrite {
  /** Milliseconds since the org was started: when the request came, and when its answer was ready or lost. */
  from: number;
  until: number | null;
  /** Such as `Bill__c:1c0b...`, each once. */
  keys: string[];
}

/** Remembers which records were written by whom at the same time: GET /sandbox/writes, oldest first. */
export function registerWriteLog(app: FastifyInstance): void {
  const log: LoggedWrite[] = [];
  const arrivals = new WeakMap<FastifyRequest, number>();
  const open = new WeakMap<FastifyRequest, LoggedWrite>();
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'GET') arrivals.set(request, performance.now());
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const from = arrivals.get(request);
    const keys = from === undefined ? [] : [...new Set(keysOf(request.method, request.url, request.body))];
    if (from !== undefined && keys.length > 0) {
      const write = { from, until: null, keys };
      open.set(request, write);
      log.push(write);
      if (log.length > MOST) log.shift();
    }
    done();
  });
  app.addHook('onSend', async (request, _reply, payload) => {
    const write = open.get(request);
    if (write) write.until ??= performance.now();
    return payload;
  });
  app.get('/sandbox/writes', () => log);
}

/** The external ids of the records that a request upserts. */
const keysOf = (method: string, url: string, body: unknown): string[] =>
  recordWritesIn(method, url, body).flatMap((write) =>
    write.operation === 'upsert' ? [`${write.object}:${String(write.externalId)}`] : [],
  );
