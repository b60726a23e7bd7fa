/**
 * Renders a template as Apache Velocity 1.7 does: an undefined reference prints its own source, `#set` to null changes nothing, a string, number,
 * list or map written into a condition is false there, and a loop gives its variable back.
 * Assumed: AppSync keeps these habits of Velocity 1.7; a loop ends silently after its 1,000th iteration, as Velocity's own limit does.
 */
import { callMethod, indexIn, type JavaPatterns, scriptPatterns } from './java-methods';
import { type JavaMap, type JavaValue, TemplateFailure, TemplateObject, textOf } from './java-values';
import { compare, compute, isEqual } from './operators';
import { type ParsedTemplate, parseTemplate, type Template } from './parse';
import type { Access, Block, Expression, Reference, Segment } from './syntax-tree';

/** How a template ended. */
export type Rendering = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'return'; readonly value: JavaValue };

/** Source: quota "Iterations per loops in resolvers, functions, and handlers". */
const maxIterations = 1_000;

/** In characters. Source: quota of 5 MB for an evaluated request or response. */
const maxTextLength = 5_000_000;

/** Loop bodies, macro calls and evaluated texts in all, so that nested loops end. Methods of large values, and large results, take a step for each 1,024 of their characters or entries. */
const maxSteps = 200_000;

/** Macros and `#evaluate` within each other. */
const maxCalls = 20;

/**
 * @param roots what the template can refer to, by name without the dollar sign; lists and maps in it are changed in place
 * @param patterns how methods of strings match regular expressions. @default those of JavaScript
 * @throws TemplateFailure when a method refuses its arguments or a limit is reached; whatever a function of `roots` throws
 */
export function renderTemplate(template: Template, roots: Readonly<Record<string, JavaValue>>, patterns: JavaPatterns = scriptPatterns): Rendering {
  const renderer = new Renderer(roots, patterns);
  try {
    const end = renderer.block(template.block);
    return end instanceof Return ? { kind: 'return', value: end.value } : { kind: 'text', text: renderer.text };
  } catch (error) {
    // Strings grown beyond what JavaScript holds.
    if (error instanceof RangeError) throw new TemplateFailure('The template makes a value that is too large.');
    throw error;
  }
}

class Return {
  constructor(readonly value: JavaValue) {}
}

/** Why a block ended before its last segment. */
type Ending = 'break' | 'stop' | Return | undefined;

interface Macro {
  readonly parameters: readonly string[];
  readonly body: Block;
}

class Renderer {
  text = '';
  private readonly variables: Map<string, JavaValue>;
  private readonly macros = new Map<string, Macro>();
  /** `#define`d blocks, rendered where they are referred to. */
  private readonly blocks = new Map<string, Block>();
  private stepsLeft = maxSteps;
  private calls = 0;

  constructor(
    roots: Readonly<Record<string, JavaValue>>,
    private readonly patterns: JavaPatterns,
  ) {
    this.variables = new Map(Object.entries(roots));
  }

