/** A parsed module, indexed: nodes by type in source order, and the parent of each. Hides acorn's tree shape; rules never walk it themselves. */
import { type AnyNode, parse, type Program } from 'acorn';

export type SyntaxNode = AnyNode;
export type NodeType = AnyNode['type'];
export type NodeOf<T extends NodeType> = Extract<AnyNode, { type: T }>;
export type FunctionNode = NodeOf<'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'>;

export interface SyntaxTree {
  readonly code: string;
  readonly program: Program;
  /** Every node, parents before children, otherwise in source order. */
  readonly all: readonly SyntaxNode[];
  /** Nodes of the given types, in source order. */
  nodes<T extends NodeType>(...types: T[]): NodeOf<T>[];
  /** Undefined for the program alone. */
  parentOf(node: SyntaxNode): SyntaxNode | undefined;
  /** The nearest node around `node` (itself excluded) that passes. */
  enclosing<N extends SyntaxNode>(node: SyntaxNode, test: (candidate: SyntaxNode) => candidate is N): N | undefined;
}

export interface SyntaxProblem {
  /** Acorn's text without the position, lower case. */
  readonly message: string;
  /** 0-based offset. */
  readonly offset: number;
}

/** The tree of an ES module, or why it has none. */
export function parseModule(code: string): SyntaxTree | SyntaxProblem {
  try {
    return indexed(code, parse(code, { ecmaVersion: 'latest', sourceType: 'module' }));
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('pos' in error)) throw error;
    const message = error.message.replace(/ \(\d+:\d+\)$/, '');
    return { message: message.charAt(0).toLowerCase() + message.slice(1), offset: Number(error.pos) };
  }
}

export function isFunction(node: SyntaxNode): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** The name of a property, member or key when it is written out: `a.b`, `a['b']`, `{ b: … }`, `{ 'b': … }`. */
export function writtenName(node: NodeOf<'MemberExpression' | 'Property'>): string | undefined {
  const name = node.type === 'MemberExpression' ? node.property : node.key;
  if (!node.computed && name.type === 'Identifier') return name.name;
  return literalText(name);
}

/** The text of a string literal or of a template without expressions. */
export function literalText(node: SyntaxNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The variables and members that an assignment to `target` writes: more than one when it destructures. */
export function writtenTargets(target: SyntaxNode): SyntaxNode[] {
  switch (target.type) {
    case 'ObjectPattern':
      return target.properties.flatMap((property) => writtenTargets(property.type === 'Property' ? property.value : property.argument));
    case 'ArrayPattern':
      return target.elements.flatMap((element) => (element ? writtenTargets(element) : []));
    case 'AssignmentPattern':
      return writtenTargets(target.left);
    case 'RestElement':
      return writtenTargets(target.argument);
    default:
      return [target];
  }
}

function indexed(code: string, program: Program): SyntaxTree {
  const all: SyntaxNode[] = [];
  const parents = new Map<SyntaxNode, SyntaxNode>();
  const byType = new Map<NodeType, SyntaxNode[]>();
  // A stack of our own: a long chain of operators is a deep tree.
  const pending: SyntaxNode[] = [program];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    all.push(node);
    const sameType = byType.get(node.type);
    if (sameType) sameType.push(node);
    else byType.set(node.type, [node]);
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i]!;
      // `export { a }` holds one node as both its names.
      if (parents.has(child)) continue;
      parents.set(child, node);
      pending.push(child);
    }
  }
  const start = (node: SyntaxNode) => node.start;
  return {
    code,
    program,
    all,
    nodes: <T extends NodeType>(...types: T[]) => {
      const found = types.flatMap((type) => byType.get(type) ?? []) as NodeOf<T>[];
      return types.length > 1 ? found.sort((a, b) => start(a) - start(b)) : found;
    },
    parentOf: (node) => parents.get(node),
    enclosing: (node, test) => {
      for (let parent = parents.get(node); parent; parent = parents.get(parent)) if (test(parent)) return parent;
      return undefined;
    },
  };
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
