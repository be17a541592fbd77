import Big from 'big.js';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { ConstValueNode } from 'graphql';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** The scalars of Salesforce's schema whose values are text on the wire. */
export const textScalars = Object.fromEntries(
  ['Email', 'LongTextArea', 'MultiPicklist', 'PhoneNumber', 'Picklist', 'TextArea', 'Url'].map((name) => [
    name,
    textScalar(name, (text) => text),
  ]),
) as Record<'Email' | 'LongTextArea' | 'MultiPicklist' | 'PhoneNumber' | 'Picklist' | 'TextArea' | 'Url', TextScalar>;

/** A calendar date, `YYYY-MM-DD`. */
export const dateScalar = textScalar('Date', (text) => {
  if (!DATE.test(text) || Number.isNaN(Date.parse(text))) throw unfit('Date', text, 'a calendar date, YYYY-MM-DD');
  return text;
});

/** An instant; read with any offset, kept and written in UTC with milliseconds. */
export const dateTimeScalar = textScalar('DateTime', (text) => {
  if (!DATE_TIME.test(text) || Number.isNaN(Date.parse(text))) {
    throw unfit('DateTime', text, 'an ISO 8601 instant with an offset, such as 2026-11-22T18:00:00Z');
  }
  return new Date(text).toISOString();
});

/** An id, or `@{alias}` for the record that an earlier operation of the same mutation made. */
export const idOrRefScalar = textScalar('IdOrRef', (text) => text);

/** Decimal scalars: read and written digit by digit, never as binary floats. */
export const numberScalars = {
  Currency: numberScalar('Currency'),
  Double: numberScalar('Double'),
  Long: numberScalar('Long'),
  Percent: numberScalar('Percent'),
};

type TextScalar = GraphQLScalarType<string, string>;

function textScalar(name: string, check: (text: string) => string): TextScalar {
  const coerce = (value: unknown): string => {
    if (typeof value !== 'string') throw unfit(name, value, 'text');
    return check(value);
  };
  return new GraphQLScalarType<string, string>({
    name,
    coerceOutputValue: (value) => String(value),
    coerceInputValue: coerce,
    coerceInputLiteral: (literal) => coerce(literal.kind === Kind.STRING ? literal.value : literal),
  });
}

function numberScalar(name: string): GraphQLScalarType<Big, unknown> {
  return new GraphQLScalarType<Big, unknown>({
    name,
    coerceOutputValue: (value) => value,
    coerceInputValue: (value) => {
      if (value instanceof Big) return value;
      if (typeof value === 'number' && Number.isFinite(value)) return new Big(value);
      throw unfit(name, value, 'a number');
    },
    coerceInputLiteral: (literal: ConstValueNode) => {
      if (literal.kind !== Kind.INT && literal.kind !== Kind.FLOAT) throw unfit(name, literal, 'a number');
      return new Big(literal.value);
    },
  });
}

function unfit(name: string, value: unknown, wanted: string): GraphQLError {
  const shown = typeof value === 'string' ? `"${value}"` : 'the value given';
  return new GraphQLError(`${name} cannot represent ${shown}. Pass ${wanted}.`);
}
