/**
 * Turns an APPSYNC_JS module into a classic script the sandbox can run: imports and exports become plain bindings, and
 * counters are put into loops, functions and spreads so that no handler can run on or fill the memory.
 * A `vm` timeout would do that too, at ten times the price of a typical handler.
 */
import { type AnyNode, type ImportDeclaration, type ModuleDeclaration, parse, type Program, type Statement } from 'acorn';
import { type Edit, type EditedText, editText, positionAt } from './edited-text';
import { forbiddenSyntax } from './forbidden-syntax';

/** Iterations one run of a `for…of` or `for…in` may make. Source: AppSync quotas, "Iterations per loops in resolvers, functions, and handlers". */
export const maxLoopIterations = 1_000;

/** Steps (loop iterations, calls, copied elements) one handler call may take. Assumed: AppSync states no such number; it only ends runaway code. */
export const maxWork = 5_000_000;

/** Names of what each legal import specifier exports. */
export type ModuleExports = ReadonlyMap<string, ReadonlySet<string>>;

export interface SandboxScript {
  /** An expression: `(realm, modules) => () => ({ request?, response? })`. */
  readonly source: EditedText;
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
  /** True when running the module again would give nothing new: it only declares functions and constants of primitive value. */
  readonly isStateless: boolean;
}

/** The code is not something AppSync accepts. `message` starts with the place: `code.js:3:5: …`. */
export class HandlerCodeError extends Error {}

/**
 * @param globals names the realm offers as globals, bound once as constants
 * @throws HandlerCodeError
 */
export function toSandboxScript(code: string, modules: ModuleExports, globals: readonly string[]): SandboxScript {
  const edits: Edit[] = [];
  const program = parseModule(code, edits);
  const prefix = unusedPrefix(code);
  const imports: string[] = [];
  const handlers = new Map<string, string>();

  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      imports.push(bindImport(code, statement, modules, prefix));
      edits.push({ start: statement.start, end: statement.end, text: '' });
    } else {
      unwrapExport(code, statement, handlers, edits);
    }
  }
  const { loops, assigned } = new Instrumentation(code, prefix, edits).run(program);

  const request = handlers.get('request');
  const response = handlers.get('response');
  const members = [request && `request:${request}`, response && `response:${response}`].filter(Boolean);
  const counters = Array.from({ length: loops }, (_, i) => `,${prefix}${i}=0`).join('');
  const head = `(${prefix},${prefix}m)=>{"use strict";const {${globals.join(',')}}=${prefix}.globals;let ${prefix}x${counters};return()=>{${imports.join('')}`;
  const tail = `\n;return{${members.join(',')}};}}`;

  edits.sort((a, b) => a.start - b.start);
  return {
    source: editText(code, [{ start: 0, end: 0, text: head }, ...edits, { start: code.length, end: code.length, text: tail }]),
    hasRequest: request !== undefined,
    hasResponse: response !== undefined,
    isStateless: program.body.every((statement) => onlyDeclares(statement, assigned)),
  };
}

function parseModule(code: string, edits: Edit[]): Program {
  try {
    return parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      // Node would try to follow the map of a script it runs.
      onComment: (_isBlock, text, start, end) => {
        if (/^[#@] source(Mapping)?URL=/.test(text)) edits.push({ start, end, text: '' });
      },
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
    throw codeError(code, offset, `SyntaxError: ${error.message.replace(/ \(\d+:\d+\)$/, '')}`);
  }
}

function bindImport(code: string, statement: ImportDeclaration, modules: ModuleExports, prefix: string): string {
  const specifier = String(statement.source.value);
  const exported = modules.get(specifier);
  if (exported === undefined) throw codeError(code, statement.start, `Cannot find module '${specifier}' or its corresponding type declarations.`);
  const source = `${prefix}m[${JSON.stringify(specifier)}]`;
  return statement.specifiers
    .map((imported) => {
      if (imported.type === 'ImportNamespaceSpecifier') return `const ${imported.local.name}=${source};`;
      if (imported.type === 'ImportDefaultSpecifier') throw codeError(code, imported.start, `Module '"${specifier}"' has no default export.`);
      const name = imported.imported.type === 'Identifier' ? imported.imported.name : String(imported.imported.value);
      if (!exported.has(name)) throw codeError(code, imported.start, `Module '"${specifier}"' has no exported member '${name}'.`);
      return `const ${imported.local.name}=${source}[${JSON.stringify(name)}];`;
    })
    .join('');
}

/** Records which local binding each export names, and cuts the `export` away. */
function unwrapExport(code: string, statement: Statement | ModuleDeclaration, handlers: Map<string, string>, edits: Edit[]): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration': {
      if (statement.source) throw codeError(code, statement.start, 're-exports are not supported.');
      const { declaration } = statement;
      if (declaration === null || declaration === undefined) {
        for (const { local, exported } of statement.specifiers) {
          if (local.type === 'Identifier' && exported.type === 'Identifier') handlers.set(exported.name, local.name);
        }
        edits.push({ start: statement.start, end: statement.end, text: '' });
        return;
      }
      if (declaration.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations) if (id.type === 'Identifier') handlers.set(id.name, id.name);
      } else {
        handlers.set(declaration.id.name, declaration.id.name);
      }
      edits.push({ start: statement.start, end: declaration.start, text: '' });
      return;
    }
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      throw codeError(code, statement.start, 'only named exports are supported.');
    default:
  }
}

