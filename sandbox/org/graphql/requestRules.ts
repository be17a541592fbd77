import {
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  specifiedRules,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ASTVisitor, DocumentNode, FieldNode, GraphQLSchema, ValidationContext, ValidationRule } from 'graphql';
import { optionalDirective } from './schema.ts';

/** Salesforce runs at most this many record queries for one request. */
const MAX_SUBQUERIES = 10;

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
        if (!isObjectType(parent) && !isInterfaceType(parent)) return;
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
