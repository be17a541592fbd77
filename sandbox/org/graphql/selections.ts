import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** The fields that a request selects below some nodes, with fragments opened and skipped ones left out. */
export function selectedBelow(nodes: readonly FieldNode[], info: GraphQLResolveInfo): FieldNode[] {
  return nodes.flatMap((node) => (node.selectionSet ? open(node.selectionSet, info) : []));
}

/** The selected fields below a path of field names. */
export function selectedAt(path: string[], nodes: readonly FieldNode[], info: GraphQLResolveInfo): FieldNode[] {
  return path.reduce<readonly FieldNode[]>(
    (found, name) => selectedBelow(found, info).filter((node) => node.name.value === name),
    nodes,
  ) as FieldNode[];
}

function open(set: SelectionSetNode, info: GraphQLResolveInfo): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.['if'] === true) return [];
    if (getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.['if'] === false) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return open(selection.selectionSet, info);
    const fragment = info.fragments[selection.name.value];
    return fragment ? open(fragment.selectionSet, info) : [];
  });
}
