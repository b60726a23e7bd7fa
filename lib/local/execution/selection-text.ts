/**
 * `ctx.info.selectionSetList` and `selectionSetGraphQL` of a field.
 * Source: AppSync developer guide, "Resolver context object reference", section info.
 */
import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, getNamedType, type GraphQLNamedType, type GraphQLSchema, isCompositeType, isObjectType, Kind, print, type SelectionNode, type SelectionSetNode } from 'graphql';

export interface SelectionText {
  /** Slash paths in selection order, aliases in place of names; of an interface or union only what the interface itself has. */
  readonly selectionSetList: readonly string[];
  /** Text of the selection set with named fragments as they were written; empty for a leaf field. */
  readonly selectionSetGraphQL: string;
}

/** @param isSkipped tells whether `@skip` or `@include` removes a selection in this request */
export function selectionText(
  schema: GraphQLSchema,
  document: DocumentNode,
  type: GraphQLNamedType,
  nodes: readonly FieldNode[],
  isSkipped: (node: SelectionNode) => boolean,
): SelectionText {
  const fragments = fragmentsOf(document);
  const paths = new Set<string>();

  const walk = (set: SelectionSetNode, parent: GraphQLNamedType, prefix: string): void => {
    for (const selection of set.selections) {
      if (isSkipped(selection)) continue;
      switch (selection.kind) {
        case Kind.FIELD: {
          const path = prefix + (selection.alias ?? selection.name).value;
          const definition = isCompositeType(parent) && 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
          if (!definition && selection.name.value !== '__typename') continue;
          paths.add(path);
          if (selection.selectionSet && definition) walk(selection.selectionSet, getNamedType(definition.type), `${path}/`);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (isVisible(schema, parent, selection.typeCondition?.name.value)) walk(selection.selectionSet, parent, prefix);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (fragment && isVisible(schema, parent, fragment.typeCondition.name.value)) walk(fragment.selectionSet, parent, prefix);
          break;
        }
      }
    }
  };
  for (const node of nodes) if (node.selectionSet) walk(node.selectionSet, type, '');

  return {
    selectionSetList: [...paths],
    selectionSetGraphQL: nodes.map((node) => (node.selectionSet ? print(node.selectionSet) : '')).join('\n'),
  };
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** A condition on the type itself, or on an interface of an object type, hides nothing. */
function isVisible(schema: GraphQLSchema, parent: GraphQLNamedType, condition: string | undefined): boolean {
  if (condition === undefined || condition === parent.name) return true;
  const conditionType = schema.getType(condition);
  return isObjectType(parent) && conditionType !== undefined && 'getFields' in conditionType && parent.getInterfaces().some((i) => i.name === condition);
}
