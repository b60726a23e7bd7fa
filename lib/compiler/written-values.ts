/**
 * What an expression of a handler surely is: the literal written in place, or the constant of that name if nothing ever changes it.
 * Hides variables, spreads and computed names; in doubt the answer is undefined.
 */
import type { Names } from './names';
import { type FunctionNode, isFunction, literalText, type NodeOf, type SyntaxNode, type SyntaxTree, writtenName } from './syntax-tree';

export class WrittenValues {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly names: Names,
  ) {}

  isComplete(object: NodeOf<'ObjectExpression'>): boolean {
    return object.properties.every((property) => property.type === 'Property' && writtenName(property) !== undefined);
  }

  /** A member that nothing later in the literal can overrule. */
  member(object: NodeOf<'ObjectExpression'>, name: string): NodeOf<'Property'> | undefined {
    for (const property of [...object.properties].reverse()) {
      if (property.type !== 'Property') {
        if (this.surelyLacks(property.argument, name)) continue;
        return undefined;
      }
      const written = writtenName(property);
      if (written === name) return property;
      if (written === undefined) return undefined;
    }
    return undefined;
  }

  /** True for a value that has no member of that name, whatever happens: `{ limit }`, `more ? { nextToken } : {}`, a call of a function that returns such. */
  private surelyLacks(value: SyntaxNode, name: string, depth = 0): boolean {
    const lacks = (inner: SyntaxNode) => this.surelyLacks(inner, name, depth + 1);
    // A call may come back to itself, which is reported elsewhere.
    if (depth > 10) return false;
    switch (value.type) {
      case 'ObjectExpression':
        return value.properties.every((property) => (property.type === 'Property' ? ![undefined, name].includes(writtenName(property)) : lacks(property.argument)));
      case 'Literal':
        return true;
      case 'ConditionalExpression':
        return lacks(value.consequent) && lacks(value.alternate);
      case 'LogicalExpression':
        // What is false has no members at all.
        return lacks(value.right) && (value.operator === '&&' || lacks(value.left));
      case 'ParenthesizedExpression':
        return lacks(value.expression);
      case 'CallExpression': {
        const called = this.names.functionBehind(value.callee);
        const returned = called && this.returnedBy(called);
        return returned !== undefined && returned.every(lacks);
      }
      default: {
        const constant = this.constant(value);
        return constant !== undefined && lacks(constant);
      }
    }
  }

  /** Undefined for a function that may return nothing, or is no plain one. */
  private returnedBy(called: FunctionNode): readonly SyntaxNode[] | undefined {
    if (called.async || called.generator) return undefined;
    if (called.body.type !== 'BlockStatement') return [called.body];
    const statements = this.tree.nodes('ReturnStatement').filter((statement) => this.tree.enclosing(statement, isFunction) === called);
    return statements.every(({ argument }) => argument) ? statements.flatMap(({ argument }) => argument ?? []) : undefined;
  }

  objectOf(object: NodeOf<'ObjectExpression'>, name: string): NodeOf<'ObjectExpression'> | undefined {
    const value = this.member(object, name)?.value;
    return value && this.objectBehind(value);
  }

  /** The literal that a value surely is: written in place, or the constant of that name, if it is never touched. */
  objectBehind(value: SyntaxNode): NodeOf<'ObjectExpression'> | undefined {
    const inner = value.type === 'ParenthesizedExpression' ? value.expression : value;
    if (inner.type === 'ObjectExpression') return inner;
    const constant = this.constant(inner);
    return constant?.type === 'ObjectExpression' ? constant : undefined;
  }

  /** What a variable holds for all its life. */
  constant(value: SyntaxNode): SyntaxNode | undefined {
    const binding = value.type === 'Identifier' ? this.names.bindingOf(value) : undefined;
    if (binding?.declaration.type !== 'VariableDeclarator' || binding.declaration.id.type !== 'Identifier') return undefined;
    // Nothing yet while it is declared, as in `const a = [a]`; who follows constants would never come to an end.
    if (value.start < binding.declaration.end && this.tree.enclosing(value, isFunction) === this.tree.enclosing(binding.declaration, isFunction)) return undefined;
    return binding.references.some((reference) => this.isTouched(reference)) ? undefined : (binding.declaration.init ?? undefined);
  }

  /** True for a use of a variable that writes it or a member of it. */
  private isTouched(reference: NodeOf<'Identifier'>): boolean {
    if (this.names.isWritten(reference)) return true;
    let node: SyntaxNode = reference;
    for (let parent = this.tree.parentOf(node); parent?.type === 'MemberExpression' && parent.object === node; parent = this.tree.parentOf(node)) node = parent;
    const user = this.tree.parentOf(node);
    if (node !== reference && user?.type === 'AssignmentExpression') return user.left === node;
    if (user?.type === 'UpdateExpression') return true;
    if (node !== reference && user?.type === 'CallExpression' && user.callee === node) return node.type === 'MemberExpression' && changers.test(writtenName(node) ?? '');
    if (user?.type === 'UnaryExpression') return user.operator === 'delete';
    // `Object.assign(x, …)` and functions of the author's own may give it members.
    return node === reference && user?.type === 'CallExpression' && user.arguments[0] === reference && this.helperName(user.callee) === undefined && !isPure(user.callee);
  }

  /**
   * The elements that a list surely has, in order: those written in place or behind a constant, and what is pushed right after the
   * declaration, in the same block. There may be more of them. Undefined when the list is computed.
   */
  elementsOf(value: SyntaxNode): readonly SyntaxNode[] | undefined {
    if (value.type === 'ArrayExpression') return value.elements.flatMap((element) => (element && element.type !== 'SpreadElement' ? [element] : []));
    const binding = value.type === 'Identifier' ? this.names.bindingOf(value) : undefined;
    const { declaration } = binding ?? {};
    if (!binding || declaration?.type !== 'VariableDeclarator' || declaration.init?.type !== 'ArrayExpression') return undefined;
    const block = this.blockOf(declaration);
    const pushes = binding.references.map((reference) => this.pushOf(reference));
    const isOnlyPushed = binding.references.every((reference, index) => pushes[index] !== undefined || !this.isTouched(reference));
    if (!isOnlyPushed) return undefined;
    const sure = pushes.flatMap((push) => (push && block !== undefined && this.blockOf(push) === block ? push.arguments : []));
    return [...(this.elementsOf(declaration.init) ?? []), ...sure.filter(({ type }) => type !== 'SpreadElement')];
  }

  /** `list.push(…)` for `list`. */
  private pushOf(list: SyntaxNode): NodeOf<'CallExpression'> | undefined {
    const member = this.tree.parentOf(list);
    const call = member && this.tree.parentOf(member);
    return member?.type === 'MemberExpression' && member.object === list && writtenName(member) === 'push' && call?.type === 'CallExpression' && call.callee === member ? call : undefined;
  }

  /** The block that a declaration or an expression statement stands in. */
  private blockOf(node: SyntaxNode): SyntaxNode | undefined {
    const statement = this.tree.parentOf(node);
    return statement?.type === 'VariableDeclaration' || statement?.type === 'ExpressionStatement' ? this.tree.parentOf(statement) : undefined;
  }

  /** True when the document is held in a variable that gets members later. */
  isChanged(document: NodeOf<'ObjectExpression'>): boolean {
    const holder = this.tree.parentOf(document);
    if (holder?.type !== 'VariableDeclarator' || holder.id.type !== 'Identifier') return false;
    const { id } = holder;
    const references = this.names.bindings.find(({ identifier }) => identifier === id)?.references ?? [];
    return references.some((reference) => this.isTouched(reference));
  }

  /** The name a function of `@aws-appsync/utils/dynamodb` is exported under. */
  helperName(callee: SyntaxNode): string | undefined {
    const helper = this.helperOf(callee);
    return helper?.module === '@aws-appsync/utils/dynamodb' ? helper.name : undefined;
  }

  /** A function of an imported module: the module, and the name it is exported under. */
  helperOf(callee: SyntaxNode): { readonly module: string; readonly name: string } | undefined {
    const isNamespaceMember = callee.type === 'MemberExpression' && callee.object.type === 'Identifier';
    const identifier = isNamespaceMember ? callee.object : callee;
    const declaration = identifier.type === 'Identifier' ? this.names.bindingOf(identifier)?.declaration : undefined;
    const imported = declaration && this.tree.parentOf(declaration);
    if (imported?.type !== 'ImportDeclaration') return undefined;
    const name = isNamespaceMember ? (declaration?.type === 'ImportNamespaceSpecifier' ? writtenName(callee) : undefined) : importedName(declaration);
    return name === undefined ? undefined : { module: String(imported.source.value), name };
  }
}

function importedName(declaration: SyntaxNode | undefined): string | undefined {
  if (declaration?.type !== 'ImportSpecifier') return undefined;
  return declaration.imported.type === 'Identifier' ? declaration.imported.name : literalText(declaration.imported);
}

/** Methods that change the list they are called on. */
const changers = /^(push|pop|shift|unshift|splice|sort|reverse|fill)$/;

/** Functions that leave what they are given as it is. */
function isPure(callee: SyntaxNode): boolean {
  return callee.type === 'MemberExpression' && /^(to[A-Z]\w*|stringify|keys|values|entries)$/.test(writtenName(callee) ?? '');
}
