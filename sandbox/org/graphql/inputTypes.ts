import { GraphQLBoolean, GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLString } from 'graphql';
import type { GraphQLInputFieldConfigMap } from 'graphql';
import type { FieldModel, ObjectModel } from '../model.ts';
import type { Access } from '../uiapi/access.ts';
import { DATE_FUNCTIONS } from './aggregateFunctions.ts';
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

const isDate = ({ type }: FieldModel): boolean => type === 'date' || type === 'datetime';
const sortable = (field: FieldModel): boolean => !isLongText(field) && field.type !== 'multipicklist';

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

  /** One input type per object: its fields by `ofField`, its parents by the same kind of type. */
  const perObject = (
    suffix: string,
    ofField: (field: FieldModel) => GraphQLInputObjectType | undefined,
    extra: (self: GraphQLInputObjectType) => GraphQLInputFieldConfigMap = () => ({}),
  ): ((object: ObjectModel) => GraphQLInputObjectType) => {
    const made = new Map<string, GraphQLInputObjectType>();
    const make = (object: ObjectModel): GraphQLInputObjectType => {
      let type = made.get(object.name);
      if (!type) {
        const self: GraphQLInputObjectType = new GraphQLInputObjectType({
          name: `${object.name}_${suffix}`,
          fields: () => ({ ...extra(self), ...ownFields(object, ofField), ...parentFields(object, make) }),
        });
        type = self;
        made.set(object.name, type);
      }
      return type;
    };
    return make;
  };

  const ownFields = (
    object: ObjectModel,
    ofField: (field: FieldModel) => GraphQLInputObjectType | undefined,
  ): GraphQLInputFieldConfigMap =>
    Object.fromEntries(
      access.fields(object).flatMap((field) => {
        const type = ofField(field);
        return type ? [[field.name, { type }]] : [];
      }),
    );
  const parentFields = (
    object: ObjectModel,
    make: (object: ObjectModel) => GraphQLInputObjectType,
  ): GraphQLInputFieldConfigMap =>
    Object.fromEntries(access.parents(object).map(({ name, object: parent }) => [name, { type: make(parent) }]));

  const types: InputTypes = {
    filter: perObject(
      'Filter',
      (field) => operatorsOf(field, idOperators),
      (self) => ({
        and: { type: new GraphQLList(self) },
        or: { type: new GraphQLList(self) },
        not: { type: self },
      }),
    ),
    orderBy: perObject('OrderBy', (field) => (sortable(field) ? orderByClause : undefined)),
    groupBy: perObject(
      'GroupBy',
      (field) => (!sortable(field) ? undefined : isDate(field) ? groupByDateFunction : groupByClause),
      () => ({ type: { type: groupByType } }),
    ),
    aggregateOrderBy: perObject('AggregateOrderBy', (field) => (sortable(field) ? aggregateOrderByClause : undefined)),
  };
  return types;
}
