/** Where a handler calls the functions of AppSync's `extensions`, and the fields it names there. */
import { exportsOf } from './handler-program';
import type { ParsedModule } from './parsed-handler';
import type { Span } from './rules/handler-rule';
import { isFunction, literalText, type NodeOf, type SyntaxNode, writtenName } from './syntax-tree';
import { WrittenValues } from './written-values';

export interface ExtensionCall {
  /** `setSubscriptionFilter`, … */
  readonly name: string;
  readonly at: Span;
  /** The exported function that the call stands in; absent for a function of its own. */
  readonly handler?: 'request' | 'response';
  /** What is written out: each argument, and the member `subscriptionField` of the first. */
  readonly texts: { readonly arguments: readonly (string | undefined)[]; readonly subscriptionField?: string };
  /** Names of the members of the third argument, in their order, if all of them are written out. */
  readonly keys?: { readonly names: readonly string[]; readonly at: Span };
}

export function readExtensionCalls({ tree, names }: ParsedModule): ExtensionCall[] {
  const values = new WrittenValues(tree, names);
  const exports = exportsOf(tree, names);
  const handlers = (['request', 'response'] as const).map((name) => ({ name, declaration: exports.get(name)?.declaration }));
  return tree.nodes('CallExpression').flatMap((call): ExtensionCall[] => {
    const { callee } = call;
    const name = callee.type === 'MemberExpression' && isExtensions(callee.object) ? writtenName(callee) : undefined;
    if (name === undefined) return [];
    const [first] = call.arguments;
    const object = first && values.objectBehind(first);
    const field = object && values.member(object, 'subscriptionField')?.value;
    const subscriptionField = field && literalText(field);
    const third = call.arguments[2];
    const keys = third && keysOf(third);
    const around = tree.enclosing(call, isFunction);
    const handler = handlers.find(({ declaration }) => around && (declaration === around || (declaration?.type === 'VariableDeclarator' && declaration.init === around)))?.name;
    return [{ name, at: callee, ...(handler ? { handler } : {}), ...(keys ? { keys } : {}), texts: { arguments: call.arguments.map((argument) => literalText(argument)), ...(subscriptionField === undefined ? {} : { subscriptionField }) } }];
  });

  function keysOf(value: SyntaxNode): ExtensionCall['keys'] {
    const object = values.objectBehind(value);
    if (!object || !values.isComplete(object)) return undefined;
    return { names: object.properties.flatMap((property) => (property.type === 'Property' ? (writtenName(property) ?? []) : [])), at: value };
  }

  /** The global, or the import. */
  function isExtensions(node: NodeOf<'MemberExpression'>['object']): boolean {
    if (node.type !== 'Identifier') return false;
    const binding = names.bindingOf(node);
    if (!binding) return node.name === 'extensions';
    const { declaration } = binding;
    return declaration.type === 'ImportSpecifier' && declaration.imported.type === 'Identifier' && declaration.imported.name === 'extensions';
  }
}
