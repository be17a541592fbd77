import Big from 'big.js';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { FieldModel, FieldValue, ObjectModel } from '../model.ts';
import { query } from '../soql/query.ts';
import type { Access } from '../uiapi/access.ts';
import { AGGREGATE_FUNCTIONS, DATE_FUNCTIONS } from './aggregateFunctions.ts';
import type { GraphqlContext } from './context.ts';
import { direction, orderTerms } from './order.ts';
import { orderedArgument } from './orderedArgument.ts';
import type { Ordered } from './orderedArgument.ts';
import { checkedPaging } from './recordConnection.ts';
import type { Page, PageArguments } from './recordConnection.ts';
import { selectedAt, selectedBelow } from './selections.ts';
import { conditionOf } from './where.ts';

/** One row of an aggregate query: values by SOQL expression, such as `Status__c` or `SUM(Bill_Total__c)`. */
export type AggregateRow = ReadonlyMap<string, FieldValue>;

/** The arguments of an aggregate connection. */
export type AggregateArguments = PageArguments & { where?: Record<string, unknown> | null };

/** Groups page by page; one SOQL query answers all of them. */
export class AggregateConnection {
  private readonly context: GraphqlContext;
  private readonly soql: string;
  private readonly expressions: string[];
  private readonly paging: PageArguments;
  private found: AggregateRow[] | undefined;

  constructor(context: GraphqlContext, info: GraphQLResolveInfo, object: ObjectModel, args: AggregateArguments) {
    const { access } = context;
    const { type, ...groupBy } = orderedArgument(info, 'groupBy') ?? {};
    const groups = groupExpressions(access, object, groupBy);
    const selected = selectedAt(['edges', 'node', 'aggregate'], info.fieldNodes, info);
    const wanted = [...groups, ...selectedExpressions(access, object, selected, info)];
    this.context = context;
    this.expressions = [...new Set(wanted.length > 0 ? wanted : ['COUNT(Id)'])];
    this.paging = args;
    const condition = conditionOf(access, object, args.where);
    const order = orderTerms(access, object, orderedArgument(info, 'orderBy')).map(({ path, clause }) =>
      direction(clause.function ? `${clause.function}(${path})` : path, clause),
    );
    this.soql = [
      `SELECT ${this.expressions.map((expression, index) => `${expression} a${index}`).join(', ')} FROM ${object.name}`,
      ...(condition === '' ? [] : [`WHERE ${condition}`]),
      ...(groups.length === 0 ? [] : [`GROUP BY ${subtotals(type, groups.join(', '))}`]),
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(', ')}`]),
    ].join(' ');
  }

  totalCount(): number {
    return this.rows().length;
  }

  page(): Page<AggregateRow> {
    const { first, before } = checkedPaging(this.paging);
    const rows = this.rows().slice(before, before + first);
    return { rows, before, more: this.rows().length > before + rows.length };
  }

  private rows(): AggregateRow[] {
    this.found ??= query(this.context.org, this.context.access.user, this.soql).records.map(
      (record) => new Map(this.expressions.map((expression, index) => [expression, storedValue(record[`a${index}`])])),
    );
    return this.found;
  }
}

/** The SOQL expression of a field, or of a function of it by its schema name. */
export function expressionOf(path: string, schemaName: string): string {
  const name = schemaName === 'grouping' ? 'GROUPING' : (AGGREGATE_FUNCTIONS[schemaName] ?? DATE_FUNCTIONS[schemaName]);
  return name === undefined ? path : `${name}(${path})`;
}

/** The wire's value as the engine's: exact numbers as decimals, instants with Z. */
function storedValue(value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value.replace(/(T[\d:.]+)\+0000$/, '$1Z');
  if (typeof value === 'boolean') return value;
  const { rawJSON } = value as { rawJSON: string };
  return new Big(rawJSON);
}

interface GroupClause {
  group?: boolean | null;
  function?: string | null;
}

function groupExpressions(access: Access, object: ObjectModel, groupBy: Ordered, path = ''): string[] {
  return Object.entries(groupBy).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    const parent = access.parents(object).find(({ name }) => name === key);
    if (parent) return groupExpressions(access, parent.object, value as Ordered, `${path}${key}.`);
    const clause: GroupClause = value;
    if (clause.function) return [`${clause.function}(${path}${key})`];
    return clause.group ? [`${path}${key}`] : [];
  });
}

const subtotals = (type: unknown, groups: string): string =>
  type === 'ROLLUP' || type === 'CUBE' ? `${type}(${groups})` : groups;

const PLAIN = ['value', 'displayValue', 'label'];

function selectedExpressions(
  access: Access,
  object: ObjectModel,
  nodes: readonly FieldNode[],
  info: GraphQLResolveInfo,
  path = '',
): string[] {
  return selectedBelow(nodes, info).flatMap((node) => {
    const name = node.name.value;
    const parent = access.parents(object).find((each) => each.name === name);
    if (parent) return selectedExpressions(access, parent.object, [node], info, `${path}${name}.`);
    const field: FieldModel | undefined = access.field(object, name);
    if (!field) return [];
    return selectedBelow([node], info)
      .map((each) => each.name.value)
      .filter((each) => each !== '__typename')
      .map((each) => expressionOf(`${path}${name}`, PLAIN.includes(each) ? 'value' : each));
  });
}