/** Walks the tree once: refuses forbidden syntax and writes the counters. Opening edits are pushed before those of the children and closing ones after, so edits at one offset nest. */
class Instrumentation {
  private loops = 0;
  private readonly assigned = new Set<string>();
  private readonly tick: string;
  private readonly ownsConsole: boolean;

  constructor(
    private readonly code: string,
    private readonly prefix: string,
    private readonly edits: Edit[],
  ) {
    this.tick = `${prefix}.work++<${maxWork}||${prefix}.spent()`;
    this.ownsConsole = /\b(?:const|let|var|function)\s+console\b/.test(code);
  }

  /** @returns how many loop counters the script needs, and the names anything is assigned to, themselves or a member */
  run(program: Program): { readonly loops: number; readonly assigned: ReadonlySet<string> } {
    this.visit(program);
    return { loops: this.loops, assigned: this.assigned };
  }

  private visit(node: AnyNode): void {
    const forbidden = forbiddenSyntax(node);
    if (forbidden !== undefined) throw codeError(this.code, node.start, `AppSync does not support ${forbidden}.`);
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        this.insert(node.body.start + 1, `${this.tick};`);
        return this.visitChildren(node);
      case 'ArrowFunctionExpression':
        if (node.body.type === 'BlockStatement') this.insert(node.body.start + 1, `${this.tick};`);
        else return this.wrapped(node, node.body, `(${this.tick},`, ')');
        return this.visitChildren(node);
      case 'ForOfStatement':
      case 'ForInStatement': {
        const counter = `${this.prefix}${this.loops++}`;
        const check = `${counter}++<${maxLoopIterations}||${this.prefix}.looped();${this.tick};`;
        if (node.left.type !== 'VariableDeclaration') for (const name of namesIn(node.left)) this.assigned.add(name);
        this.visit(node.left);
        this.insert(node.right.start, `(${counter}=0,`);
        this.visit(node.right);
        this.insert(node.right.end, ')');
        const isBlock = node.body.type === 'BlockStatement';
        this.insert(isBlock ? node.body.start + 1 : node.body.start, isBlock ? check : `{${check}`);
        this.visit(node.body);
        if (!isBlock) this.insert(node.body.end, '}');
        return;
      }
      case 'AssignmentExpression':
        for (const name of namesIn(node.left)) this.assigned.add(name);
        return this.visitChildren(node);
      case 'SpreadElement':
        return this.wrapped(node, node.argument, `${this.prefix}.spread(`, ')');
      case 'MemberExpression':
        if (node.object.type === 'Identifier' && node.object.name === 'console' && !this.ownsConsole) {
          const { line, column } = positionAt(this.code, node.start);
          this.edits.push({ start: node.object.start, end: node.object.end, text: `${this.prefix}.console(${line},${column})` });
        }
        return this.visitChildren(node);
      default:
        return this.visitChildren(node);
    }
  }

  /** Visits the children of `node`, with `open` and `close` put around `inner`, its last child. */
  private wrapped(node: AnyNode, inner: AnyNode, open: string, close: string): void {
    for (const child of childrenOf(node)) {
      if (child === inner) this.insert(inner.start, open);
      this.visit(child);
    }
    this.insert(inner.end, close);
  }

  private visitChildren(node: AnyNode): void {
    for (const child of childrenOf(node)) this.visit(child);
  }

  private insert(offset: number, text: string): void {
    this.edits.push({ start: offset, end: offset, text });
  }
}

function* childrenOf(node: AnyNode): Iterable<AnyNode> {
  // A shorthand `{ a }` has the one identifier as key and as value.
  const skipsKey = node.type === 'Property' && node.shorthand;
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (skipsKey && key === 'key') continue;
    if (Array.isArray(value)) yield* value.filter(isNode);
    else if (isNode(value)) yield value;
  }
}

function* namesIn(node: AnyNode): Iterable<string> {
  if (node.type === 'Identifier') yield node.name;
  else for (const child of childrenOf(node)) yield* namesIn(child);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Code run again gives the same when a statement makes nothing that can change or that differs from call to call. Bundlers write `var` for most. */
function onlyDeclares(statement: Statement | ModuleDeclaration, assigned: ReadonlySet<string>): boolean {
  switch (statement.type) {
    case 'ImportDeclaration':
    case 'EmptyStatement':
      return true;
    case 'FunctionDeclaration':
      return !assigned.has(statement.id.name);
    case 'ExportNamedDeclaration':
      return !statement.declaration || onlyDeclares(statement.declaration, assigned);
    case 'VariableDeclaration':
      return statement.declarations.every(
        ({ id, init }) => id.type === 'Identifier' && !assigned.has(id.name) && init && ['ArrowFunctionExpression', 'FunctionExpression', 'Literal'].includes(init.type),
      );
    default:
      return false;
  }
}

function codeError(code: string, offset: number, text: string): HandlerCodeError {
  const { line, column } = positionAt(code, offset);
  return new HandlerCodeError(`code.js:${line}:${column}: ${text}`);
}

/** A prefix no identifier of the code can clash with. */
function unusedPrefix(code: string): string {
  let prefix = '$$';
  while (code.includes(prefix)) prefix += '$';
  return prefix;
}
