import {
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLResolveInfo } from 'graphql';
import type { FieldModel, ObjectModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access, Child, Parent } from '../uiapi/access.ts';
import { recordName, weakEtag } from '../uiapi/recordMarks.ts';
import { connectionType } from './connectionTypes.ts';
import type { Pages } from './connectionTypes.ts';
import type { GraphqlContext, RecordSource } from './context.ts';
import type { InputTypes } from './inputTypes.ts';
import { orderedArgument } from './orderedArgument.ts';
import { orderTerms, recordOrder } from './order.ts';
import { RecordConnection, recordSource } from './recordConnection.ts';
import type { PageArguments } from './recordConnection.ts';
import { numberScalars } from './scalars.ts';
import { all, textLiteral } from './soqlText.ts';
import { valueTypeOf } from './valueTypes.ts';
import { conditionOf } from './where.ts';

type Fields = GraphQLFieldConfigMap<RecordSource, GraphqlContext>;
type QueryArguments = PageArguments & { where?: Record<string, unknown> | null; scope?: string | null };

/** The record types of one user's schema. */
export interface RecordTypes {
  /** The fields of `uiapi.query`: one connection per readable object. */
  queryFields(): GraphQLFieldConfigMap<unknown, GraphqlContext>;
  /** A record after a mutation: its own fields, without parents and children. */
  representation(object: ObjectModel): GraphQLObjectType<RecordSource, GraphqlContext>;
}

const MARKS: Fields = {
  Id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ id }) => id },
  ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: ({ object }) => object.name },
  DisplayValue: { type: GraphQLString, resolve: ({ object, values }) => recordName(object, values) },
  WeakEtag: { type: new GraphQLNonNull(numberScalars.Long), resolve: ({ values }) => weakEtag(values) },
};
const record = new GraphQLInterfaceType({
  name: 'Record',
  fields: {
    Id: { type: new GraphQLNonNull(GraphQLID) },
    ApiName: { type: new GraphQLNonNull(GraphQLString) },
    DisplayValue: { type: GraphQLString },
    WeakEtag: { type: new GraphQLNonNull(numberScalars.Long) },
  },
});
const recordScope = new GraphQLEnumType({ name: 'SupportedScopes', values: { EVERYTHING: {}, MINE: {} } });

/**
 * Builds the record types over what a user may read. What the user may not read is not in the schema, so that asking
 * for it is a validation error, as in Salesforce.
 *
 * Source: GraphQL API Developer Guide, "Query Objects" (query-record-objects) and "Mutations Schema"
 * (mutations-schema).
 */
export function recordTypesOf(access: Access, inputs: InputTypes): RecordTypes {
  const connections = memo((object: ObjectModel) => connectionType<RecordSource>(object.name, () => records(object)));
  const records = memo(
    (object: ObjectModel) =>
      new GraphQLObjectType<RecordSource, GraphqlContext>({
        name: object.name,
        interfaces: [record],
        fields: () => ({
          ...MARKS,
          ...ownFields(object),
          ...Object.fromEntries(access.parents(object).map((parent) => [parent.name, parentField(parent)])),
          ...Object.fromEntries(access.children(object).map((child) => [child.name, childField(child)])),
        }),
      }),
  );
  const representations = memo(
    (object: ObjectModel) =>
      new GraphQLObjectType<RecordSource, GraphqlContext>({
        name: `${object.name}Representation`,
        fields: () => ({ ...MARKS, ...ownFields(object) }),
      }),
  );

  const ownFields = (object: ObjectModel): Fields =>
    Object.fromEntries(
      access
        .fields(object)
        .filter(({ type }) => type !== 'id')
        .map((field) => [field.name, valueField(field)]),
    );

  const parentField = (parent: Parent): GraphQLFieldConfig<RecordSource, GraphqlContext> => ({
    type: records(parent.object),
    resolve: ({ values }, _args, context) => {
      const id = values[parent.field.name];
      return typeof id === 'string' ? recordSource(context, parent.object, id, 1) : null;
    },
  });

  const pageArguments = (object: ObjectModel) => ({
    first: { type: GraphQLInt },
    after: { type: GraphQLString },
    where: { type: inputs.filter(object) },
    orderBy: { type: inputs.orderBy(object) },
  });

  const childField = (child: Child): GraphQLFieldConfig<RecordSource, GraphqlContext, QueryArguments> => ({
    type: connections(child.object),
    args: pageArguments(child.object),
    resolve: (source, args, context, info) => {
      if (args.after && source.pageSize > 1) throw childPaging(child.name);
      return connection(context, info, child.object, args, [`${child.field.name} = ${textLiteral(source.id)}`]);
    },
  });

  const queryField = (object: ObjectModel): GraphQLFieldConfig<unknown, GraphqlContext, QueryArguments> => ({
    type: connections(object),
    args: { ...pageArguments(object), scope: { type: recordScope }, upperBound: { type: GraphQLInt } },
    resolve: (_source, args, context, info) => {
      const mine = args.scope === 'MINE' ? [`OwnerId = ${textLiteral(context.access.user.id)}`] : [];
      return connection(context, info, object, args, mine);
    },
  });

  return {
    queryFields: () => Object.fromEntries(access.objects().map((object) => [object.name, queryField(object)])),
    representation: representations,
  };
}

function connection(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  object: ObjectModel,
  args: QueryArguments,
  conditions: string[],
): Pages<RecordSource> {
  const { access } = context;
  const condition = all([...conditions, conditionOf(access, object, args.where)]);
  const order = recordOrder(orderTerms(access, object, orderedArgument(info, 'orderBy')));
  return new RecordConnection(context, { object, condition, order }, args);
}

const valueField = (field: FieldModel): GraphQLFieldConfig<RecordSource, GraphqlContext> => ({
  type: valueTypeOf(field),
  description: field.label,
  resolve: ({ values }) => ({ field, value: values[field.name] ?? null }),
});

const childPaging = (name: string): OrgError =>
  new OrgError(
    'INVALID_PAGING_ARGUMENT',
    `"after" on ${name} needs a single parent, but the page holds several. Query one parent, then page its children.`,
  );

function memo<Value>(make: (object: ObjectModel) => Value): (object: ObjectModel) => Value {
  const made = new Map<string, Value>();
  return (object) => {
    let value = made.get(object.name);
    if (value === undefined) {
      value = make(object);
      made.set(object.name, value);
    }
    return value;
  };
}
