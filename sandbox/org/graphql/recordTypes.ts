import {
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
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
import { onceForEach } from './onceForEach.ts';
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

const MARKS: Fields = {
  Id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ id }) => id },
  ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: ({ object }) => object.name },
  DisplayValue: { type: GraphQLString, resolve: ({ object, values }) => recordName(object, values) },
  WeakEtag: { type: new GraphQLNonNull(numberScalars.Long), resolve: ({ values }) => weakEtag(values) },
};
const recordInterface = new GraphQLInterfaceType({
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
 * The record types of one user's schema. What the user may not read is not in them, so that asking for it is a
 * validation error, as in Salesforce.
 *
 * Source: GraphQL API Developer Guide, "Query Objects" (query-record-objects), "Polymorphic Relationship Filters"
 * (filter-polymorphic) and "Mutations Schema" (mutations-schema).
 */
export class RecordTypes {
  /** A record after a mutation: its own fields, without parents and children. */
  readonly representation = onceForEach(
    (object) =>
      new GraphQLObjectType<RecordSource, GraphqlContext>({
        name: `${object.name}Representation`,
        fields: () => ({ ...MARKS, ...this.ownFields(object) }),
      }),
  );
  private readonly record = onceForEach((object) => this.recordType(object));
  private readonly connection = onceForEach((object) =>
    connectionType<RecordSource>(object.name, () => this.record(object)),
  );
  private readonly access: Access;
  private readonly inputs: InputTypes;

  constructor(access: Access, inputs: InputTypes) {
    this.access = access;
    this.inputs = inputs;
  }

  /** The fields of `uiapi.query`: one connection per readable object. */
  queryFields(): GraphQLFieldConfigMap<unknown, GraphqlContext> {
    return Object.fromEntries(this.access.objects().map((object) => [object.name, this.queryField(object)]));
  }

  /** The field `uiapi.currentUser`; none where the user may not read users. */
  currentUserField(): GraphQLFieldConfigMap<unknown, GraphqlContext> {
    const user = this.access.object('User');
    if (!user) return {};
    return {
      currentUser: {
        type: this.representation(user),
        resolve: (_source, _args, context) => recordSource(context, user, context.access.user.id, 1),
      },
    };
  }

  private queryField(object: ObjectModel): GraphQLFieldConfig<unknown, GraphqlContext, QueryArguments> {
    return {
      type: this.connection(object),
      args: { ...this.pageArguments(object), scope: { type: recordScope }, upperBound: { type: GraphQLInt } },
      resolve: (_source, args, context, info) => {
        const mine = args.scope === 'MINE' ? [`OwnerId = ${textLiteral(context.access.user.id)}`] : [];
        return connect(context, info, object, args, mine);
      },
    };
  }

  private recordType(object: ObjectModel): GraphQLObjectType<RecordSource, GraphqlContext> {
    return new GraphQLObjectType<RecordSource, GraphqlContext>({
      name: object.name,
      interfaces: [recordInterface],
      fields: () => ({
        ...MARKS,
        ...this.ownFields(object),
        ...Object.fromEntries(
          this.access.parents(object).map((parent) => [parent.name, this.parentField(object, parent)]),
        ),
        ...Object.fromEntries(this.access.children(object).map((child) => [child.name, this.childField(child)])),
      }),
    });
  }

  private ownFields(object: ObjectModel): Fields {
    const fields = this.access.fields(object).filter(({ type }) => type !== 'id');
    return Object.fromEntries(fields.map((field) => [field.name, valueField(field)]));
  }

  private parentField(object: ObjectModel, parent: Parent): GraphQLFieldConfig<RecordSource, GraphqlContext> {
    return {
      type: parent.kinds.length > 1 ? this.unionOf(object, parent) : this.record(parent.object),
      resolve: ({ values }, _args, context) => {
        const id = values[parent.field.name];
        return typeof id === 'string' ? recordSource(context, parent.object, id, 1) : null;
      },
    };
  }

  /** What is behind a polymorphic lookup; its fields are asked for with `... on User`. */
  private unionOf(object: ObjectModel, parent: Parent): GraphQLUnionType {
    return new GraphQLUnionType({
      name: `${object.name}_${parent.name}`,
      types: () => parent.kinds.map((kind) => this.record(kind)),
      resolveType: (source: RecordSource) => source.object.name,
    });
  }

  private childField(child: Child): GraphQLFieldConfig<RecordSource, GraphqlContext, QueryArguments> {
    return {
      type: this.connection(child.object),
      args: this.pageArguments(child.object),
      resolve: (source, args, context, info) => {
        if (args.after && source.pageSize > 1) throw childPaging(child.name);
        return connect(context, info, child.object, args, [`${child.field.name} = ${textLiteral(source.id)}`]);
      },
    };
  }

  private pageArguments(object: ObjectModel) {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      where: { type: this.inputs.filter(object) },
      orderBy: { type: this.inputs.orderBy(object) },
    };
  }
}

function connect(
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
