/**
 * Which fields an object of a given type gets from a selection: fragments spread, occurrences of one response key merged,
 * `@skip` and `@include` turned into conditions on variables so that the answer holds for every run.
 */
import { type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLSchema, isAbstractType, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

interface Condition {
  readonly variable: string;
  readonly expected: boolean;
}

/** One place where a field is written; it counts when all conditions hold. */
export interface Occurrence {
  readonly node: FieldNode;
  readonly when: readonly Condition[];
}

/** A selection set that is part of what an object is asked for. */
export interface SelectionSource {
  readonly set: SelectionSetNode;
  readonly when: readonly Condition[];
}

type Variables = Readonly<Record<string, unknown>>;

/** Occurrences by response key, in the order of the query. */
export function collectFields(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLObjectType,
  sources: readonly SelectionSource[],
): Map<string, Occurrence[]> {
  const groups = new Map<string, Occurrence[]>();
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = schema.getType(condition);
    return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
  };
  const collect = ({ set, when }: SelectionSource): void => {
    for (const node of set.selections) {
      const own = conditionsOf(node);
      if (own === 'never') continue;
      const all = own.length > 0 ? [...when, ...own] : when;
      switch (node.kind) {
        case Kind.FIELD: {
          const key = (node.alias ?? node.name).value;
          const group = groups.get(key);
          if (group) group.push({ node, when: all });
          else groups.set(key, [{ node, when: all }]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (applies(node.typeCondition?.name.value)) collect({ set: node.selectionSet, when: all });
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(node.name.value);
          if (fragment && applies(fragment.typeCondition.name.value)) collect({ set: fragment.selectionSet, when: all });
          break;
        }
      }
    }
  };
  for (const source of sources) collect(source);
  return groups;
}

/** What the occurrences of one field ask for below it. With one occurrence its conditions have been tested on the field itself. */
export function selectionsBelow(occurrences: readonly Occurrence[]): SelectionSource[] {
  return occurrences.flatMap(({ node, when }) => (node.selectionSet ? [{ set: node.selectionSet, when: occurrences.length === 1 ? [] : when }] : []));
}

/** True when some run may leave the field out. */
export function isConditional(occurrences: readonly Occurrence[]): boolean {
  return occurrences.every(({ when }) => when.length > 0);
}

export function inclusion(occurrences: readonly Occurrence[]): (variables: Variables) => boolean {
  if (!isConditional(occurrences)) return () => true;
  return (variables) => occurrences.some(({ when }) => hold(when, variables));
}

/** How `@skip` and `@include` on one selection depend on variables. */
export function selectionCondition(node: SelectionNode): { readonly isVariable: boolean; readonly isIncluded: (variables: Variables) => boolean } {
  const conditions = conditionsOf(node);
  if (conditions === 'never') return { isVariable: false, isIncluded: () => false };
  return { isVariable: conditions.length > 0, isIncluded: (variables) => hold(conditions, variables) };
}

function hold(conditions: readonly Condition[], variables: Variables): boolean {
  return conditions.every(({ variable, expected }) => (variables[variable] === true) === expected);
}

/** `never` when a literal settles it; conditions that a literal makes true are left out. */
function conditionsOf(node: SelectionNode): readonly Condition[] | 'never' {
  if (!node.directives || node.directives.length === 0) return [];
  const conditions: Condition[] = [];
  for (const directive of node.directives) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const expected = name === 'include';
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) conditions.push({ variable: value.name.value, expected });
    else if (value?.kind === Kind.BOOLEAN && value.value !== expected) return 'never';
  }
  return conditions;
}
