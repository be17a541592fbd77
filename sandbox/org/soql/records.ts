import type { FieldFunctionExpression, FieldTypeOf, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldModel, ObjectModel, Org, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { quote } from '../store/database.ts';
import { dateFunction } from './dateFunctions.ts';
import { answered, fieldExpression } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { fieldPath, selectedFields } from './fieldsFunction.ts';
import { limitSql, orderSql, sortKeys } from './orderBy.ts';
import type { SortKey } from './orderBy.ts';
import { refuseUnsupportedClauses, unsupported } from './parse.ts';
import { Scope, Statement, unknownObject, unknownRelationship } from './scope.ts';
import { rowConditions } from './rowConditions.ts';
import type { ParentFilter } from './rowConditions.ts';
import { readRows } from './rows.ts';
import { isShown, shownField } from './shownFunctions.ts';
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
  // How many children each parent shows is decided when they are with it.
  const tail = orderSql(recordOrder(scope, query)) + (parents ? '' : limitSql(query));
  const rows = readRows(statement, `SELECT ${[...columns.keys()].join(', ')} ${scope.from()}${conditions}${tail}`);
  readChildren(plan, rows);
  return {
    records: rows.map((row) => makeRecord(plan, row, context.version)),
    parentIds: parentIndex === undefined ? [] : rows.map((row) => row[parentIndex] as string),
    objectName: scope.object.name,
  };
}

/** The ids of the records that a query finds, in its order. Checks the whole query. */
export function readIds(context: QueryContext, objectName: string, query: QueryBase): string[] {
  const statement = new Statement(context.org, context.user, context.all);
  const scope = new Scope(statement, objectName, query.sObjectAlias);
  planRecords(context, scope, query, new Map());
  const conditions = rowConditions(scope, query);
  const tail = orderSql(recordOrder(scope, query)) + limitSql(query);
  const rows = readRows(statement, `SELECT ${scope.idOf([])} ${scope.from()}${conditions}${tail}`);
  return rows.map(([id]) => id as string);
}

/** What a query selects of some records, in the order of their ids as given. */
export function readByIds(context: QueryContext, objectName: string, query: QueryBase, ids: string[]): QueryRecord[] {
  const field = context.org.object(objectName).fields.get('id')!;
  const { where: _where, orderBy: _order, limit: _limit, offset: _offset, ...selection } = query;
  const found = readRecords(context, objectName, selection, { field, ids });
  const byId = new Map(found.parentIds.map((id, index) => [id, found.records[index]!]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What records are sorted by; ties keep the order of ids. */
function recordOrder(scope: Scope, query: QueryBase): SortKey[] {
  const keys = sortKeys(scope.statement, query, (clause) =>
    'fn' in clause ? dateFunction(scope, clause.fn) : fieldExpression(scope, clause.field),
  );
  return [...keys, { sql: scope.idOf([]), direction: 'ASC' }];
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
      if (path !== undefined) addField(scope, plan, path, columns);
      else if (selected.type === 'FieldTypeof') addTypeOf(scope, plan, selected, columns);
    }
  }
  refuseTwice(plan);
  return plan;
}

function addField(scope: Scope, root: RecordPlan, path: string, columns: Map<string, number>): void {
  const column = scope.column(path);
  const place = parentPlan(scope, root, column.path, columns);
  place.entries.push({
    key: column.field.name,
    index: columnIndex(columns, column.sql),
    shape: shapeOf(column.field),
  });
}

/**
 * `TYPEOF Owner WHEN User THEN Name ELSE Id END`: the fields for the object that the lookup refers to. Lookups refer to
 * one object here, so that one branch answers for all records; where none fits, the parent is its id alone.
 */
function addTypeOf(
  scope: Scope,
  root: RecordPlan,
  { field, conditions }: FieldTypeOf,
  columns: Map<string, number>,
): void {
  const { object, path } = scope.place([field]);
  for (const { objectType } of conditions) {
    const isKnown = objectType === undefined || scope.statement.org.model.objects.has(objectType.toLowerCase());
    if (!isKnown) throw unknownObject(objectType);
  }
  const branch =
    conditions.find(({ objectType }) => objectType?.toLowerCase() === object.name.toLowerCase()) ??
    conditions.find(({ type }) => type === 'ELSE');
  if (root.entries.some(({ key }) => key === path[0])) {
    throw new OrgError('MALFORMED_QUERY', `TYPEOF ${field} cannot stand beside other fields of ${field}.`);
  }
  parentPlan(scope, root, path, columns);
  for (const name of branch?.fieldList ?? []) addField(scope, root, `${field}.${name}`, columns);
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
