/** Which declaration a name means: the scopes of a module, worked out once. Every rule about variables and functions asks here. */
import type { Identifier } from 'acorn';
import { type FunctionNode, isFunction, type NodeOf, type SyntaxNode, type SyntaxTree, writtenTargets } from './syntax-tree';

export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'function' | 'class' | 'parameter' | 'variable';
  /** Where it is declared; the first place when a `var` is declared twice. */
  readonly identifier: Identifier;
  /** The specifier, function, class, declarator or catch clause that declares it. */
  readonly declaration: SyntaxNode;
  /** Uses, declarations excluded, in source order. */
  readonly references: readonly Identifier[];
  readonly isTopLevel: boolean;
}

export interface Names {
  /** Undefined for a free name. */
  bindingOf(reference: Identifier): Binding | undefined;
  /** Names that nothing declares, in source order. */
  readonly free: readonly Identifier[];
  readonly bindings: readonly Binding[];
  topLevel(name: string): Binding | undefined;
  /** True for a reference that is assigned to, `x = 1`, `[x] = y`, `x += 1`, `x++`, `for (x of y)`; a declaration is not one. */
  isWritten(reference: Identifier): boolean;
  /** The function that a value surely is: written in place, or named by a declaration or initialised variable. */
  functionBehind(value: SyntaxNode): FunctionNode | undefined;
}

interface MutableBinding extends Binding {
  readonly references: Identifier[];
}

type Scope = Map<string, MutableBinding>;

/** Works out the scopes of a module. */
export function resolveNames(tree: SyntaxTree): Names {
  const scopes = new Map<SyntaxNode, Scope>();
  for (const node of tree.all) if (opensScope(node, tree)) scopes.set(node, new Map());

  const declared = new Set<Identifier>();
  const bindings: MutableBinding[] = [];
  const declare = (owner: SyntaxNode, pattern: SyntaxNode, kind: Binding['kind'], declaration: SyntaxNode): void => {
    const scope = scopes.get(owner)!;
    for (const identifier of writtenTargets(pattern)) {
      if (identifier.type !== 'Identifier') continue;
      declared.add(identifier);
      if (scope.has(identifier.name)) continue;
      const binding: MutableBinding = { name: identifier.name, kind, identifier, declaration, references: [], isTopLevel: owner === tree.program };
      scope.set(identifier.name, binding);
      bindings.push(binding);
    }
  };
  const scopeAround = (node: SyntaxNode): SyntaxNode => tree.enclosing(node, (candidate): candidate is SyntaxNode => scopes.has(candidate)) ?? tree.program;
  const functionAround = (node: SyntaxNode): SyntaxNode => tree.enclosing(node, (candidate): candidate is SyntaxNode => isFunction(candidate) || candidate.type === 'StaticBlock') ?? tree.program;
  declareAll(tree, declare, scopeAround, functionAround);

  const written = new Set<SyntaxNode>();
  for (const node of tree.nodes('AssignmentExpression')) for (const target of writtenTargets(node.left)) written.add(target);
  for (const node of tree.nodes('ForInStatement', 'ForOfStatement')) if (node.left.type !== 'VariableDeclaration') for (const target of writtenTargets(node.left)) written.add(target);
  for (const node of tree.nodes('UpdateExpression')) written.add(node.argument);

  const resolved = new Map<Identifier, MutableBinding>();
  const free: Identifier[] = [];
  for (const identifier of tree.nodes('Identifier')) {
    if (declared.has(identifier) || !isReference(identifier, tree)) continue;
    const binding = lookUp(identifier, tree, scopes);
    if (!binding) {
      free.push(identifier);
    } else if (binding !== 'arguments') {
      resolved.set(identifier, binding);
      binding.references.push(identifier);
    }
  }

  const bindingOf = (reference: Identifier) => resolved.get(reference);
  return {
    bindingOf,
    free,
    bindings,
    topLevel: (name) => scopes.get(tree.program)!.get(name),
    isWritten: (reference) => written.has(reference),
    functionBehind: (value) => {
      if (isFunction(value)) return value;
      if (value.type !== 'Identifier') return undefined;
      const binding = bindingOf(value);
      return binding && functionOf(binding);
    },
  };
}

/** The function that a binding holds from its declaration on. */
export function functionOf({ kind, declaration }: Binding): FunctionNode | undefined {
  if (isFunction(declaration)) return kind === 'function' ? declaration : undefined;
  if (declaration.type !== 'VariableDeclarator' || declaration.id.type !== 'Identifier') return undefined;
  return declaration.init && isFunction(declaration.init) ? declaration.init : undefined;
}

function opensScope(node: SyntaxNode, tree: SyntaxTree): boolean {
  switch (node.type) {
    case 'Program':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
    case 'CatchClause':
    case 'StaticBlock':
      return true;
    case 'BlockStatement': {
      const parent = tree.parentOf(node);
      return !(parent && (isFunction(parent) || parent.type === 'CatchClause'));
    }
    default:
      return false;
  }
}

type Declare = (owner: SyntaxNode, pattern: SyntaxNode, kind: Binding['kind'], declaration: SyntaxNode) => void;

function declareAll(tree: SyntaxTree, declare: Declare, scopeAround: (node: SyntaxNode) => SyntaxNode, functionAround: (node: SyntaxNode) => SyntaxNode): void {
  for (const node of tree.all) {
    switch (node.type) {
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        declare(tree.program, node.local, 'import', node);
        break;
      case 'VariableDeclaration':
        for (const declarator of node.declarations) declare(node.kind === 'var' ? functionAround(node) : scopeAround(node), declarator.id, 'variable', declarator);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        for (const parameter of node.params) declare(node, parameter, 'parameter', node);
        // The name of a function expression is known inside it alone.
        if (node.id) declare(node.type === 'FunctionDeclaration' ? scopeAround(node) : node, node.id, 'function', node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (node.id) declare(node.type === 'ClassDeclaration' ? scopeAround(node) : node, node.id, 'class', node);
        break;
      case 'CatchClause':
        if (node.param) declare(node, node.param, 'variable', node);
        break;
      default:
    }
  }
}

function lookUp(identifier: Identifier, tree: SyntaxTree, scopes: ReadonlyMap<SyntaxNode, Scope>): MutableBinding | 'arguments' | undefined {
  for (let node: SyntaxNode | undefined = identifier; node; node = tree.parentOf(node)) {
    const binding = scopes.get(node)?.get(identifier.name);
    if (binding) return binding;
    if (identifier.name === 'arguments' && isFunction(node) && node.type !== 'ArrowFunctionExpression') return 'arguments';
  }
  return undefined;
}

/** False for names that are not variables: keys, members, labels, the two sides of imports and exports. */
function isReference(identifier: Identifier, tree: SyntaxTree): boolean {
  const parent = tree.parentOf(identifier)!;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === identifier || parent.computed;
    case 'Property':
      return parent.value === identifier || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === identifier || parent.computed;
    case 'ExportSpecifier':
      return parent.local === identifier && (tree.parentOf(parent) as NodeOf<'ExportNamedDeclaration'>).source == null;
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportAttribute':
    case 'ExportAllDeclaration':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return false;
    default:
      return true;
  }
}
