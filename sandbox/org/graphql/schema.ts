import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
} from 'graphql';
import type { GraphQLFieldConfigMap } from 'graphql';
import type { Org, OrgUser } from '../model.ts';
import { accessOf } from '../uiapi/access.ts';
import type { Access } from '../uiapi/access.ts';
import { AggregateTypes } from './aggregateTypes.ts';
import type { GraphqlContext } from './context.ts';
import { inputTypesOf } from './inputTypes.ts';
import { mutationFields } from './mutationTypes.ts';
import { objectInfoExtras, objectInfosField } from './objectInfoTypes.ts';
import { RecordTypes } from './recordTypes.ts';

type Fields = GraphQLFieldConfigMap<unknown, GraphqlContext>;

/** A schema together with the access it was built for. */
export interface UserSchema {
  schema: GraphQLSchema;
  access: Access;
}

/** Marks a field that may be missing from the user's schema; see `dropOptionalFields`. */
export const optionalDirective = new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] });

const mutationsInput = new GraphQLInputObjectType({
  name: 'UIAPIMutationsInput',
  fields: { allOrNone: { type: GraphQLBoolean } },
});

/**
 * Builds the schema that one user sees: objects, fields and mutations outside the user's permissions are not in it.
 *
 * Source: GraphQL API Developer Guide, "Schema Conventions" (schema-conventions), "Get Current User Record"
 * (query-current-user-record).
 */
export function buildUserSchema(org: Org, user: OrgUser): UserSchema {
  const access = accessOf(org, user);
  const inputs = inputTypesOf(access);
  const records = new RecordTypes(access, inputs);
  const uiapi = new GraphQLObjectType<unknown, GraphqlContext>({
    name: 'UIAPI',
    fields: {
      ...group('query', 'RecordQuery', records.queryFields()),
      ...group('aggregate', 'RecordQueryAggregate', new AggregateTypes(access, inputs).fields()),
      ...records.currentUserField(),
      objectInfos: objectInfosField,
    },
  });
  const mutations = mutationFields(org, access, records);
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { uiapi: passOn(uiapi) } }),
    ...(Object.keys(mutations).length > 0 ? { mutation: mutationType(mutations) } : {}),
    types: objectInfoExtras,
    directives: [...specifiedDirectives, optionalDirective],
  });
  return { schema, access };
}

function mutationType(fields: Fields): GraphQLObjectType<unknown, GraphqlContext> {
  return new GraphQLObjectType<unknown, GraphqlContext>({
    name: 'Mutation',
    fields: {
      uiapi: {
        type: new GraphQLNonNull(new GraphQLObjectType({ name: 'UIAPIMutations', fields })),
        args: { input: { type: mutationsInput } },
        resolve: (_source, args: { input?: { allOrNone?: boolean | null } | null }, context) => {
          context.mutation.allOrNone = args.input?.allOrNone ?? true;
          return {};
        },
      },
    },
  });
}

/** A field for a group of fields; none where the user may read nothing, as a type without fields is no type. */
function group(name: string, typeName: string, fields: Fields): Fields {
  return Object.keys(fields).length > 0
    ? { [name]: passOn(new GraphQLObjectType<unknown, GraphqlContext>({ name: typeName, fields })) }
    : {};
}

const passOn = (type: GraphQLObjectType<unknown, GraphqlContext>) => ({
  type: new GraphQLNonNull(type),
  resolve: () => ({}),
});
