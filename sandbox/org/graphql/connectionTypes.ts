import { GraphQLBoolean, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import type { GraphQLFieldConfigMap, GraphQLOutputType } from 'graphql';
import type { GraphqlContext } from './context.ts';
import { cursorAt } from './cursor.ts';
import type { Page } from './recordConnection.ts';

/** A source of pages that a connection type can show. */
export interface Pages<Row> {
  page(): Page<Row>;
  totalCount(): number;
}

const pageInfo = new GraphQLObjectType<Page<unknown>, GraphqlContext>({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ more }) => more },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ before }) => before > 0 },
    startCursor: {
      type: GraphQLString,
      resolve: ({ rows, before }) => (rows.length > 0 ? cursorAt(before + 1) : null),
    },
    endCursor: {
      type: GraphQLString,
      resolve: ({ rows, before }) => (rows.length > 0 ? cursorAt(before + rows.length) : null),
    },
  },
});

/**
 * The connection and edge types around a node type.
 *
 * Source: GraphQL API Developer Guide, "Paginate Results" (paginate).
 */
export function connectionType<Row>(
  name: string,
  node: () => GraphQLOutputType,
): GraphQLObjectType<Pages<Row>, GraphqlContext> {
  const edge = new GraphQLObjectType<{ row: Row; place: number }, GraphqlContext>({
    name: `${name}Edge`,
    fields: () => ({
      node: { type: node(), resolve: ({ row }) => row },
      cursor: { type: new GraphQLNonNull(GraphQLString), resolve: ({ place }) => cursorAt(place) },
    }),
  });
  const fields: GraphQLFieldConfigMap<Pages<Row>, GraphqlContext> = {
    edges: {
      type: new GraphQLList(edge),
      resolve: (pages) => {
        const { rows, before } = pages.page();
        return rows.map((row, index) => ({ row, place: before + index + 1 }));
      },
    },
    pageInfo: { type: new GraphQLNonNull(pageInfo), resolve: (pages) => pages.page() },
    totalCount: { type: new GraphQLNonNull(GraphQLInt), resolve: (pages) => pages.totalCount() },
    pageResultCount: { type: new GraphQLNonNull(GraphQLInt), resolve: (pages) => pages.page().rows.length },
  };
  return new GraphQLObjectType<Pages<Row>, GraphqlContext>({ name: `${name}Connection`, fields });
}
