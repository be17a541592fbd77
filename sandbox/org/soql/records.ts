import type { FieldFunctionExpression, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldModel, ObjectModel, Org, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { quote } from '../store/database.ts';
import { whereSql } from './conditions.ts';
import { dateFunction } from './dateFunctions.ts';
import { answered, fieldExpression } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { fieldPath, selectedFields } from './fieldsFunction.ts';
import { limitSql, orderSql, sortKeys } from './orderBy.ts';
import { refuseUnsupportedClauses, unsupported } from './parse.ts';
import { Scope, Statement, unknownRelationship } from './scope.ts';
import { readRows } from './rows.ts';
import { isShown, shownField } from './shownFunctions.ts';
import { visibleRows } from './visibleRows.ts';
import { shapeOf } from './wire.ts';

export interface QueryRecord {
  attributes: { type: string; url?: string };
  [field: string]: unknown;
}

export interface QueryContext {
  org: Org;
  user: OrgUser;
  /** Goes into the records' URLs, such as `67.0`. */
  version: string;
  /** Also deleted records. */
  all: boolean;
}

/** What a child subquery is answered with. */
export interface ChildRecords {
  totalSize: number;
  done: true;
  records: QueryRecord[];
}

type Entry =
  | ({ key: string; index: number } & Pick<Expression, 'shape' | 'show'>)
  | { key: string; parent: RecordPlan }
  | { key: string; children: (ids: string[]) => Map<string, QueryRecord[]>; found?: Map<string, QueryRecord[]> };

/** How to make one (nested) record from the columns of a row. */
interface RecordPlan {
  type: string;
  idIndex: number;
  entries: Entry[];
}

/** Restricts a child query to the children of some parents. */
interface ParentFilter {
  field: FieldModel;
  ids: string[];
}

/**
 * Runs a query that gives records, with their parents as nested objects and child subqueries as lists. For a child
 * query `parentIds` holds each record's parent, in the same order.
 */
export function readRecords(
  context: QueryContext,
  objectName: string,
  query: QueryBase,
  parents?: ParentFilter,
): { records: QueryRecord[]; parentIds: string[]; objectName: string } {
  const statement = new Statement(context.org, context.user, context.all);
  const scope = new Scope(statement, objectName, query.sObjectAlias);
  const columns = new Map<string, number>();
  const plan = planRecords(context, scope, query, columns);
  const parentIndex = parents ? columnIndex(columns, `${scope.alias}.${quote(parents.field.name)}`) : undefined;
  const conditions = rowConditions(scope, query, parents);
  const order = sortKeys(statement, query, (clause) =>
    'fn' in clause ? dateFunction(scope, clause.fn) : fieldExpression(scope, clause.field),
  );
  // Ties keep the order of ids; how many children each parent shows is decided when they are with it.
  const tail = orderSql([...order, { sql: scope.idOf([]), direction: 'ASC' }]) + (parents ? '' : limitSql(query));
  const rows = readRows(statement, `SELECT ${[...columns.keys()].join(', ')} ${scope.from()}${conditions}${tail}`);
  readChildren(plan, rows);
  return {
    records: rows.map((row) => makeRecord(plan, row, context.version)),
    parentIds: parentIndex === undefined ? [] : rows.map((row) => row[parentIndex] as string),
    objectName: scope.object.name,
  };
}

/** The WHERE clause of a statement with everything that limits its rows, or nothing. */
export function rowConditions(scope: Scope, query: QueryBase, parents?: ParentFilter): string {
  const conditions: string[] = [];
  const visible = visibleRows(scope.statement, scope.object, scope.alias);
  if (visible) conditions.push(visible);
  if (query.where) conditions.push(whereSql(scope, query.where));
  if (parents) {
    const ids = scope.statement.bind(JSON.stringify(parents.ids));
    conditions.push(`${scope.alias}.${quote(parents.field.name)} IN (SELECT value FROM json_each(${ids}))`);
  }
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

function planRecords(context: QueryContext, scope: Scope, query: QueryBase, columns: Map<string, number>): RecordPlan {
  const plan: RecordPlan = {
    type: scope.object.name,
    idIndex: columnIndex(columns, scope.idOf([])),
    entries: [],
  };
  for (const selected of selectedFields(scope, query)) {
    if (selected.type === 'FieldSubquery') {
      plan.entries.push(childEntry(context, scope, selected.subquery));
    } else if (selected.type === 'FieldFunctionExpression') {
      plan.entries.push(functionEntry(scope, selected, columns));
    } else {
      if ('alias' in selected && selected.alias !== undefined) {
        throw new OrgError('MALFORMED_QUERY', 'only aggregate expressions use field aliasing');
      }
      const path = fieldPath(selected);
      if (path === undefined) throw unsupported('TYPEOF');
      const column = scope.column(path);
      const place = parentPlan(scope, plan, column.path, columns);
      place.entries.push({
        key: column.field.name,
        index: columnIndex(columns, column.sql),
        shape: shapeOf(column.field),
      });
    }
  }
  refuseTwice(plan);
  return plan;
}

function refuseTwice({ entries }: RecordPlan): void {
  const keys = new Set<string>();
  for (const { key } of entries) {
    if (keys.has(key)) throw new OrgError('MALFORMED_QUERY', `duplicate field selected: ${key}`);
    keys.add(key);
  }
}

function parentPlan(scope: Scope, root: RecordPlan, path: string[], columns: Map<string, number>): RecordPlan {
  let plan = root;
  path.forEach((key, depth) => {
    const known = plan.entries.find((entry) => entry.key === key && 'parent' in entry);
    if (known && 'parent' in known) {
      plan = known.parent;
      return;
    }
    const place = scope.place(path.slice(0, depth + 1));
    const parent: RecordPlan = {
      type: place.object.name,
      idIndex: columnIndex(columns, `${place.alias}."Id"`),
      entries: [],
    };
    plan.entries.push({ key, parent });
    plan = parent;
  });
  return plan;
}

function functionEntry(scope: Scope, selected: FieldFunctionExpression, columns: Map<string, number>): Entry {
  if (!isShown(selected)) {
    throw unsupported(`the function ${selected.rawValue ?? selected.functionName} in the select list`);
  }
  const { sql, name, ...shown } = shownField(scope, selected);
  return { key: selected.alias ?? name, index: columnIndex(columns, sql), ...shown };
}

function childEntry(context: QueryContext, scope: Scope, subquery: Subquery): Entry {
  const { key, child, field } = childRelationship(scope, subquery.relationshipName);
  if (subquery.groupBy || subquery.having) throw unsupported('GROUP BY in a child subquery');
  refuseUnsupportedClauses(subquery);
  return {
    key,
    children: (ids) => {
      const { records, parentIds } = readRecords(context, child.name, subquery, { field, ids });
      const start = subquery.offset ?? 0;
      const groups = Map.groupBy(records.keys(), (index) => parentIds[index] as string);
      const pages = [...groups].map(([parentId, indexes]): [string, QueryRecord[]] => {
        const kept = indexes.slice(start, subquery.limit === undefined ? undefined : start + subquery.limit);
        return [parentId, kept.map((index) => records[index] as QueryRecord)];
      });
      return new Map(pages);
    },
  };
}

/**
 * The children that a subquery's FROM names, and the lookup that makes them so.
 *
 * @throws {OrgError} INVALID_FIELD when there are none or the user may not read them.
 */
export function childRelationship(
  { object, statement: { org, user } }: Scope,
  name: string,
): { key: string; child: ObjectModel; field: FieldModel } {
  const wanted = name.toLowerCase();
  const relation = object.childRelationships.find((one) => one.relationshipName?.toLowerCase() === wanted);
  const child = relation && org.model.objects.get(relation.childObject.toLowerCase());
  const field = relation && child?.fields.get(relation.field.toLowerCase());
  const isReadable =
    child &&
    field &&
    org.access.object(user, child.name).read &&
    org.access.field(user, child.name, field.name).readable;
  if (!isReadable) throw unknownRelationship(name, 'FROM part of query call');
  return { key: relation?.relationshipName ?? name, child, field };
}

function readChildren(plan: RecordPlan, rows: unknown[][]): void {
  const ids = rows.map((row) => row[plan.idIndex] as string);
  for (const entry of plan.entries) {
    if ('children' in entry) entry.found = entry.children(ids);
  }
}

function makeRecord(plan: RecordPlan, row: unknown[], version: string): QueryRecord {
  const id = row[plan.idIndex] as string;
  const record: QueryRecord = {
    attributes: { type: plan.type, url: `/services/data/v${version}/sobjects/${plan.type}/${id}` },
  };
  for (const entry of plan.entries) record[entry.key] = entryValue(entry, row, id, version);
  return record;
}

function entryValue(entry: Entry, row: unknown[], id: string, version: string): unknown {
  if ('parent' in entry) {
    return row[entry.parent.idIndex] === null ? null : makeRecord(entry.parent, row, version);
  }
  if ('children' in entry) {
    const records = entry.found?.get(id) ?? [];
    return records.length === 0 ? null : ({ totalSize: records.length, done: true, records } satisfies ChildRecords);
  }
  return answered(entry, row[entry.index]);
}

function columnIndex(columns: Map<string, number>, sql: string): number {
  const index = columns.get(sql) ?? columns.size;
  columns.set(sql, index);
  return index;
}
