/**
 * The conditions of subscription filters that a handler writes out, with their places: objects of `fieldName`, `operator` and `value`, and the
 * argument of `toSubscriptionFilter`. What is computed is left out, never guessed.
 */
import type { SourceLocation } from '../diagnostics';
import type { ParsedHandler } from './parsed-handler';
import type { WrittenName } from './requests';
import { literalText, type NodeOf, type SyntaxNode, writtenName } from './syntax-tree';
import { WrittenValues } from './written-values';

export interface WrittenCondition {
  readonly field: WrittenName;
  /** Absent when it is computed. */
  readonly operator?: WrittenName;
  /** How many members the list has that is compared with; absent when that is no list, or not sure. */
  readonly listLength?: number;
  /** Of what is compared with, when the code writes it out. */
  readonly valueKind?: 'null' | 'single' | 'list';
  /** Of a text that is compared with; absent when it is computed. */
  readonly textLength?: number;
}

export interface WrittenFilters {
  /** In source order. */
  readonly conditions: readonly WrittenCondition[];
  /**
   * The conditions of every `filters` list, by the `filterGroup` around them: those that are surely there, whether written in place, behind
   * a constant or pushed one by one. More may join them.
   */
  readonly groups: readonly (readonly (readonly WrittenCondition[])[])[];
  locate(at: { readonly start: number; readonly end: number }): SourceLocation;
}

/**
 * @returns undefined for code that sets no filter or does not parse, and for code that also sets an invalidation filter: which filter a
 * condition belongs to is then not sure, and an invalidation may be about any payload
 */
export function readSubscriptionFilters({ code, module, original }: ParsedHandler): WrittenFilters | undefined {
  if (!module || !code.text.includes('setSubscriptionFilter') || code.text.includes('setSubscriptionInvalidationFilter')) return undefined;
  const { tree, names } = module;
  const values = new WrittenValues(tree, names);
  const byObject = new Map<SyntaxNode, WrittenCondition>();
  for (const object of tree.nodes('ObjectExpression')) {
    const condition = conditionOf(object, values);
    if (condition) byObject.set(object, condition);
  }
  const transformed = tree.nodes('CallExpression').flatMap((call) => {
    const isTransform = call.callee.type === 'MemberExpression' && writtenName(call.callee) === 'toSubscriptionFilter';
    return isTransform ? [call.arguments[0], call.arguments[2]].flatMap((argument) => (argument?.type === 'ObjectExpression' ? conditionsIn(argument) : [])) : [];
  });
  const groups = tree.nodes('Property').flatMap((property) => {
    const entries = writtenName(property) === 'filterGroup' ? values.elementsOf(property.value) : undefined;
    return entries ? [entries.map((entry) => entryConditions(entry, byObject, values))] : [];
  });
  const conditions = [...byObject.values(), ...transformed].sort((a, b) => a.field.at.start - b.field.at.start);
  return { conditions, groups, locate: (span) => original.locate(span) };
}

function entryConditions(entry: SyntaxNode, byObject: ReadonlyMap<SyntaxNode, WrittenCondition>, values: WrittenValues): WrittenCondition[] {
  const object = values.objectBehind(entry);
  const filters = object && values.member(object, 'filters')?.value;
  const elements = (filters && values.elementsOf(filters)) ?? [];
  return elements.flatMap((element) => byObject.get(values.objectBehind(element) ?? element) ?? []);
}

/** `{ fieldName: 'id', operator: 'eq', value: … }` */
function conditionOf(object: NodeOf<'ObjectExpression'>, values: WrittenValues): WrittenCondition | undefined {
  const field = values.member(object, 'fieldName')?.value;
  const operator = values.member(object, 'operator')?.value;
  const value = values.member(object, 'value')?.value;
  const name = field && literalText(field);
  if (!field || name === undefined || !operator || !value) return undefined;
  const operatorName = literalText(operator);
  return { field: { name, at: field }, ...(operatorName === undefined ? {} : { operator: { name: operatorName, at: operator } }), ...sizeOf(value) };
}

/** `{ id: { eq: … }, or: [{ … }] }` */
function conditionsIn(filter: NodeOf<'ObjectExpression'>): WrittenCondition[] {
  return filter.properties.flatMap((property): WrittenCondition[] => {
    const name = property.type === 'Property' ? writtenName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) return [];
    const { key, value } = property;
    if (name === 'and' || name === 'or') return value.type === 'ArrayExpression' ? value.elements.flatMap((element) => (element?.type === 'ObjectExpression' ? conditionsIn(element) : [])) : [];
    if (value.type !== 'ObjectExpression') return [{ field: { name, at: key } }];
    return value.properties.flatMap((comparison): WrittenCondition[] => {
      const operator = comparison.type === 'Property' ? writtenName(comparison) : undefined;
      if (comparison.type !== 'Property' || operator === undefined) return [{ field: { name, at: key } }];
      return [{ field: { name, at: key }, operator: { name: operator, at: comparison.key }, ...sizeOf(comparison.value) }];
    });
  });
}

function sizeOf(value: SyntaxNode): Pick<WrittenCondition, 'listLength' | 'textLength' | 'valueKind'> {
  const text = literalText(value);
  if (text !== undefined) return { textLength: text.length, valueKind: 'single' };
  if (value.type === 'Literal') return { valueKind: value.value === null ? 'null' : 'single' };
  if (value.type !== 'ArrayExpression') return {};
  const isWhole = value.elements.every((element) => element?.type !== 'SpreadElement');
  return { valueKind: 'list', ...(isWhole ? { listLength: value.elements.length } : {}) };
}
