import type { FieldModel, ObjectModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access, Parent } from '../uiapi/access.ts';
import { all, any, literal } from './soqlText.ts';

type Input = Readonly<Record<string, unknown>>;

const COMPARISONS: Record<string, string> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  gt: '>',
  lte: '<=',
  gte: '>=',
  like: 'LIKE',
};

/**
 * Translates a coerced `where` argument to a SOQL condition; empty text where it filters nothing.
 *
 * Source: GraphQL API Developer Guide, "Field Operators", "Boolean Operators", "Semi-Join and Anti-Join Filters",
 * "Polymorphic Relationship Filters" (filter-fields, filter-boolean, filter-joins, filter-polymorphic).
 *
 * @throws {OrgError} INVALID_FILTER where the input has a shape that the schema allows but no SOQL exists for.
 */
export function conditionOf(access: Access, object: ObjectModel, where: Input | null | undefined, path = ''): string {
  return all(
    Object.entries(where ?? {}).map(([key, value]) => {
      if (value === null || value === undefined) return '';
      if (key === 'and') return all(list(value).map((each) => conditionOf(access, object, each, path)));
      if (key === 'or') return any(list(value).map((each) => conditionOf(access, object, each, path)));
      if (key === 'not') return negation(conditionOf(access, object, value as Input, path));
      const parent = access.parents(object).find(({ name }) => name === key);
      if (parent) return parentCondition(access, parent, value as Input, `${path}${key}.`);
      return fieldCondition(access, fieldOf(access, object, key), `${path}${key}`, value as Input);
    }),
  );
}

/** A polymorphic parent is filtered by its kind; there are none of the kinds that the lookup does not lead to here. */
function parentCondition(access: Access, parent: Parent, filter: Input, path: string): string {
  if (parent.kinds.length === 1) return conditionOf(access, parent.object, filter, path);
  return all(
    Object.entries(filter).map(([kind, ofKind]) =>
      kind === parent.object.name ? conditionOf(access, parent.object, ofKind as Input | null, path) : NOTHING,
    ),
  );
}

const list = (value: unknown): Input[] => (value as Array<Input | null>).map((each) => each ?? {});

function negation(condition: string): string {
  if (condition === '') throw invalid('"not" holds an empty filter, which would match nothing. Name a field in it.');
  return `(NOT ${condition})`;
}

function fieldOf(access: Access, object: ObjectModel, name: string): FieldModel {
  const field = access.field(object, name);
  if (!field) throw invalid(`${object.name} has no field ${name} that you may read. Check its API name.`);
  return field;
}

function fieldCondition(access: Access, field: FieldModel, path: string, operators: Input): string {
  return all(
    Object.entries(operators).map(([operator, value]) => {
      if (value === undefined) return '';
      if (operator === 'inq' || operator === 'ninq') return join(access, path, operator, value as Input | null);
      if (operator === 'in' || operator === 'nin') return membership(field, path, operator, value as unknown[] | null);
      if (operator === 'includes' || operator === 'excludes') {
        const parts = ((value as unknown[] | null) ?? []).map((part) => literal(field, part));
        if (parts.length === 0) throw invalid(`"${operator}" of ${path} holds no value. Give it at least one.`);
        return `${path} ${operator.toUpperCase()} (${parts.join(', ')})`;
      }
      return `${path} ${COMPARISONS[operator]} ${operand(field, path, value)}`;
    }),
  );
}

/** SOQL has no empty list and no null in one, so both are spelled out. */
function membership(field: FieldModel, path: string, operator: 'in' | 'nin', values: unknown[] | null): string {
  if (values === null) throw invalid(`"${operator}" of ${path} is null. Give it a list.`);
  const operands = values.filter((value) => value !== null).map((value) => operand(field, path, value));
  const withNull = operands.length < values.length;
  if (operator === 'in') {
    const parts = [
      ...(operands.length > 0 ? [`${path} IN (${operands.join(', ')})`] : []),
      ...(withNull ? [`${path} = null`] : []),
    ];
    return parts.length > 0 ? any(parts) : NOTHING;
  }
  return all([operands.length > 0 ? `${path} NOT IN (${operands.join(', ')})` : '', withNull ? `${path} != null` : '']);
}

/** No record is without an id. */
const NOTHING = 'Id = null';

function operand(field: FieldModel, path: string, value: unknown): string {
  const isDate = field.type === 'date' || field.type === 'datetime';
  return isDate && value !== null ? dateOperand(field, path, value as Input) : literal(field, value);
}

function dateOperand(field: FieldModel, path: string, input: Input): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const [kind, value] = given[0] ?? [];
  if (given.length !== 1) throw invalid(`The date of ${path} needs exactly one of value, literal and range.`);
  if (kind === 'range') {
    const ranges = Object.entries((value ?? {}) as Input).filter(([, count]) => typeof count === 'number');
    const [name, count] = ranges[0] ?? [];
    if (ranges.length !== 1 || name === undefined) throw invalid(`The range of ${path} needs exactly one count.`);
    return `${name.toUpperCase()}:${Number(count)}`;
  }
  return kind === 'literal' ? String(value) : literal(field, value);
}

function join(access: Access, path: string, operator: string, input: Input | null): string {
  const { ApiName: apiName, ...filters } = input ?? {};
  const [name, filter] = Object.entries(filters)[0] ?? [];
  const object = name === undefined ? undefined : access.object(name);
  if (Object.keys(filters).length !== 1 || !object) throw invalid(`"${operator}" of ${path} needs exactly one object.`);
  const field = fieldOf(access, object, typeof apiName === 'string' ? apiName : 'Id');
  const condition = conditionOf(access, object, filter as Input);
  const where = condition === '' ? '' : ` WHERE ${condition}`;
  return `${path} ${operator === 'inq' ? 'IN' : 'NOT IN'} (SELECT ${field.name} FROM ${object.name}${where})`;
}

const invalid = (message: string): OrgError => new OrgError('INVALID_FILTER', message);
