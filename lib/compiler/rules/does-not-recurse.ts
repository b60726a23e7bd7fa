import type { HandlerProgram } from '../handler-program';
import { type Binding, functionOf } from '../names';
import { type FunctionNode, isFunction, type SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

export const doesNotRecurse: HandlerRule = {
  code: 'RES_RECURSION',
  severity: 'error',
  summary: 'no function calls itself, directly or through others',
  url: supportedFeatures,
  *check(handler) {
    const calls = callGraph(handler);
    const reported = new Set<FunctionNode>();
    for (const start of calls.keys()) {
      const cycle = reported.has(start) ? undefined : shortestCycle(start, calls);
      if (!cycle) continue;
      for (const { callee } of cycle) reported.add(callee);
      const last = cycle.at(-1)!;
      const names = cycle.map(({ name }) => `"${name}"`);
      const message = cycle.length === 1 ? `the function ${names[0]} calls itself` : `the function "${last.name}" calls itself through ${names.slice(0, -1).join(', ')}`;
      yield { at: last.at, message, fix: 'write the levels out, or let the data source or the schema walk the tree' };
    }
  },
};

interface Call {
  readonly callee: FunctionNode;
  readonly name: string;
  readonly at: SyntaxNode;
}

/** Calls by the named function they are made in; a function handed to an array method counts as called. */
function callGraph({ bindings, tree, names }: HandlerProgram): Map<FunctionNode, Call[]> {
  const named = new Map<FunctionNode, Binding>();
  for (const binding of bindings) {
    const target = functionOf(binding);
    if (target) named.set(target, binding);
  }
  const calls = new Map<FunctionNode, Call[]>([...named.keys()].map((each) => [each, []]));
  for (const { name, references, declaration } of bindings) {
    for (const reference of references) {
      const callee = names.functionBehind(reference);
      const parent = tree.parentOf(reference);
      if (!callee || declaration.type === 'ClassDeclaration' || parent?.type !== 'CallExpression') continue;
      const caller = tree.enclosing(reference, (node): node is FunctionNode => isFunction(node) && named.has(node));
      if (caller) calls.get(caller)!.push({ callee, name, at: reference });
    }
  }
  return calls;
}

/** The calls of a shortest way from a function back to itself, breadth first. */
function shortestCycle(start: FunctionNode, calls: ReadonlyMap<FunctionNode, readonly Call[]>): Call[] | undefined {
  const seen = new Set<FunctionNode>();
  let paths: Call[][] = (calls.get(start) ?? []).map((call) => [call]);
  while (paths.length > 0) {
    const closed = paths.find((path) => path.at(-1)!.callee === start);
    if (closed) return closed;
    const open = paths.filter((path) => !seen.has(path.at(-1)!.callee) && seen.add(path.at(-1)!.callee));
    paths = open.flatMap((path) => (calls.get(path.at(-1)!.callee) ?? []).map((call) => [...path, call]));
  }
  return undefined;
}
