import type { FastifyInstance, FastifyReply } from 'fastify';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { OrgError } from '../orgError.ts';

/** Makes the bodies of a scope's requests exact: amounts arrive as decimals, never as binary floats. */
export function readExactBodies(scope: FastifyInstance): void {
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parseExact(String(body)));
    } catch (error) {
      done(new OrgError('JSON_PARSER_ERROR', `The body is not JSON: ${(error as Error).message}. Send JSON.`));
    }
  });
}

/** Answers with JSON whose numbers are exact. */
export function sendExact(reply: FastifyReply, content: unknown, status = 200): FastifyReply {
  return reply.code(status).type('application/json; charset=UTF-8').send(stringifyExact(content));
}
