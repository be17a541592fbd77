import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Refuses requests of other sites and of names that only resolve here: the server acts for whoever is signed in, so a
 * page elsewhere must not be able to use it. `port` is asked per request, because it may be given by the system.
 */
export function refuseOtherSites(port: () => number) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
    const isOtherOrigin = origin !== undefined && origin !== `http://${host}`;
    const isOtherSite = (site === 'cross-site' || site === 'same-site') && mode !== 'navigate';
    const isWriteFromElsewhere = request.method !== 'GET' && site !== undefined && site !== 'same-origin';
    if (hosts.includes(host) && !isOtherOrigin && !isOtherSite && !isWriteFromElsewhere) return;
    await reply.code(403).send({ message: `The workbench answers only its own pages at http://${hosts[0]}.` });
  };
}