  block(block: Block): Ending {
    for (const segment of block) {
      const ending = this.segment(segment);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  private segment(segment: Segment): Ending {
    switch (segment.kind) {
      case 'text':
        return this.print(segment.text);
      case 'output':
        return this.output(segment.reference, segment.backslashes);
      case 'set':
        return this.assign(segment.target, this.value(segment.value));
      case 'if': {
        const branch = segment.branches.find(({ condition }) => this.holds(condition));
        return this.block(branch?.body ?? segment.otherwise ?? []);
      }
      case 'foreach':
        return this.loop(segment.variable, itemsOf(this.value(segment.items)), segment.body);
      case 'break':
      case 'stop':
        return segment.kind;
      case 'return':
        return new Return(segment.value ? this.value(segment.value) : null);
      case 'macro':
        this.macros.set(segment.name, segment);
        return undefined;
      case 'macroCall':
        return this.callMacro(segment.name, segment.args);
      case 'define':
        this.blocks.set(segment.variable, segment.body);
        return undefined;
      case 'evaluate':
        return this.evaluate(this.value(segment.text));
    }
  }

  private print(text: string): undefined {
    this.text += text;
    if (this.text.length > maxTextLength) throw new TemplateFailure('The template makes more than 5 MB of text.');
  }

  private output(reference: Reference, backslashes: number): Ending {
    const block = reference.path.length === 0 ? this.blocks.get(reference.root) : undefined;
    if (block) return this.call(() => this.block(block));
    const value = this.refer(reference);
    if (value === null) {
      // An odd sign escapes a defined reference only; but a quiet one always.
      return this.print('\\'.repeat(backslashes) + (reference.isQuiet && backslashes % 2 === 0 ? '' : reference.source));
    }
    return this.print('\\'.repeat(Math.floor(backslashes / 2)) + (backslashes % 2 === 1 ? reference.source : textOf(value)));
  }

  private assign({ root, path }: Reference, value: JavaValue): undefined {
    if (value === null) return;
    const last = path.at(-1);
    if (last === undefined) {
      this.variables.set(root, value);
      this.blocks.delete(root);
      return;
    }
    const owner = this.follow(root, path.slice(0, -1));
    if (last.kind === 'property' && owner instanceof Map) owner.set(last.name, value);
    else if (last.kind === 'index') {
      const index = this.value(last.index);
      if (owner instanceof Map) owner.set(index, value);
      else if (Array.isArray(owner)) owner[listIndex(owner, index)] = value;
    }
  }

  private loop(variable: string, items: readonly JavaValue[], body: Block): Ending {
    const outer = ['foreach', 'velocityCount', 'velocityHasNext', variable].map((name) => [name, this.variables.get(name)] as const);
    const parent = this.variables.get('foreach') ?? null;
    let ending: Ending;
    for (let index = 0; index < Math.min(items.length, maxIterations); index++) {
      this.step();
      const hasNext = index + 1 < items.length;
      this.bind('foreach', new TemplateObject({ index, count: index + 1, hasNext, first: index === 0, last: !hasNext, parent }));
      this.bind('velocityCount', index + 1);
      this.bind('velocityHasNext', hasNext);
      this.bind(variable, items[index]);
      ending = this.block(body);
      if (ending !== undefined) break;
    }
    for (const [name, value] of outer) this.bind(name, value);
    return ending === 'break' ? undefined : ending;
  }

  private bind(name: string, value: JavaValue | undefined): void {
    if (value === undefined || value === null) this.variables.delete(name);
    else this.variables.set(name, value);
  }

  private callMacro(name: string, args: readonly Expression[]): Ending {
    const macro = this.macros.get(name);
    if (!macro) return undefined;
    const values = args.map((arg) => this.value(arg));
    const outer = macro.parameters.map((parameter) => [parameter, this.variables.get(parameter)] as const);
    macro.parameters.forEach((parameter, i) => this.bind(parameter, values[i]));
    const ending = this.call(() => this.block(macro.body));
    for (const [parameter, value] of outer) this.bind(parameter, value);
    return ending;
  }

  private evaluate(text: JavaValue): Ending {
    const { template, problem }: ParsedTemplate = parseTemplate({ path: '#evaluate', text: textOf(text) });
    if (problem) throw new TemplateFailure(problem.message);
    return this.call(() => this.block(template.block));
  }

  private call(run: () => Ending): Ending {
    this.step();
    if (++this.calls > maxCalls) throw new TemplateFailure('Macros call each other too deeply.');
    const ending = run();
    this.calls--;
    return ending;
  }

  private step(count = 1): void {
    if ((this.stepsLeft -= count) < 0) throw new TemplateFailure('The template runs too many iterations.');
  }

  /** Velocity asks conditions for truth and not for a value: a reference that has one other than `false` is true, a literal is not. */
  private holds(expression: Expression): boolean {
    switch (expression.kind) {
      case 'reference': {
        const value = this.refer(expression.reference);
        return value !== null && value !== false;
      }
      case 'literal':
        return expression.value === true;
      case 'not':
        return !this.holds(expression.operand);
      case 'binary':
        return this.value(expression) === true;
      case 'interpolation':
      case 'list':
      case 'range':
      case 'map':
        return false;
    }
  }

  private value(expression: Expression): JavaValue {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'interpolation':
        return this.interpolate(expression.block);
      case 'reference':
        return this.refer(expression.reference);
      case 'list':
        return expression.items.map((item) => this.value(item));
      case 'range':
        return range(this.value(expression.from), this.value(expression.to));
      case 'map':
        return new Map(expression.entries.map(({ key, value }) => [this.value(key), this.value(value)]));
      case 'not':
        return !this.holds(expression.operand);
      case 'binary':
        return this.binary(expression);
    }
  }

  private binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): JavaValue {
    switch (operator) {
      case '&&':
        return this.holds(left) && this.holds(right);
      case '||':
        return this.holds(left) || this.holds(right);
      case '==':
        return isEqual(this.value(left), this.value(right));
      case '!=':
        return !isEqual(this.value(left), this.value(right));
      case '<':
      case '>':
      case '<=':
      case '>=':
        return compare(operator, this.value(left), this.value(right));
      case '+':
        return this.add(left, right);
      case '-':
      case '*':
      case '/':
      case '%':
        return compute(operator, this.value(left), this.value(right));
    }
  }

