import type { FieldType as SelectedField, QueryBase } from '@jetstreamapp/soql-parser-js';
import type { FieldModel, Org, OrgUser } from '../model.ts';
import { fieldPath, selectedFields } from './fieldsFunction.ts';
import { parseSoql } from './parse.ts';
import { query } from './query.ts';
import { childRelationship } from './records.ts';
import { Scope, Statement } from './scope.ts';
import { isShown, shownField } from './shownFunctions.ts';
import { isNumber } from './wire.ts';

interface QueryColumn {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: QueryColumn[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

export interface QueryColumns {
  columnMetadata: QueryColumn[];
  entityName: string;
  groupBy: boolean;
  idSelected: boolean;
  keyPrefix: string;
}

/**
 * What `query?columns=true` answers instead of records, which the `sf` CLI lays its tables out by.
 *
 * @throws {OrgError} as the query itself would.
 */
export function queryColumns(org: Org, user: OrgUser, soql: string): QueryColumns {
  query(org, user, soql);
  const parsed = parseSoql(soql).query;
  const scope = new Scope(new Statement(org, user), parsed.sObject, parsed.sObjectAlias);
  const columnMetadata = columnsOf(scope, parsed);
  return {
    columnMetadata,
    entityName: scope.object.name,
    groupBy: parsed.groupBy !== undefined,
    idSelected: columnMetadata.some(({ columnName }) => columnName === 'Id'),
    keyPrefix: scope.object.keyPrefix,
  };
}

function columnsOf(scope: Scope, selection: QueryBase): QueryColumn[] {
  let unnamed = 0;
  return selectedFields(scope, selection).map((selected) => {
    if (selected.type === 'FieldSubquery') return childColumn(scope, selected.subquery);
    if (selected.type !== 'FieldFunctionExpression') return plainColumn(scope, selected);
    if (isShown(selected)) {
      const { name, field } = shownField(scope, selected);
      return { ...column(selected.alias ?? name, field), numberType: false, textType: true };
    }
    const name = selected.alias ?? `expr${unnamed++}`;
    return { ...column(name), aggregate: true, displayName: selected.functionName.toLowerCase(), numberType: true };
  });
}

function childColumn(scope: Scope, subquery: QueryBase & { relationshipName: string }): QueryColumn {
  const { key, child } = childRelationship(scope, subquery.relationshipName);
  const inner = new Scope(scope.statement, child.name, subquery.sObjectAlias);
  return { ...column(key), aggregate: true, joinColumns: columnsOf(inner, subquery) };
}

function plainColumn(scope: Scope, selected: SelectedField): QueryColumn {
  const path = fieldPath(selected);
  // What stands under a TYPEOF differs from record to record.
  if (path === undefined) return column('field' in selected ? selected.field : '');
  const found = scope.column(path);
  return found.path.reduceRight<QueryColumn>(
    (inner, relationship) => ({ ...column(relationship), joinColumns: [inner] }),
    column(found.field.name, found.field),
  );
}

function column(name: string, field?: FieldModel): QueryColumn {
  const numberType = field !== undefined && isNumber(field.type);
  const booleanType = field?.type === 'boolean';
  return {
    aggregate: false,
    apexType: null,
    booleanType,
    columnName: name,
    custom: field?.custom ?? name.endsWith('__r'),
    displayName: name,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: [],
    numberType,
    textType: field !== undefined && !numberType && !booleanType,
    updatable: field?.updateable ?? false,
  };
}
