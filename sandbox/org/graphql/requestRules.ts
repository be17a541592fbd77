import {
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  isUnionType,
  specifiedRules,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type {
  ASTVisitor,
  DocumentNode,
  FieldNode,
  GraphQLNamedType,
  GraphQLSchema,
  ValidationContext,
  ValidationRule,
} from 'graphql';
import { optionalDirective } from './schema.ts';

/** Salesforce runs at most this many record queries for one request. */
const MAX_SUBQUERIES = 10;
/** As many levels from a child up to its parents, and as many steps to a parent in the whole request. */
const MAX_PARENT_LEVELS = 5;
const MAX_PARENTS = 55;

/**
 * Takes out the fields marked `@optional` that the user's schema does not have.
 *
 * Source: GraphQL API Developer Guide, "Query Objects Examples" (query-record-examples), optional fields.
 */
export function dropOptionalFields(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node: FieldNode) => {
        const optional = node.directives?.some(({ name }) => name.value === optionalDirective.name);
        const parent = types.getParentType();
        return optional && parent && !types.getFieldDef() ? null : undefined;
      },
    }),
  );
}

/** The rules of a valid request: GraphQL's own, unknown fields in Salesforce's words, and the limit of subqueries. */
export const requestRules: readonly ValidationRule[] = [
  ...specifiedRules.filter(({ name }) => name !== 'FieldsOnCorrectTypeRule'),
  unknownFields,
  subqueryLimit,
  parentLimits,
];

/** Source: GraphQL API Developer Guide, "Status Codes and Error Responses" (query-status). */
function unknownFields(context: ValidationContext): ASTVisitor {
  const path: string[] = [];
  return {
    Field: {
      enter(node) {
        path.push(node.name.value);
        const parent = context.getParentType();
        if (!parent || context.getFieldDef()) return;
        if (!isObjectType(parent) && !isInterfaceType(parent) && !isUnionType(parent)) return;
        context.reportError(
          new GraphQLError(
            `Validation error (FieldUndefined@[${path.join('/')}]) : Field '${node.name.value}' in type ` +
              `'${parent.name}' is undefined`,
            { nodes: node },
          ),
        );
      },
      leave() {
        path.pop();
      },
    },
  };
}

/** Source: GraphQL API Developer Guide, "GraphQL API Query Limitations" (query-limits). */
function subqueryLimit(context: ValidationContext): ASTVisitor {
  let count = 0;
  return {
    OperationDefinition: {
      enter() {
        count = 0;
      },
      leave(node) {
        if (count <= MAX_SUBQUERIES) return;
        context.reportError(
          new GraphQLError(
            `The request holds ${count} subqueries, at most ${MAX_SUBQUERIES} are allowed. Split it into several.`,
            { nodes: node },
          ),
        );
      },
    },
    Field() {
      const type = context.getType();
      if (type && getNamedType(type).name.endsWith('Connection')) count += 1;
    },
  };
}

/** Source: GraphQL API Developer Guide, "GraphQL API Query Limitations" (query-limits). */
function parentLimits(context: ValidationContext): ASTVisitor {
  let parents = 0;
  /** For each open field: how many steps to a parent lead to it from the record of the query that it is in. */
  const levels: number[] = [];
  const refuse = (node: FieldNode, message: string): void =>
    context.reportError(new GraphQLError(message, { nodes: node }));
  return {
    Field: {
      enter(node) {
        const [from, to] = [context.getParentType(), getNamedType(context.getType() ?? undefined)];
        const before = levels.at(-1) ?? 0;
        const isStep = isRecord(from) && isRecord(to);
        const level = isStep ? before + 1 : isRecord(from) && to?.name.endsWith('Connection') ? 0 : before;
        levels.push(level);
        if (!isStep) return;
        parents += 1;
        if (level === MAX_PARENT_LEVELS + 1) {
          refuse(
            node,
            `${node.name.value} is more than ${MAX_PARENT_LEVELS} levels above its child. Query it by itself.`,
          );
        }
        if (parents === MAX_PARENTS + 1) {
          refuse(node, `The request names more than ${MAX_PARENTS} parents. Split it into several.`);
        }
      },
      leave() {
        levels.pop();
      },
    },
  };
}

/** Whether a type is that of records, or of one of several kinds of record. */
function isRecord(type: GraphQLNamedType | null | undefined): boolean {
  if (isUnionType(type)) return type.getTypes().every(isRecord);
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Record');
}
