/** What a mapping template says, as data. Every node that a finding may be about knows its place. */

import type { JavaDouble } from './java-values';

/** Offsets into the text of the whole template, also for what stands inside a quoted string. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Block = readonly Segment[];

export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  /** A reference that prints its value. `backslashes` stand before it; an odd number of them escapes it. */
  | { readonly kind: 'output'; readonly reference: Reference; readonly backslashes: number }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly { readonly condition: Expression; readonly body: Block }[]; readonly otherwise?: Block }
  | { readonly kind: 'foreach'; readonly variable: string; readonly items: Expression; readonly body: Block }
  | { readonly kind: 'break' | 'stop' }
  /** AppSync's own directive; without a value it returns null. */
  | { readonly kind: 'return'; readonly value?: Expression }
  | { readonly kind: 'macro'; readonly name: string; readonly parameters: readonly string[]; readonly body: Block }
  | { readonly kind: 'macroCall'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'define'; readonly variable: string; readonly body: Block }
  | { readonly kind: 'evaluate'; readonly text: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '&&' | '||';

export type Expression =
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'literal'; readonly value: null | boolean | string | number | bigint | JavaDouble }
  /** A string in double quotes with references or directives in it. */
  | { readonly kind: 'interpolation'; readonly block: Block }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: Expression; readonly value: Expression }[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression };

/** `$ctx.args.get("id")[0]` */
export interface Reference {
  /** Without the dollar sign. */
  readonly root: string;
  readonly path: readonly Access[];
  /** Written `$!`: prints nothing when there is no value. */
  readonly isQuiet: boolean;
  /** As written; what an undefined reference prints. */
  readonly source: string;
  readonly span: Span;
}

export type Access =
  | { readonly kind: 'property'; readonly name: string; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'index'; readonly index: Expression };

/** Every reference in a block, in the order of the text; those inside arguments and quoted strings included, escaped ones not. */
export function referencesIn(block: Block): readonly Reference[] {
  const found: Reference[] = [];
  collectFromBlock(block, found);
  return found;
}

function collectFromBlock(block: Block, found: Reference[]): void {
  for (const segment of block) {
    switch (segment.kind) {
      case 'text':
      case 'break':
      case 'stop':
        break;
      case 'output':
        if (segment.backslashes % 2 === 0) collectWithNested(segment.reference, found);
        break;
      case 'set':
        collectWithNested(segment.target, found);
        collectFromExpression(segment.value, found);
        break;
      case 'if':
        for (const { condition, body } of segment.branches) {
          collectFromExpression(condition, found);
          collectFromBlock(body, found);
        }
        if (segment.otherwise) collectFromBlock(segment.otherwise, found);
        break;
      case 'foreach':
        collectFromExpression(segment.items, found);
        collectFromBlock(segment.body, found);
        break;
      case 'return':
        if (segment.value) collectFromExpression(segment.value, found);
        break;
      case 'macro':
      case 'define':
        collectFromBlock(segment.body, found);
        break;
      case 'macroCall':
        for (const arg of segment.args) collectFromExpression(arg, found);
        break;
      case 'evaluate':
        collectFromExpression(segment.text, found);
        break;
    }
  }
}

function collectWithNested(reference: Reference, found: Reference[]): void {
  found.push(reference);
  for (const access of reference.path) {
    if (access.kind === 'index') collectFromExpression(access.index, found);
    else if (access.kind === 'call') for (const arg of access.args) collectFromExpression(arg, found);
  }
}

function collectFromExpression(expression: Expression, found: Reference[]): void {
  switch (expression.kind) {
    case 'literal':
      break;
    case 'reference':
      collectWithNested(expression.reference, found);
      break;
    case 'interpolation':
      collectFromBlock(expression.block, found);
      break;
    case 'list':
      for (const item of expression.items) collectFromExpression(item, found);
      break;
    case 'range':
      collectFromExpression(expression.from, found);
      collectFromExpression(expression.to, found);
      break;
    case 'map':
      for (const { key, value } of expression.entries) {
        collectFromExpression(key, found);
        collectFromExpression(value, found);
      }
      break;
    case 'not':
      collectFromExpression(expression.operand, found);
      break;
    case 'binary':
      collectFromExpression(expression.left, found);
      collectFromExpression(expression.right, found);
      break;
  }
}

/** The names that a block itself gives a value: by `#set`, `#foreach`, `#define` and as parameters of a macro. */
export function* variablesIn(block: Block): Generator<string> {
  for (const segment of block) {
    switch (segment.kind) {
      case 'set':
        if (segment.target.path.length === 0) yield segment.target.root;
        break;
      case 'if':
        for (const { body } of segment.branches) yield* variablesIn(body);
        yield* variablesIn(segment.otherwise ?? []);
        break;
      case 'foreach':
      case 'define':
        yield segment.variable;
        yield* variablesIn(segment.body);
        break;
      case 'macro':
        yield* segment.parameters;
        yield* variablesIn(segment.body);
        break;
      case 'text':
      case 'output':
      case 'break':
      case 'stop':
      case 'return':
      case 'macroCall':
      case 'evaluate':
        break;
    }
  }
}
