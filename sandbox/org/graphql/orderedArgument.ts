import { Kind } from 'graphql';
import type { GraphQLResolveInfo, ValueNode } from 'graphql';

/** An argument's object as written, keys in the order of the request. */
export type Ordered = Record<string, unknown>;

/**
 * An argument of the field being resolved with its keys in the order of the request. graphql-js hands resolvers input
 * objects in the order of the schema, but in `orderBy` and `groupBy` the order is what the client says.
 */
export function orderedArgument(info: GraphQLResolveInfo, name: string): Ordered | undefined {
  const node = info.fieldNodes[0]?.arguments?.find((argument) => argument.name.value === name);
  const value = node && plainValue(node.value, info);
  return typeof value === 'object' && value !== null ? (value as Ordered) : undefined;
}

function plainValue(node: ValueNode, info: GraphQLResolveInfo): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variable(node.name.value, info);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, plainValue(field.value, info)]));
    case Kind.LIST:
      return node.values.map((each) => plainValue(each, info));
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}

function variable(name: string, info: GraphQLResolveInfo): unknown {
  const given = info.variableValues.sources[name];
  if (given?.value !== undefined) return given.value;
  const definition = info.operation.variableDefinitions?.find((each) => each.variable.name.value === name);
  return definition?.defaultValue && plainValue(definition.defaultValue, info);
}