  /** With a string on either side, what has no value adds its own source. */
  private add(left: Expression, right: Expression): JavaValue {
    const [a, b] = [this.value(left), this.value(right)];
    if (typeof a !== 'string' && typeof b !== 'string') return compute('+', a, b);
    const text = (value: JavaValue, expression: Expression) => (value === null && expression.kind === 'reference' ? expression.reference.source : textOf(value));
    return limited(text(a, left) + text(b, right));
  }

  private interpolate(block: Block): string {
    const { text } = this;
    this.text = '';
    this.block(block);
    const value = this.text;
    this.text = text;
    return value;
  }

  private refer({ root, path }: Reference): JavaValue {
    return this.follow(root, path);
  }

  private follow(root: string, path: readonly Access[]): JavaValue {
    let value = this.variables.get(root) ?? null;
    for (const access of path) {
      if (value === null) return null;
      value = this.access(value, access);
    }
    return value;
  }

  private access(owner: JavaValue, access: Access): JavaValue {
    switch (access.kind) {
      case 'property':
        return property(owner, access.name, this.patterns);
      case 'call': {
        this.step(sizeOf(owner) >> 10);
        const value = callMethod(owner, access.name, access.args.map((arg) => this.value(arg)), this.patterns) ?? null;
        this.step(sizeOf(value) >> 10);
        return typeof value === 'string' ? limited(value) : value;
      }
      case 'index': {
        const index = this.value(access.index);
        if (Array.isArray(owner)) return typeof index === 'number' ? (owner[listIndex(owner, index)] ?? null) : null;
        return owner instanceof Map ? (owner.get(index) ?? null) : null;
      }
    }
  }
}

/** A key of a map, a member of one of our objects, or what Java's `getName()` or `isName()` answers. */
function property(owner: JavaValue, name: string, patterns: JavaPatterns): JavaValue {
  if (owner instanceof Map) return (owner as JavaMap).get(name) ?? null;
  if (owner instanceof TemplateObject) {
    const member = owner.member(name);
    return member === undefined || typeof member === 'function' ? null : member;
  }
  const capitalized = name.charAt(0).toUpperCase() + name.slice(1);
  return callMethod(owner, `get${capitalized}`, [], patterns) ?? callMethod(owner, `is${capitalized}`, [], patterns) ?? null;
}

/** In characters or entries. */
function sizeOf(value: JavaValue): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : 0;
}

/** Velocity counts negative indexes from the end. @throws TemplateFailure for an index that is outside of the list */
function listIndex(list: readonly JavaValue[], index: JavaValue): number {
  return indexIn(list.length, typeof index === 'number' && index < 0 ? list.length + index : index);
}

/** What `#foreach` goes through: the items of a list, the values of a map; nothing for what is neither. */
function itemsOf(value: JavaValue): readonly JavaValue[] {
  if (Array.isArray(value)) return [...value];
  return value instanceof Map ? [...value.values()] : [];
}

/** Both ends are in it; it may run backwards. */
function range(from: JavaValue, to: JavaValue): JavaValue {
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  const length = Math.abs(to - from) + 1;
  if (length > maxSteps) throw new TemplateFailure(`The range [${from}..${to}] is too long.`);
  return Array.from({ length }, (_, i) => (from <= to ? from + i : from - i));
}

function limited(text: string): string {
  if (text.length > maxTextLength) throw new TemplateFailure('The template makes more than 5 MB of text.');
  return text;
}
