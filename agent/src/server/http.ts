import { fastify, type FastifyInstance } from 'fastify';
import { errorCode } from '../errors.ts';
import type { Logger } from '../runtime.ts';
import { allowedMethods } from './allowedMethods.ts';
import { boundConnections } from './connections.ts';
import { HttpError, toHttpError } from './errors.ts';
import { validatorCompiler } from './validation.ts';

export interface HttpLimits {
  /** Bytes of a body. */
  readonly body: number;
  /** Milliseconds for the headers, and for a whole request, to arrive. */
  readonly headers: number;
  readonly request: number;
  /** Milliseconds that a connection may stay without a byte. */
  readonly idle: number;
  /** Milliseconds between two looks for connections that are too slow. */
  readonly check: number;
  readonly connections: number;
}

export const LIMITS: HttpLimits = {
  body: 256 * 1024,
  headers: 10_000,
  request: 20_000,
  idle: 65_000,
  check: 2000,
  connections: 2000,
};

/** A fastify server that answers every error as `{ "message": ... }` and bounds bodies, time and connections. */
export function createHttp(logger: Logger, limits: HttpLimits = LIMITS): FastifyInstance {
  const app = fastify({
    bodyLimit: limits.body,
    connectionTimeout: limits.idle,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.headers,
    http: { headersTimeout: limits.headers, connectionsCheckingInterval: limits.check },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    },
  });
  boundConnections(app.server, limits.connections);
  app.setValidatorCompiler(validatorCompiler);
  takeEmptyJson(app);
  const allowed = allowedMethods(app);
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?');
    const methods = allowed(path);
    if (methods.length === 0) return done(new HttpError(404, 'There is nothing at this path. See docs/api.md.'));
    done(new HttpError(405, `${request.method} is not taken here.`, { allow: methods.join(', ') }));
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = toHttpError(error);
    if (answer.status >= 500) {
      const fields = { route: request.routeOptions.url, method: request.method, code: errorCode(error) };
      logger.error(fields, `A request was answered ${answer.status}.`);
    }
    return reply.code(answer.status).headers(answer.headers).send({ message: answer.message });
  });
  return app;
}

/** Clients that always send a content type send it with no body too, such as to `.../enable`. */
function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}
