import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { Background } from '../bulk/background.ts';
import type { Org } from '../model.ts';
import { createApi } from './api.ts';
import { parseApiUrl } from './apiUrl.ts';
import { errorResponse, notFound, objectBody } from './message.ts';
import type { ApiResponse } from './message.ts';
import type { Router } from './router.ts';
import { noteRecordsRead } from '../trouble/requestTrouble.ts';
import { limitExceeded } from './usage.ts';
import type { Usage } from './usage.ts';
import { apiVersions } from './versions.ts';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

/**
 * The REST API over HTTP: the list of versions, everything below /services/data/vXX.X/, and GET /sandbox/stats, which
 * tells how many API requests were counted by route.
 */
export function registerRest(app: FastifyInstance, org: Org, usage: Usage): void {
  const background = new Background();
  app.addHook('onClose', (_app, done) => {
    background.stop();
    done();
  });
  const api = createApi(org, usage, background);
  countRequests(app, api, usage);
  app.get('/sandbox/stats', () => usage.stats());
  app.get('/services/data', (_request, reply) => send(reply, { status: 200, body: apiVersions() }));
  for (const url of ['/services/data/:version', '/services/data/:version/*']) {
    app.route({ method: [...METHODS], url, handler: (request, reply) => send(reply, answer(api, request)) });
  }
}

/** Bodies are read with exact numbers and may be gzipped; errors that nobody handled read as Salesforce's. */
export function prepareBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.headers['content-encoding'] !== 'gzip') return done(null, payload);
    // The length in the header is that of the packed body.
    delete request.headers['content-length'];
    const unpacked = Object.assign(createGunzip(), { receivedEncodedLength: 0 });
    return done(null, payload.pipe(unpacked));
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, null);
    try {
      return done(null, parseExact(text as string));
    } catch (error) {
      return done(Object.assign(error as SyntaxError, { statusCode: 400 }));
    }
  });
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const errorCode = error instanceof SyntaxError ? 'JSON_PARSER_ERROR' : codeOf(status);
    // A client that breaks its own request off is no trouble of the org.
    if (status >= 500 && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(error);
    return send(reply, { status, body: [{ message: error.message, errorCode }] });
  });
  app.setNotFoundHandler((_request, reply) => send(reply, errorResponse(notFound())));
}

function codeOf(status: number): string {
  if (status === 413) return 'REQUEST_ENTITY_TOO_LARGE';
  if (status === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  return status >= 500 ? 'UNKNOWN_EXCEPTION' : 'INVALID_INPUT';
}

function answer(api: Router, request: FastifyRequest): ApiResponse {
  const parsed = parseApiUrl(request.url);
  if (!parsed) return errorResponse(notFound());
  const response = api.dispatch({
    ...parsed,
    method: request.method,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name, text?.toString()])),
    body: request.body ?? null,
    user: request.user,
  });
  noteRecordsRead(recordsIn(response.body));
  return response;
}

function recordsIn(body: unknown): number {
  const { records } = (body ?? {}) as { records?: unknown };
  return Array.isArray(records) ? records.length : 0;
}

function send(reply: FastifyReply, { status, body, headers, text }: ApiResponse): FastifyReply {
  reply.code(status).headers(headers ?? {});
  if (text) return reply.type(text.type).send(text.content);
  if (body === undefined) return reply.send();
  return reply.type('application/json;charset=UTF-8').send(stringifyExact(body));
}

function countRequests(app: FastifyInstance, api: Router, usage: Usage): void {
  app.addHook('preHandler', async (request, reply) => {
    const parsed = parseApiUrl(request.url);
    if (!parsed) return;
    const pattern = api.patternOf(parsed.path) ?? parsed.path.slice(0, 2).join('/');
    const calls = pattern === 'composite/batch' ? batchSize(request.body) : 1;
    const isReading = request.method === 'GET' || (pattern === 'composite' && isOfReads(request.body));
    usage.count(`${request.method} ${pattern}`, { calls, isReading });
    if (usage.isUsedUp) await reply.code(403).send(limitExceeded('TotalRequests'));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/services/data/')) reply.header('Sforce-Limit-Info', usage.header());
    return payload;
  });
}

function batchSize(body: unknown): number {
  return Math.max(1, listIn(body, 'batchRequests').length);
}

function isOfReads(body: unknown): boolean {
  return listIn(body, 'compositeRequest').every((part) => (part as { method?: unknown } | null)?.method === 'GET');
}

function listIn(body: unknown, name: string): unknown[] {
  try {
    const list = objectBody(body)[name];
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
