import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { FieldModel, FieldType, FieldValue } from '../model.ts';
import { displayValue, labelOf } from '../display.ts';
import type { GraphqlContext } from './context.ts';
import { dateScalar, dateTimeScalar, numberScalars, textScalars } from './scalars.ts';

/** A value with the field that says how it reads. */
export interface ValueSource {
  field: FieldModel;
  value: FieldValue;
}

/** Text areas longer than this are long text areas, which can be neither filtered, sorted nor grouped. */
const TEXT_AREA_LENGTH = 255;

const fieldValue = new GraphQLInterfaceType({ name: 'FieldValue', fields: { displayValue: { type: GraphQLString } } });

const BY_TYPE: Record<FieldType, [string, GraphQLScalarType]> = {
  id: ['IDValue', GraphQLID],
  reference: ['IDValue', GraphQLID],
  string: ['StringValue', GraphQLString],
  textarea: ['TextAreaValue', textScalars.TextArea],
  picklist: ['PicklistValue', textScalars.Picklist],
  multipicklist: ['MultiPicklistValue', textScalars.MultiPicklist],
  double: ['DoubleValue', numberScalars.Double],
  int: ['IntValue', GraphQLInt],
  currency: ['CurrencyValue', numberScalars.Currency],
  percent: ['PercentValue', numberScalars.Percent],
  boolean: ['BooleanValue', GraphQLBoolean],
  date: ['DateValue', dateScalar],
  datetime: ['DateTimeValue', dateTimeScalar],
  email: ['EmailValue', textScalars.Email],
  phone: ['PhoneNumberValue', textScalars.PhoneNumber],
  url: ['UrlValue', textScalars.Url],
};

export const isLongText = (field: FieldModel): boolean =>
  field.type === 'textarea' && (field.length ?? 0) > TEXT_AREA_LENGTH;

/** The scalar that a field's values have. */
export function scalarOf(field: FieldModel): GraphQLScalarType {
  return isLongText(field) ? textScalars.LongTextArea : BY_TYPE[field.type][1];
}

const types = new Map<string, GraphQLObjectType<ValueSource, GraphqlContext>>();

/**
 * The `...Value` type of a field: `value`, `displayValue` as the user reads it, and `label` for picklists and text.
 *
 * Source: GraphQL API Developer Guide, "Field Value Types" and "Query Objects" (query-record-objects).
 */
export function valueTypeOf(field: FieldModel): GraphQLObjectType<ValueSource, GraphqlContext> {
  const name = isLongText(field) ? 'LongTextAreaValue' : BY_TYPE[field.type][0];
  let type = types.get(name);
  if (!type) {
    type = valueType(name, scalarOf(field));
    types.set(name, type);
  }
  return type;
}

function valueType(name: string, scalar: GraphQLScalarType): GraphQLObjectType<ValueSource, GraphqlContext> {
  const labelled = ['PicklistValue', 'MultiPicklistValue', 'StringValue'].includes(name);
  return new GraphQLObjectType<ValueSource, GraphqlContext>({
    name,
    interfaces: [fieldValue],
    fields: {
      value: { type: scalar, resolve: ({ value }) => (name === 'IntValue' && value !== null ? Number(value) : value) },
      displayValue: { type: GraphQLString, resolve: displayText },
      ...(labelled ? { label: { type: GraphQLString, resolve: label } } : {}),
    },
  });
}

const displayText = ({ field, value }: ValueSource, _args: unknown, context: GraphqlContext): string | null =>
  displayValue(field, value, context.access.user);

function label({ field, value }: ValueSource): string | null {
  return typeof value !== 'string'
    ? null
    : value
        .split(';')
        .map((part) => labelOf(field, part))
        .join(';');
}
