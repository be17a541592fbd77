import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../shared/exactJson.ts';

/** Counts the requests of the API by route, for GET /sandbox/stats. */
export class Usage {
  private readonly byRoute = new Map<string, number>();

  count(app: FastifyInstance): void {
    app.addHook('onRequest', (request, _reply, done) => {
      const route = `${request.method} ${request.routeOptions.url ?? 'unknown'}`.replace('/organizations/:orgId', '');
      if (!request.url.startsWith('/sandbox/')) this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1);
      done();
    });
  }

  routes(app: FastifyInstance): void {
    app.get('/stats', () => {
      const apiRequests = [...this.byRoute.values()].reduce((sum, count) => sum + count, 0);
      return stringifyExact({ apiRequests, routes: Object.fromEntries([...this.byRoute].toSorted()) });
    });
  }
}
