import type { SQLInputValue } from 'node:sqlite';
import { MetadataError } from '../metadata/element.ts';
import type { FieldModel, OrgModel, SummaryFilter } from '../model.ts';
import { coerce } from './coerce.ts';
import { RecordFailure } from './recordFailure.ts';
import { columnForm, encode } from '../store/codec.ts';
import { quote } from '../store/database.ts';

interface SummaryQuery {
  /** Takes the parent's id, then `values`. */
  sql: string;
  values: SQLInputValue[];
}

const queries = new WeakMap<FieldModel, SummaryQuery>();

/** The SQL of a roll-up field, made once. Throws MetadataError for a filter value that the child's field cannot hold. */
export function summaryQuery(model: OrgModel, field: FieldModel): SummaryQuery {
  let query = queries.get(field);
  if (!query) {
    query = makeQuery(model, field);
    queries.set(field, query);
  }
  return query;
}

function makeQuery(model: OrgModel, field: FieldModel): SummaryQuery {
  const summary = field.summary!;
  const child = model.objects.get(summary.childObject.toLowerCase())!;
  const value = summary.field === undefined ? '*' : quote(summary.field);
  const filters = summary.filters.map((filter) => {
    const filtered = child.fields.get(filter.field.toLowerCase())!;
    return filterSql(filtered, filter, `${field.name} <summaryFilterItems>`);
  });
  const conditions = [`${quote(summary.foreignKey)} = ?`, ...filters.map(({ sql }) => sql)];
  return {
    sql: `SELECT ${summary.operation.toUpperCase()}(${value}) FROM ${quote(child.name)} WHERE ${conditions.join(' AND ')}`,
    values: filters.flatMap(({ values }) => values),
  };
}

function filterSql(field: FieldModel, filter: SummaryFilter, where: string): SummaryQuery {
  const column = quote(field.name);
  const values = filter.values.map((text) => filterValue(field, text, where));
  const held = values.filter((value) => value !== null);
  const blank = values.length > held.length;
  const list = `${column} IN (${held.map(() => '?').join(', ')})`;
  const equals = blank ? `(${column} IS NULL OR ${list})` : list;
  if (filter.operation === 'equals') return { sql: equals, values: held };
  return { sql: blank ? `NOT ${equals}` : `(${column} IS NULL OR NOT ${list})`, values: held };
}

function filterValue(field: FieldModel, text: string, where: string): SQLInputValue {
  const boolean = { true: true, false: false, '1': true, '0': false }[text.toLowerCase()];
  try {
    const value = field.type === 'boolean' ? boolean : text === '' ? null : text;
    return encode(columnForm(field), coerce(field, value));
  } catch (error) {
    if (error instanceof RecordFailure) throw new MetadataError(where, error.message);
    throw error;
  }
}
