import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SPARED_HEADER } from '../../shared/faultRules.ts';
import { limitExceeded } from '../rest/usage.ts';

/**
 * The limit on requests that take 20 seconds or longer: while 25 of them run in a sandbox or in production (5 in a
 * Developer Edition), the org refuses every further request. There is no limit on shorter ones.
 * https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
 */
export class LongRequests {
  most = 25;
  /** In real milliseconds; tests shorten it. */
  longMs = 20_000;
  private readonly begun = new Map<FastifyRequest, number>();

  private get running(): number {
    const latest = performance.now() - this.longMs;
    return [...this.begun.values()].filter((since) => since <= latest).length;
  }

  /** Watches the requests to the data API and refuses those that come too many. */
  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      if (!request.url.startsWith('/services/data/') || request.headers[SPARED_HEADER] !== undefined) return;
      if (this.running >= this.most) await reply.code(403).send(limitExceeded('ConcurrentRequests'));
      else {
        this.begun.set(request, performance.now());
        // Also of those that are never answered.
        reply.raw.once('close', () => this.begun.delete(request));
      }
    });
  }
}
