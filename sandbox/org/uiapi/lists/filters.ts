import type { FieldModel, ListViewModel, ObjectModel } from '../../model.ts';
import { OrgError } from '../../orgError.ts';
import type { Access } from '../access.ts';
import { all, any, textLiteral } from '../../graphql/soqlText.ts';
import { columnOf } from './columns.ts';
import type { Column } from './columns.ts';

const COMPARISONS: Record<string, string> = {
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

/**
 * The SOQL condition of a list view; empty where it lists everything. A filter on a field that the user may not read
 * lists nothing, because Salesforce then does not show the list either.
 */
export function viewCondition(access: Access, object: ObjectModel, view: ListViewModel): string {
  const mine = view.scope === 'Mine' ? `OwnerId = ${textLiteral(access.user.id)}` : '';
  const conditions = view.filters.map((filter) => filterCondition(access, object, filter));
  return all([mine, view.logic === undefined ? all(conditions) : joinedBy(view.logic, conditions)]);
}

/** Puts the filters into a logic such as `1 AND (2 OR 3)`, which counts them from 1. */
function joinedBy(logic: string, conditions: string[]): string {
  if (!/^[\d\s()]*(?:(?:AND|OR|NOT)[\d\s()]*)*$/i.test(logic))
    throw invalid(`The filter logic ${logic} cannot be read.`);
  return `(${logic.replace(/\d+/g, (number) => {
    const condition = conditions[Number(number) - 1];
    if (condition === undefined) throw invalid(`The filter logic ${logic} names filter ${number}, which is not there.`);
    return condition;
  })})`;
}

function filterCondition(
  access: Access,
  object: ObjectModel,
  { field, operation, values }: ListViewModel['filters'][number],
): string {
  const column = columnOf(access, object, field);
  if (!column) throw invalid(`The list is filtered by ${field}, which you may not read.`);
  const { path } = column;
  const literals = values.map((value) => literalOf(column.field, value));
  const [first = 'null'] = literals;
  switch (operation) {
    case 'equals':
      return literals.length > 1 && isListable(column) ? `${path} IN (${literals.join(', ')})` : `${path} = ${first}`;
    case 'notEqual':
      return literals.length > 1 && isListable(column)
        ? `${path} NOT IN (${literals.join(', ')})`
        : `${path} != ${first}`;
    case 'contains':
      return any(values.map((value) => `${path} LIKE ${likeLiteral('', value, '')}`));
    case 'notContain':
      return all(values.map((value) => `(NOT ${path} LIKE ${likeLiteral('', value, '')})`));
    case 'startsWith':
      return any(values.map((value) => `${path} LIKE ${likeLiteral(value, '')}`));
    case 'includes':
    case 'excludes':
      return `${path} ${operation.toUpperCase()} (${literals.join(', ')})`;
    default:
      return `${path} ${COMPARISONS[operation]} ${first}`;
  }
}

const isListable = ({ field }: Column): boolean => field.type !== 'boolean';

/** The literal of a LIKE pattern: parts that stand for themselves, with anything between them. */
export const likeLiteral = (...parts: string[]): string =>
  `'${parts.map((part) => textLiteral(part).slice(1, -1).replaceAll(/[%_]/g, '\\$&')).join('%')}'`;

/** List views write checkboxes as 1 and 0, dates as M/D/YYYY, and date literals by their words. */
function literalOf(field: FieldModel, value: string): string {
  switch (field.type) {
    case 'boolean':
      return String(value === '1' || value.toLowerCase() === 'true');
    case 'double':
    case 'int':
    case 'currency':
    case 'percent':
      if (!/^-?\d+(\.\d+)?$/.test(value)) throw invalid(`${value} is no number to filter ${field.name} by.`);
      return value;
    case 'date':
    case 'datetime':
      return dateLiteral(field, value);
    default:
      return textLiteral(value);
  }
}

function dateLiteral(field: FieldModel, value: string): string {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(value) ?? [];
  if (year === undefined)
    return value
      .trim()
      .replaceAll(' ', '_')
      .toUpperCase()
      .replace(/_(\d+)$/, ':$1');
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return field.type === 'date' ? date : `${date}T00:00:00Z`;
}

const invalid = (message: string): OrgError => new OrgError('INVALID_FILTER', message);
