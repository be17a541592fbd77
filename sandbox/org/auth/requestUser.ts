import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OrgUser } from '../model.ts';
import type { Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set on every request below /services/data/ but the list of versions. */
    user: OrgUser;
  }
}

const INVALID_SESSION = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

/** Lets only signed-in requests reach the data API, as `request.user`; others get 401 INVALID_SESSION_ID. */
export function requireSessions(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('user', null as unknown as OrgUser);
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.url.startsWith('/services/data/')) return undefined;
    const user = sessions.userOf(bearerToken(request.headers.authorization) ?? '');
    if (!user) return reply.code(401).header('www-authenticate', 'Bearer').send(INVALID_SESSION);
    request.user = user;
    return undefined;
  });
}

/** The access token of an Authorization header of the form `Bearer` or `OAuth`. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header ?? '')?.[1];
}
