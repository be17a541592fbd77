import type { QueryBase } from '@jetstreamapp/soql-parser-js';
import type { FieldModel } from '../model.ts';
import { quote } from '../store/database.ts';
import { whereSql } from './conditions.ts';
import { isMine, unsupported } from './parse.ts';
import type { Scope } from './scope.ts';
import { visibleRows } from './visibleRows.ts';

/** Restricts a child query to the children of some parents. */
export interface ParentFilter {
  field: FieldModel;
  ids: string[];
}

/** The WHERE clause of a statement with everything that limits its rows, or nothing. */
export function rowConditions(scope: Scope, query: QueryBase, parents?: ParentFilter): string {
  const conditions: string[] = [];
  const visible = visibleRows(scope.statement, scope.object, scope.alias);
  if (visible) conditions.push(visible);
  if (isMine(query)) conditions.push(ownRows(scope));
  if (query.where) conditions.push(whereSql(scope, query.where));
  if (parents) {
    const ids = scope.statement.bind(JSON.stringify(parents.ids));
    conditions.push(`${scope.alias}.${quote(parents.field.name)} IN (SELECT value FROM json_each(${ids}))`);
  }
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

/** USING SCOPE mine: the records that the user owns. */
function ownRows(scope: Scope): string {
  const owner = scope.object.fields.get('ownerid');
  if (!owner) throw unsupported(`USING SCOPE mine for ${scope.object.name}, which has no owner`);
  return `${scope.alias}.${quote(owner.name)} = ${scope.statement.bind(scope.statement.user.id)}`;
}
