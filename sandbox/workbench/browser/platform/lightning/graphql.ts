/** `lightning/graphql` over the local org's GraphQL endpoint. */
import type { WireAdapterConstructor } from 'lwc';
import type { GraphQLConfig, GraphQLError, GraphQLResult } from 'lightning/graphql';
import { orgChanged } from '../changes.ts';
import { dataAdapter } from '../dataAdapter.ts';
import { callOrg, messageOf } from '../org.ts';

interface Query {
  source: string;
}

interface Answer {
  data?: unknown;
  errors?: GraphQLError[];
}

/** Substitutions may be fragments made with gql, or text. */
export function gql(literals: TemplateStringsArray, ...substitutions: Array<Query | string>): Query {
  const texts = substitutions.map((part) => (typeof part === 'string' ? part : part.source));
  return { source: String.raw({ raw: literals }, ...texts) };
}

async function run(config: GraphQLConfig): Promise<GraphQLResult> {
  try {
    const { data, errors } = await callOrg<Answer>('POST', '/graphql', {
      query: (config.query as Query).source,
      variables: config.variables ?? {},
      ...(config.operationName ? { operationName: config.operationName } : {}),
    });
    return { data: data ?? undefined, errors: errors?.length ? errors : undefined };
  } catch (error) {
    return { data: undefined, errors: [{ message: messageOf(error) }] };
  }
}

const GraphqlAdapter = dataAdapter<GraphQLConfig, GraphQLResult>({
  empty: { data: undefined, errors: undefined },
  isReady: ({ query }) => query !== undefined && query !== null,
  load: run,
  decorate: (result, refresh) => ({ ...result, refresh }),
});
export const graphql = GraphqlAdapter as unknown as WireAdapterConstructor<GraphQLConfig, GraphQLResult>;

/** Runs a mutation; wired components see the change. */
export async function executeMutation(config: GraphQLConfig): Promise<GraphQLResult> {
  const result = await run(config);
  orgChanged();
  return result;
}
