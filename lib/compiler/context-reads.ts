/** What code reads of the context: which part of it, which member of a part, and where. */
import type { Identifier } from 'acorn';
import { functionOf, type Names } from './names';
import type { ParsedModule } from './parsed-handler';
import type { Span } from './rules/handler-rule';
import { type FunctionNode, isFunction, type NodeOf, type SyntaxNode, type SyntaxTree, writtenName } from './syntax-tree';

/** Parts of the context that a cached answer can depend on; `ctx.request` holds the headers. */
export type ContextPart = 'arguments' | 'source' | 'identity' | 'request';

const contextParts: ReadonlyMap<string | undefined, ContextPart> = new Map([['args', 'arguments'], ['arguments', 'arguments'], ['source', 'source'], ['identity', 'identity'], ['request', 'request']]);

/**
 * The first `ctx.identity`, or `identity` taken out of the context, of each part that an answer can depend on. What is only printed to the log
 * is left out, and so is the parameter of a function that is given something else, as in `items.map((item) => item.source)`.
 */
export function readParts(module: ParsedModule): Partial<Record<ContextPart, Span>> {
  const { tree, names } = module;
  const holds = contextHolders(module);
  const members = tree.nodes('MemberExpression').filter((node) => contextParts.has(writtenName(node)) && isContext(node.object, names, holds));
  const taken = tree.nodes('ObjectPattern').flatMap((pattern) => (takesContextApart(pattern, module, holds) ? pattern.properties.filter((property) => property.type === 'Property') : []));
  const reads: Partial<Record<ContextPart, Span>> = {};
  for (const node of [...members, ...taken]) {
    const part = contextParts.get(writtenName(node));
    if (part && !isPrinted(node, tree)) reads[part] ??= node;
  }
  return reads;
}

/** Every `ctx.args.NAME` that an answer can depend on. */
export function readArguments(module: ParsedModule): { name: string; at: Span }[] {
  return memberReads(module, ['args', 'arguments'], contextHolders(module)).flatMap(({ name, node }) => (isPrinted(node, module.tree) ? [] : [{ name, at: node }]));
}

/**
 * Members read from a part of the context, `<first parameter>.env`, directly, destructured, or through a variable that holds it.
 * @param parts the names of that part: `['env']`, `['args', 'arguments']`
 */
export function memberReads(module: ParsedModule, parts: readonly string[], holds: Holds = anyFunction): { name: string; node: SyntaxNode }[] {
  const { tree, names } = module;
  const isPart = (node: NodeOf<'MemberExpression' | 'Property'>) => parts.includes(writtenName(node) ?? '');
  const wholes: SyntaxNode[] = tree.nodes('MemberExpression').filter((member) => isPart(member) && isContext(member.object, names, holds));
  const holders: Identifier[] = [];
  for (const pattern of tree.nodes('ObjectPattern')) {
    if (!takesContextApart(pattern, module, holds)) continue;
    for (const property of pattern.properties) {
      if (property.type !== 'Property' || !isPart(property)) continue;
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
      if (target.type === 'Identifier') holders.push(target);
      if (target.type === 'ObjectPattern') wholes.push(target);
    }
  }
  for (const whole of wholes) {
    const parent = tree.parentOf(whole);
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') holders.push(parent.id);
  }
  for (const { identifier, references } of names.bindings) if (holders.includes(identifier)) wholes.push(...references);

  return wholes.flatMap((whole) => {
    const read = whole.type === 'ObjectPattern' ? whole.properties.map((property) => (property.type === 'Property' ? writtenName(property) : undefined)) : membersRead(whole, tree);
    return read.flatMap((name) => (name === undefined ? [] : [{ name, node: tree.parentOf(whole) ?? whole }]));
  });
}

/** The members that one use of an object reads, `x.a`, `x['a']`, `const { a } = x`; an undefined among them stands for members that cannot be told. */
export function membersRead(object: SyntaxNode, tree: SyntaxTree): (string | undefined)[] {
  const parent = tree.parentOf(object);
  if (parent?.type === 'ChainExpression') return membersRead(parent, tree);
  if (parent?.type === 'MemberExpression' && parent.object === object) return [writtenName(parent)];
  const isSource = (parent?.type === 'VariableDeclarator' && parent.init === object) || (parent?.type === 'AssignmentExpression' && parent.right === object);
  const pattern = isSource ? (parent.type === 'VariableDeclarator' ? parent.id : parent.left) : undefined;
  if (pattern?.type !== 'ObjectPattern') return [undefined];
  return pattern.properties.map((property) => (property.type === 'Property' ? writtenName(property) : undefined));
}

/** Whether the first parameter of a function may be the context. */
type Holds = (candidate: FunctionNode) => boolean;

const anyFunction: Holds = () => true;

/** A function's first parameter: handlers and their helpers get the context there, under any name. */
export function isContext(value: SyntaxNode, names: Names, holds: Holds = anyFunction): boolean {
  if (value.type !== 'Identifier') return false;
  const binding = names.bindingOf(value);
  return binding?.kind === 'parameter' && isFunction(binding.declaration) && binding.declaration.params[0] === binding.identifier && holds(binding.declaration);
}

/** A pattern that stands for the context: `function request({ env })`, `const { env } = ctx`. */
function takesContextApart(pattern: NodeOf<'ObjectPattern'>, { tree, names }: ParsedModule, holds: Holds): boolean {
  const parent = tree.parentOf(pattern);
  if (parent?.type === 'VariableDeclarator') return parent.init != null && isContext(parent.init, names, holds);
  return parent !== undefined && isFunction(parent) && parent.params[0] === pattern && holds(parent);
}

/** Functions that are given the context: handlers, and what is called with the context of such, or handed to a function that may do so. */
function contextHolders({ tree, names }: ParsedModule): Holds {
  const known = new Map<FunctionNode, boolean>();
  return function holds(candidate): boolean {
    const decided = known.get(candidate);
    if (decided !== undefined) return decided;
    // Until it is decided: one that is only called by itself is not called.
    known.set(candidate, false);
    const uses: readonly SyntaxNode[] = isArgument(candidate) ? [candidate] : (names.bindings.find((binding) => functionOf(binding) === candidate)?.references ?? []);
    const calls = uses.flatMap((use) => {
      const call = tree.parentOf(use);
      return call?.type === 'CallExpression' ? [{ use, call }] : [];
    });
    const isHolder = calls.length === 0 || calls.some(({ use, call: { callee, arguments: [first] } }) => (callee === use ? first !== undefined && isContext(first, names, holds) : callee.type !== 'MemberExpression'));
    known.set(candidate, isHolder);
    return isHolder;
  };

  function isArgument(node: SyntaxNode): boolean {
    const parent = tree.parentOf(node);
    return parent?.type === 'CallExpression' && parent.callee !== node;
  }
}

/** True in the arguments of `console.log` and its kin: what is read there changes no answer. */
function isPrinted(node: SyntaxNode, tree: SyntaxTree): boolean {
  const isConsoleCall = (candidate: SyntaxNode): candidate is NodeOf<'CallExpression'> =>
    candidate.type === 'CallExpression' && candidate.callee.type === 'MemberExpression' && candidate.callee.object.type === 'Identifier' && candidate.callee.object.name === 'console';
  return tree.enclosing(node, isConsoleCall) !== undefined;
}
