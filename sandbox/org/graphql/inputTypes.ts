import { GraphQLBoolean, GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLString } from 'graphql';
import type { GraphQLInputFieldConfigMap } from 'graphql';
import type { FieldModel, ObjectModel } from '../model.ts';
import type { Access, Parent } from '../uiapi/access.ts';
import { DATE_FUNCTIONS } from './aggregateFunctions.ts';
import { onceForEach } from './onceForEach.ts';
import { idOperatorsType, operatorsOf } from './operatorTypes.ts';
import { isLongText } from './valueTypes.ts';

/** The input types of one user's schema; each is made once per object, when first asked for. */
export interface InputTypes {
  filter(object: ObjectModel): GraphQLInputObjectType;
  orderBy(object: ObjectModel): GraphQLInputObjectType;
  groupBy(object: ObjectModel): GraphQLInputObjectType;
  aggregateOrderBy(object: ObjectModel): GraphQLInputObjectType;
}

const resultOrder = new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } });
const nullOrder = new GraphQLEnumType({ name: 'NullsOrder', values: { FIRST: {}, LAST: {} } });
const orderByClause = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: { order: { type: resultOrder }, nulls: { type: nullOrder } },
});
const aggregateFunction = new GraphQLEnumType({
  name: 'AggregateOrderByFunction',
  values: Object.fromEntries(['AVG', 'COUNT', 'COUNT_DISTINCT', 'MAX', 'MIN', 'SUM'].map((name) => [name, {}])),
});
const aggregateOrderByClause = new GraphQLInputObjectType({
  name: 'AggregateOrderByClause',
  fields: { function: { type: aggregateFunction }, order: { type: resultOrder }, nulls: { type: nullOrder } },
});
const groupByClause = new GraphQLInputObjectType({
  name: 'GroupByClause',
  fields: { group: { type: GraphQLBoolean } },
});
const groupByDateFunction = new GraphQLInputObjectType({
  name: 'GroupByDateFunction',
  fields: {
    group: { type: GraphQLBoolean },
    function: {
      type: new GraphQLEnumType({
        name: 'GroupByFunction',
        values: Object.fromEntries(Object.values(DATE_FUNCTIONS).map((name) => [name, {}])),
      }),
    },
  },
});
const groupByType = new GraphQLEnumType({ name: 'GroupByType', values: { GROUP_BY: {}, ROLLUP: {}, CUBE: {} } });

/**
 * Builds the filter, order and group types over what a user may read.
 *
 * Source: GraphQL API Developer Guide, "Filter Results", "Order By Schema", "Group By Schema" (filter, order-schema,
 * aggregate-groupby-schema).
 */
export function inputTypesOf(access: Access): InputTypes {
  const join: GraphQLInputObjectType = new GraphQLInputObjectType({
    name: 'JoinInput',
    fields: () => ({
      ApiName: { type: GraphQLString },
      ...Object.fromEntries(access.objects().map((object) => [object.name, { type: types.filter(object) }])),
    }),
  });
  const idOperators = idOperatorsType(join);
  const types: InputTypes = {
    filter: perObject(
      access,
      'Filter',
      (field) => operatorsOf(field, idOperators),
      booleanOperators,
      polymorphicFilter,
    ),
    orderBy: perObject(access, 'OrderBy', (field) => (sortable(field) ? orderByClause : undefined)),
    groupBy: perObject(access, 'GroupBy', groupClauseOf, () => ({ type: { type: groupByType } })),
    aggregateOrderBy: perObject(access, 'AggregateOrderBy', (field) =>
      sortable(field) ? aggregateOrderByClause : undefined,
    ),
  };
  return types;
}

const isDate = ({ type }: FieldModel): boolean => type === 'date' || type === 'datetime';
const sortable = (field: FieldModel): boolean => !isLongText(field) && field.type !== 'multipicklist';

function groupClauseOf(field: FieldModel): GraphQLInputObjectType | undefined {
  if (!sortable(field)) return undefined;
  return isDate(field) ? groupByDateFunction : groupByClause;
}

const booleanOperators = (filter: GraphQLInputObjectType): GraphQLInputFieldConfigMap => ({
  and: { type: new GraphQLList(filter) },
  or: { type: new GraphQLList(filter) },
  not: { type: filter },
});

/** The filters on a lookup to several kinds of object, by the name of the kind. */
const polymorphicFilter: PolymorphicType = (object, parent, ofKind) =>
  new GraphQLInputObjectType({
    name: `${object.name}_${parent.name}_Filters`,
    fields: () => Object.fromEntries(parent.kinds.map((kind) => [kind.name, { type: ofKind(kind) }])),
  });

type OfObject = (object: ObjectModel) => GraphQLInputObjectType;
type PolymorphicType = (object: ObjectModel, parent: Parent, ofKind: OfObject) => GraphQLInputObjectType;

/**
 * Makes one input type per object: `extra` fields, its own by `ofField`, its parents by the same kind of type.
 * Polymorphic parents are in it only where `polymorphic` makes a type for them.
 */
function perObject(
  access: Access,
  suffix: string,
  ofField: (field: FieldModel) => GraphQLInputObjectType | undefined,
  extra: (self: GraphQLInputObjectType) => GraphQLInputFieldConfigMap = () => ({}),
  polymorphic?: PolymorphicType,
): OfObject {
  const ofObject = onceForEach((object): GraphQLInputObjectType => {
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_${suffix}`,
      fields: () => ({ ...extra(type), ...own(object), ...parents(object) }),
    });
    return type;
  });
  const own = (object: ObjectModel): GraphQLInputFieldConfigMap =>
    Object.fromEntries(
      access.fields(object).flatMap((field) => {
        const type = ofField(field);
        return type ? [[field.name, { type }]] : [];
      }),
    );
  const parents = (object: ObjectModel): GraphQLInputFieldConfigMap =>
    Object.fromEntries(
      access.parents(object).flatMap((parent) => {
        const type = parent.kinds.length > 1 ? polymorphic?.(object, parent, ofObject) : ofObject(parent.object);
        return type ? [[parent.name, { type }]] : [];
      }),
    );
  return ofObject;
}
