import { GraphQLInt, GraphQLObjectType, GraphQLString } from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLOutputType } from 'graphql';
import type { FieldModel, ObjectModel } from '../model.ts';
import type { Access } from '../uiapi/access.ts';
import { displayValue, labelOf } from '../uiapi/display.ts';
import { DATE_FUNCTIONS, functionsOf } from './aggregateFunctions.ts';
import { AggregateConnection, expressionOf } from './aggregateRows.ts';
import type { AggregateArguments, AggregateRow } from './aggregateRows.ts';
import { connectionType } from './connectionTypes.ts';
import type { GraphqlContext } from './context.ts';
import type { InputTypes } from './inputTypes.ts';
import { isLongText, scalarOf, valueTypeOf } from './valueTypes.ts';

/** A field of a group, with the path from the aggregated object. */
interface AggregateSource {
  row: AggregateRow;
  path: string;
}
interface FieldSource extends AggregateSource {
  field: FieldModel;
}

const computed = (type: FieldModel['type'], scale: number): FieldModel => ({
  name: 'computed',
  label: 'computed',
  type,
  custom: false,
  helpText: null,
  precision: 18,
  scale,
  required: false,
  unique: false,
  externalId: false,
  caseSensitive: false,
  createable: false,
  updateable: false,
  isNameField: false,
});

/** Averages have more digits than what they average. */
const AVERAGE_EXTRA_SCALE = 4;

/**
 * The fields of `uiapi.aggregate`: one connection of groups per readable object.
 *
 * Source: GraphQL API Developer Guide, "Aggregate Schema" (aggregate-schema).
 */
export function aggregateFields(access: Access, inputs: InputTypes): GraphQLFieldConfigMap<unknown, GraphqlContext> {
  const aggregates = new Map<string, GraphQLObjectType<AggregateSource, GraphqlContext>>();
  const fieldTypes = new Map<string, GraphQLObjectType<FieldSource, GraphqlContext>>();

  const aggregateType = (object: ObjectModel): GraphQLObjectType<AggregateSource, GraphqlContext> => {
    let type = aggregates.get(object.name);
    if (!type) {
      type = new GraphQLObjectType<AggregateSource, GraphqlContext>({
        name: `${object.name}Aggregate`,
        fields: () => ({ ...ownFields(object), ...parentFields(object) }),
      });
      aggregates.set(object.name, type);
    }
    return type;
  };

  const ownFields = (object: ObjectModel): GraphQLFieldConfigMap<AggregateSource, GraphqlContext> =>
    Object.fromEntries(
      access
        .fields(object)
        .filter((field) => !isLongText(field) && field.type !== 'multipicklist')
        .map((field) => [
          field.name,
          {
            type: fieldType(field),
            resolve: ({ row, path }: AggregateSource) => ({ row, path: `${path}${field.name}`, field }),
          },
        ]),
    );

  const parentFields = (object: ObjectModel): GraphQLFieldConfigMap<AggregateSource, GraphqlContext> =>
    Object.fromEntries(
      access.parents(object).map((parent) => [
        parent.name,
        {
          type: aggregateType(parent.object),
          resolve: ({ row, path }: AggregateSource) => ({ row, path: `${path}${parent.name}.` }),
        },
      ]),
    );

  const fieldType = (field: FieldModel): GraphQLObjectType<FieldSource, GraphqlContext> => {
    const name = valueTypeOf(field).name.replace(/Value$/, 'Aggregate');
    let type = fieldTypes.get(name);
    if (!type) {
      type = fieldAggregate(name, field);
      fieldTypes.set(name, type);
    }
    return type;
  };

  return Object.fromEntries(
    access.objects().map((object) => [object.name, aggregateField(object, inputs, () => aggregateType(object))]),
  );
}

function aggregateField(
  object: ObjectModel,
  inputs: InputTypes,
  aggregate: () => GraphQLOutputType,
): GraphQLFieldConfig<unknown, GraphqlContext, AggregateArguments> {
  const result = new GraphQLObjectType<AggregateRow, GraphqlContext>({
    name: `${object.name}Result`,
    fields: () => ({ aggregate: { type: aggregate(), resolve: (row) => ({ row, path: '' }) } }),
  });
  return {
    type: connectionType<AggregateRow>(`${object.name}Aggregate`, () => result),
    args: {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      where: { type: inputs.filter(object) },
      groupBy: { type: inputs.groupBy(object) },
      orderBy: { type: inputs.aggregateOrderBy(object) },
    },
    resolve: (_source, args, context, info) => new AggregateConnection(context, info, object, args),
  };
}

/** `value` of a grouped field, and one field for each function that its type takes. */
function fieldAggregate(name: string, sample: FieldModel): GraphQLObjectType<FieldSource, GraphqlContext> {
  const integer = sample.type === 'int';
  return new GraphQLObjectType<FieldSource, GraphqlContext>({
    name,
    fields: () => ({
      value: {
        type: scalarOf(sample),
        resolve: ({ row, path }) => {
          const value = row.get(path) ?? null;
          return integer && value !== null ? Number(value) : value;
        },
      },
      displayValue: {
        type: GraphQLString,
        resolve: ({ row, path, field }, _args, context) =>
          displayValue(field, row.get(path) ?? null, context.access.user),
      },
      ...(isLabelled(sample) ? { label: { type: GraphQLString, resolve: groupLabel } } : {}),
      ...Object.fromEntries(functionsOf(sample).map((each) => [each, functionField(each, sample)])),
    }),
  });
}

const isLabelled = ({ type }: FieldModel): boolean => type === 'picklist' || type === 'string';

function groupLabel({ row, path, field }: FieldSource): string | null {
  const value = row.get(path);
  return typeof value === 'string' ? labelOf(field, value) : null;
}

function functionField(name: string, sample: FieldModel): GraphQLFieldConfig<FieldSource, GraphqlContext> {
  return {
    type: valueTypeOf(resultField(name, sample)),
    resolve: ({ row, path, field }) => ({
      field: resultField(name, field),
      value: row.get(expressionOf(path, name)) ?? null,
    }),
  };
}

function resultField(name: string, field: FieldModel): FieldModel {
  if (name === 'dayOnly') return computed('date', 0);
  if (name.startsWith('count') || name in DATE_FUNCTIONS) return computed('int', 0);
  if (name === 'avg') return computed('double', (field.scale ?? 0) + AVERAGE_EXTRA_SCALE);
  return field;
}
