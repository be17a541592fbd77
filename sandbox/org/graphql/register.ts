import type { FastifyInstance } from 'fastify';
import type { Org, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { readExactBodies, sendExact } from '../uiapi/jsonRoutes.ts';
import { executeRequest } from './execute.ts';
import type { GraphqlRequest } from './execute.ts';
import { buildUserSchema } from './schema.ts';
import type { UserSchema } from './schema.ts';

/**
 * Adds `POST /services/data/vXX.0/graphql` to a server. Needs `request.user`.
 *
 * Source: GraphQL API Developer Guide, "Status Codes and Error Responses" (query-status): 200 whatever the query
 * comes to; 400 only for bodies that hold no query.
 */
export function registerGraphql(app: FastifyInstance, org: Org): void {
  const schemas = new Map<string, UserSchema>();
  const schemaOf = (user: OrgUser): UserSchema => {
    // Who is given another permission set sees another schema.
    const key = [user.id, ...user.permissionSets].join();
    let schema = schemas.get(key);
    if (!schema) {
      schema = buildUserSchema(org, user);
      schemas.set(key, schema);
    }
    return schema;
  };

  void app.register((scope, _options, done) => {
    readExactBodies(scope);
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof OrgError)) throw error;
      return sendExact(reply, [{ message: error.message, errorCode: error.errorCode }], error.status);
    });
    scope.post('/services/data/v:version/graphql', (request, reply) =>
      sendExact(reply, executeRequest(org, schemaOf(request.user), requestOf(request.body))),
    );
    done();
  });
}

function requestOf(body: unknown): GraphqlRequest {
  const { query, variables, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string' || query.trim() === '') {
    throw new OrgError('JSON_PARSER_ERROR', 'The body holds no GraphQL query. Send {"query": "...", "variables": {}}.');
  }
  if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw new OrgError('JSON_PARSER_ERROR', 'The variables are no object. Send {"variables": {"name": value}}.');
  }
  return {
    query,
    variables: variables as Record<string, unknown> | null | undefined,
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
