import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callOperation, STREAM_TYPE, streamOperation } from '../operations/call.ts';
import { errorDocument, httpStatusOf, OperationError } from '../operations/errors.ts';
import type { Operations } from '../operations/operations.ts';
import { toHttpError } from './errors.ts';
import { isSecret } from './secret.ts';

/**
 * `POST /operations/NAME` for commands beside a running agent: JSON in, JSON out, or with `accept:
 * application/x-ndjson` progress by line and then the result.
 *
 * @param token what a caller has to bear; only the owner of the store can read it
 */
export function operationRoutes(operations: Operations, token: string) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    app.addHook('onRequest', (request, _reply, next) => {
      const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      next(isSecret(given, token) ? undefined : strangerError());
    });
    app.setErrorHandler((error, _request, reply) => {
      const isOurs = error instanceof OperationError;
      const http = toHttpError(error);
      const known =
        isOurs || http.status >= 500
          ? error
          : new OperationError('WRONG_INPUT', http.message, 'm3ter-bills help', 'usage');
      return reply.code(isOurs ? httpStatusOf(error) : http.status).send(errorDocument(known));
    });
    app.post<{ Params: { name: string } }>('/operations/:name', async (request, reply) => {
      const { name } = request.params;
      const signal = gone(reply);
      const wantsStream = request.headers.accept?.includes(STREAM_TYPE) ?? false;
      if (!wantsStream) return reply.send(await answer(operations, name, request, reply, signal));
      return reply.type(STREAM_TYPE).send(Readable.from(streamOperation(operations, name, request.body, signal)));
    });
    done();
  };
}

async function answer(
  operations: Operations,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await callOperation(operations, name, request.body, { signal });
  } catch (error) {
    reply.code(httpStatusOf(error));
    return errorDocument(error);
  }
}

/** Aborts when the caller goes away before the answer is complete. */
function gone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

function strangerError(): OperationError {
  return new OperationError(
    'WRONG_TOKEN',
    'The token is not that of this agent: it was started anew, or belongs to another store.',
    'm3ter-bills status',
    'authentication',
  );
}
