import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLString,
} from 'graphql';
import type { GraphQLInputFieldConfigMap, GraphQLInputType } from 'graphql';
import type { FieldModel, FieldType } from '../model.ts';
import { dateScalar, dateTimeScalar, numberScalars, textScalars } from './scalars.ts';
import { isLongText } from './valueTypes.ts';

const PERIODS = ['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'];
const COUNTED = ['day', 'week', 'month', 'quarter', 'year', 'fiscal_quarter', 'fiscal_year'];

const dateLiteral = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(
    [
      'YESTERDAY',
      'TODAY',
      'TOMORROW',
      'LAST_90_DAYS',
      'NEXT_90_DAYS',
      ...PERIODS.flatMap((period) => [`LAST_${period}`, `THIS_${period}`, `NEXT_${period}`]),
    ].map((name) => [name, {}]),
  ),
});

const dateRange = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(
    COUNTED.flatMap((unit) => [`last_n_${unit}s`, `next_n_${unit}s`, `n_${unit}s_ago`]).map((name) => [
      name,
      { type: GraphQLInt },
    ]),
  ),
});

const dateInput = (name: string, value: GraphQLInputType): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name,
    fields: { value: { type: value }, literal: { type: dateLiteral }, range: { type: dateRange } },
  });

const ORDERING = ['eq', 'ne', 'lt', 'gt', 'lte', 'gte'];
const SETS = ['in', 'nin'];

const comparable = (name: string, operand: GraphQLInputType, single = ORDERING): GraphQLInputObjectType =>
  new GraphQLInputObjectType({ name, fields: operators(operand, single, SETS) });

const string = comparable('StringOperators', GraphQLString, [...ORDERING, 'like']);
const textArea = comparable('TextAreaOperators', textScalars.TextArea, [...ORDERING, 'like']);
const picklist = comparable('PicklistOperators', textScalars.Picklist, [...ORDERING, 'like']);
const email = comparable('EmailOperators', textScalars.Email, [...ORDERING, 'like']);
const phone = comparable('PhoneNumberOperators', textScalars.PhoneNumber, [...ORDERING, 'like']);
const url = comparable('UrlOperators', textScalars.Url, [...ORDERING, 'like']);

const BY_TYPE: Record<Exclude<FieldType, 'id' | 'reference'>, GraphQLInputObjectType> = {
  string,
  textarea: textArea,
  picklist,
  email,
  phone,
  url,
  multipicklist: new GraphQLInputObjectType({
    name: 'MultiPicklistOperators',
    fields: operators(textScalars.MultiPicklist, ['eq', 'ne'], ['includes', 'excludes']),
  }),
  double: comparable('DoubleOperators', numberScalars.Double),
  int: comparable('IntegerOperators', GraphQLInt),
  currency: comparable('CurrencyOperators', numberScalars.Currency),
  percent: comparable('PercentOperators', numberScalars.Percent),
  boolean: new GraphQLInputObjectType({
    name: 'BooleanOperators',
    fields: { eq: { type: GraphQLBoolean }, ne: { type: GraphQLBoolean } },
  }),
  date: comparable('DateOperators', dateInput('DateInput', dateScalar)),
  datetime: comparable('DateTimeOperators', dateInput('DateTimeInput', dateTimeScalar)),
};

/**
 * The operators type of a field; undefined where Salesforce cannot filter by it (long text areas).
 *
 * Source: GraphQL API Developer Guide, "Field Operators" (filter-fields).
 *
 * @param idOperators the operators of ids, which know the org's objects and therefore come from outside.
 */
export function operatorsOf(
  field: FieldModel,
  idOperators: GraphQLInputObjectType,
): GraphQLInputObjectType | undefined {
  if (isLongText(field)) return undefined;
  return field.type === 'id' || field.type === 'reference' ? idOperators : BY_TYPE[field.type];
}

/** The operators of ids and lookups, with semi-joins (`inq`, `ninq`) described by `join`. */
export function idOperatorsType(join: GraphQLInputObjectType): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name: 'IdOperators',
    fields: () => ({ ...operators(GraphQLID, ORDERING, SETS), inq: { type: join }, ninq: { type: join } }),
  });
}

function operators(operand: GraphQLInputType, single: string[], sets: string[]): GraphQLInputFieldConfigMap {
  return Object.fromEntries([
    ...single.map((name) => [name, { type: operand }] as const),
    ...sets.map((name) => [name, { type: new GraphQLList(operand) }] as const),
  ]);
}
