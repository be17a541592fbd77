import { GraphQLInt, GraphQLObjectType, GraphQLString } from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap } from 'graphql';
import type { FieldModel, ObjectModel } from '../model.ts';
import type { Access } from '../uiapi/access.ts';
import { displayValue, labelOf } from '../display.ts';
import { DATE_FUNCTIONS, functionsOf } from './aggregateFunctions.ts';
import { AggregateConnection, expressionOf } from './aggregateRows.ts';
import type { AggregateArguments, AggregateRow } from './aggregateRows.ts';
import { connectionType } from './connectionTypes.ts';
import type { GraphqlContext } from './context.ts';
import type { InputTypes } from './inputTypes.ts';
import { onceForEach } from './onceForEach.ts';
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
 * The types of groups in one user's schema.
 *
 * Source: GraphQL API Developer Guide, "Aggregate Schema" (aggregate-schema), "Group By Rollup", "Group By Cube"
 * (aggregate-groupby-rollup, aggregate-groupby-cube).
 */
export class AggregateTypes {
  private readonly access: Access;
  private readonly inputs: InputTypes;
  private readonly aggregate = onceForEach((object) => this.aggregateType(object));
  private readonly fieldTypes = new Map<string, GraphQLObjectType<FieldSource, GraphqlContext>>();

  constructor(access: Access, inputs: InputTypes) {
    this.access = access;
    this.inputs = inputs;
  }

  /** The fields of `uiapi.aggregate`: one connection of groups per readable object. */
  fields(): GraphQLFieldConfigMap<unknown, GraphqlContext> {
    return Object.fromEntries(this.access.objects().map((object) => [object.name, this.objectField(object)]));
  }

  private objectField(object: ObjectModel): GraphQLFieldConfig<unknown, GraphqlContext, AggregateArguments> {
    const result = new GraphQLObjectType<AggregateRow, GraphqlContext>({
      name: `${object.name}Result`,
      fields: () => ({ aggregate: { type: this.aggregate(object), resolve: (row) => ({ row, path: '' }) } }),
    });
    return {
      type: connectionType<AggregateRow>(`${object.name}Aggregate`, () => result),
      args: {
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
        where: { type: this.inputs.filter(object) },
        groupBy: { type: this.inputs.groupBy(object) },
        orderBy: { type: this.inputs.aggregateOrderBy(object) },
      },
      resolve: (_source, args, context, info) => new AggregateConnection(context, info, object, args),
    };
  }

  private aggregateType(object: ObjectModel): GraphQLObjectType<AggregateSource, GraphqlContext> {
    return new GraphQLObjectType<AggregateSource, GraphqlContext>({
      name: `${object.name}Aggregate`,
      fields: () => ({ ...this.ownFields(object), ...this.parentFields(object) }),
    });
  }

  private ownFields(object: ObjectModel): GraphQLFieldConfigMap<AggregateSource, GraphqlContext> {
    const fields = this.access.fields(object).filter((field) => !isLongText(field) && field.type !== 'multipicklist');
    return Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          type: this.fieldType(field),
          resolve: ({ row, path }: AggregateSource) => ({ row, path: `${path}${field.name}`, field }),
        },
      ]),
    );
  }

  private parentFields(object: ObjectModel): GraphQLFieldConfigMap<AggregateSource, GraphqlContext> {
    return Object.fromEntries(
      this.access
        .parents(object)
        .filter(({ kinds }) => kinds.length === 1)
        .map((parent) => [
          parent.name,
          {
            type: this.aggregate(parent.object),
            resolve: ({ row, path }: AggregateSource) => ({ row, path: `${path}${parent.name}.` }),
          },
        ]),
    );
  }

  private fieldType(field: FieldModel): GraphQLObjectType<FieldSource, GraphqlContext> {
    const name = valueTypeOf(field).name.replace(/Value$/, 'Aggregate');
    const type = this.fieldTypes.get(name) ?? fieldAggregate(name, field);
    this.fieldTypes.set(name, type);
    return type;
  }
}

/**
 * `value` of a grouped field, `grouping` (1 in rows that total over it), and one field for each function that its type
 * takes.
 */
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
      grouping: functionField('grouping', sample),
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
  if (name === 'grouping' || name.startsWith('count') || name in DATE_FUNCTIONS) return computed('int', 0);
  if (name === 'avg') return computed('double', (field.scale ?? 0) + AVERAGE_EXTRA_SCALE);
  return field;
}
