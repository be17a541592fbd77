import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RawAnswer } from '../../m3ter/http.ts';
import { HttpError } from '../errors.ts';
import type { IntegrationsApi } from './api.ts';

/**
 * Sends a request to m3ter with the agent's token and gives m3ter's answer, whatever its status.
 *
 * @param path below the organization, with its query, such as `/externalmappings?pageSize=10`
 * @param body JSON text, or undefined for none
 * @throws {AuthenticationError | M3terUnavailableError} when there is no answer to pass on
 */
export type M3terForward = (method: string, path: string, body: string | undefined) => Promise<RawAnswer>;

const LISTS = [
  '/externalmappings',
  '/externalmappings/external/:entity/:m3terId',
  '/externalmappings/externalid/:system/:externalTable/:externalId',
  '/externalmappingconfiguration',
  '/externalmappingconfiguration/values/:destination/:entityType',
  '/externalmappingconfiguration/values/:destination/:entityType/:integrationCredentialsId',
];

/** `externalmappings` and what m3ter says of them: m3ter's own answers, errors too. */
export function mappingRoutes(api: IntegrationsApi) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    // The body goes to m3ter as it came: parsed and written anew, numbers could change.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    const pass = (request: FastifyRequest, reply: FastifyReply) => forward(api, request, reply);
    for (const url of LISTS) app.get(url, pass);
    app.post('/externalmappings', pass);
    app.route({ method: ['GET', 'PUT', 'DELETE'], url: '/externalmappings/:id', handler: pass });
    done();
  };
}

async function forward(api: IntegrationsApi, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const parts = Object.values(request.params as Record<string, string>);
  // A client of HTTP takes these for steps upwards, and a backslash for a slash: both would lead out of the mappings.
  if (parts.some((part) => part === '.' || part === '..' || part.includes('\\')))
    throw new HttpError(404, 'There is nothing at this path.');
  const path = request.url.replace(/^\/organizations\/[^/?]+/, '');
  const body = typeof request.body === 'string' && request.body !== '' ? request.body : undefined;
  const answer = await api.forward(request.method, path, body);
  const accountId = request.method === 'GET' || answer.status >= 300 ? undefined : mappedAccount(answer.body);
  if (accountId !== undefined) await api.mappingAppeared(accountId);
  return reply.code(answer.status).type(answer.contentType).send(answer.body);
}

/** The m3ter Account of a mapping that was written. */
function mappedAccount(body: string): string | undefined {
  try {
    const { m3terEntity, m3terId } = JSON.parse(body) as { m3terEntity?: unknown; m3terId?: unknown };
    return m3terEntity === 'Account' && typeof m3terId === 'string' ? m3terId : undefined;
  } catch {
    return undefined;
  }
}
