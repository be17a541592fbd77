import type { FieldType as SelectedField, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import type { Scope } from './scope.ts';

/** FIELDS(ALL) and FIELDS(CUSTOM) are answered for at most this many rows. */
const MOST_ROWS = 200;

/**
 * The select list with FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) replaced by the fields the user may read.
 *
 * @throws {OrgError} MALFORMED_QUERY without a LIMIT of at most 200, or when a field is selected twice.
 */
export function selectedFields(scope: Scope, query: QueryBase): SelectedField[] {
  const selected = (query.fields ?? []).flatMap((field) => {
    if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') return [field];
    const [group] = field.parameters;
    return expand(scope, typeof group === 'string' ? group.toUpperCase() : '', query.limit);
  });
  refuseTwice(selected);
  return selected;
}

function expand(scope: Scope, group: string, limit: number | undefined): SelectedField[] {
  if (group !== 'STANDARD' && (limit === undefined || limit > MOST_ROWS)) {
    throw new OrgError('MALFORMED_QUERY', `The SOQL FIELDS function must have a LIMIT of at most ${MOST_ROWS}`);
  }
  const { org, user } = scope.statement;
  return [...scope.object.fields.values()]
    .filter((field) => group === 'ALL' || field.custom === (group === 'CUSTOM'))
    .filter((field) => org.access.field(user, scope.object.name, field.name).readable)
    .map((field) => ({ type: 'Field', field: field.name }));
}

function refuseTwice(selected: SelectedField[]): void {
  const seen = new Set<string>();
  for (const field of selected) {
    const name = fieldPath(field)?.toLowerCase();
    if (name === undefined) continue;
    if (seen.has(name)) throw new OrgError('MALFORMED_QUERY', `duplicate field selected: ${fieldPath(field)}`);
    seen.add(name);
  }
}

/** The path of a plain selected field; undefined for functions, subqueries and TYPEOF. */
export function fieldPath(field: SelectedField): string | undefined {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return undefined;
}
