import type { FastifyInstance, FastifyRequest } from 'fastify';
import formbody from '@fastify/formbody';
import Type, { type Static } from 'typebox';
import { HttpError } from '../errors.ts';
import { BearerAccessTokenResponse, ErrorAnswer } from './schemas.ts';
import { isStillKnown, type AccessTokens, type ApiClients } from './tokens.ts';

const TokenRequest = Type.Object({
  grant_type: Type.String(),
  scope: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
});

/** `POST /oauth/token`: client credentials by HTTP Basic or in the body, which is JSON or a form. */
export function tokenRoute(clients: ApiClients, tokens: AccessTokens) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(formbody);
    const response = { 200: BearerAccessTokenResponse, '4xx': ErrorAnswer };
    app.post<{ Body: Static<typeof TokenRequest> }>(
      '/oauth/token',
      { schema: { body: TokenRequest, response } },
      async (request, reply) => {
        if (request.body.grant_type !== 'client_credentials') {
          throw new HttpError(400, 'Only grant_type client_credentials is offered.');
        }
        const [clientId, secret] = clientOf(request);
        const client = clientId === '' ? undefined : await clients.apiClient(clientId, secret);
        if (client === undefined) {
          const message = 'The client id or secret is wrong. List clients with: m3ter-bills credential list';
          throw new HttpError(401, message, { 'www-authenticate': 'Basic realm="m3ter-bills"' });
        }
        const { text, lifetime } = tokens.issue(client);
        reply.header('cache-control', 'no-store');
        return { access_token: text, expires_in: lifetime, token_type: 'Bearer' };
      },
    );
  };
}

function clientOf(request: FastifyRequest<{ Body: Static<typeof TokenRequest> }>): [id: string, secret: string] {
  const [, basic] = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (basic === undefined) return [request.body.client_id ?? '', request.body.client_secret ?? ''];
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** Lets only requests through that bear a token of a client that still exists. */
export function requireToken(app: FastifyInstance, clients: ApiClients, tokens: AccessTokens): void {
  app.addHook('onRequest', async (request) => {
    const [, text] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const client = text === undefined ? undefined : tokens.clientOf(text);
    if (client !== undefined && (await isStillKnown(client, clients))) return;
    const message = 'The access token is missing, unknown or over. Get one from POST /oauth/token.';
    throw new HttpError(401, message, { 'www-authenticate': 'Bearer realm="m3ter-bills"' });
  });
}
