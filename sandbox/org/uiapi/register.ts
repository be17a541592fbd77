import type { FastifyInstance } from 'fastify';
import type { Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { errorBody } from './errorBody.ts';
import { readExactBodies, sendExact } from './jsonRoutes.ts';
import { layoutRoutes } from './layoutRoutes.ts';
import { listRoutes } from './lists/listRoutes.ts';
import { metadataRoutes } from './metadataRoutes.ts';
import { recordRoutes } from './recordRoutes.ts';
import { relatedListRoutes } from './relatedListRoutes.ts';

const BASE = '/services/data/v:version/ui-api';

/**
 * Adds the UI API, as far as the modules `lightning/ui*Api` ask for it, to a server: object metadata, picklist values,
 * records, layouts and defaults, list views and related lists. Everything else below `/ui-api` answers 404 by name. Needs `request.user`.
 */
export function registerUiApi(app: FastifyInstance, org: Org): void {
  void app.register((scope, _options, done) => {
    readExactBodies(scope);
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof OrgError)) throw error;
      return sendExact(reply, errorBody(error), error.status);
    });
    metadataRoutes(scope, org, BASE);
    recordRoutes(scope, org, BASE);
    layoutRoutes(scope, org, BASE);
    listRoutes(scope, org, BASE);
    relatedListRoutes(scope, org, BASE);
    scope.all(`${BASE}/*`, (request) => {
      const resource = `${request.method} ${request.url.split('?')[0]}`;
      throw new OrgError('NOT_FOUND', `The local org does not have ${resource}. Use GraphQL or REST instead.`, {
        status: 404,
      });
    });
    done();
  });
}
