/**
 * Text, comments and directives of a mapping template.
 * Follows Apache Velocity 1.7, which drops the line break behind a directive, and the blanks before a `#set` that stand right behind another
 * directive, reference or comment. An unknown directive is text; so is a known one that lacks the parentheses it is always written with.
 * `#return` is AppSync's own. Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-directives.html
 * Assumed: AppSync has no `#parse` and `#include`, for there is nothing to read; both are text.
 */
import { locationAt, type SourceFile, type SourceLocation } from '../diagnostics';
import { Cursor, TemplateSyntaxError } from './cursor';
import { parseExpression, parseReference, quoteFix } from './parse-expression';
import type { Block, Expression, Segment } from './syntax-tree';

/** A template ready to be rendered and looked through. */
export interface Template {
  readonly source: SourceFile;
  readonly block: Block;
}

/** The first place where a template is no template. */
export interface TemplateProblem {
  /** One clause, lower case. */
  readonly message: string;
  readonly location: SourceLocation;
  readonly fix?: string;
}

export type ParsedTemplate = { readonly template: Template; readonly problem?: undefined } | { readonly template?: undefined; readonly problem: TemplateProblem };

export function parseTemplate(source: SourceFile): ParsedTemplate {
  try {
    return { template: { source, block: parseWhole(new Cursor(source.text), macrosOf(source.text)) } };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    const { message, span, fix } = error;
    return { problem: { message, location: locationAt(source, span.start, Math.max(1, span.end - span.start)), ...(fix === undefined ? {} : { fix }) } };
  }
}

/** A call may stand before the macro. */
function macrosOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/#(?:macro|\{macro\})\s*\(\s*([A-Za-z_][\w-]*)/g)].map(([, name = '']) => name));
}

function parseWhole(cursor: Cursor, macros: ReadonlySet<string>): Block {
  return new TemplateParser(cursor, macros).whole();
}

/** The start of a directive that has a block. */
interface Opening {
  readonly directive: string;
  readonly start: number;
  readonly end: number;
}

const withCondition = new Set(['if', 'elseif', 'foreach']);
const inParentheses = new Set(['set', 'macro', 'define', 'evaluate']);
const alone = new Set(['else', 'end', 'break', 'stop', 'return']);

class TemplateParser {
  constructor(
    private readonly cursor: Cursor,
    private readonly macros: ReadonlySet<string>,
  ) {}

  private readonly inner = (cursor: Cursor): Block => cursor.nested(() => parseWhole(cursor, this.macros));

  whole(): Block {
    const { cursor } = this;
    const block = this.block();
    const stray = cursor.match(directivePattern);
    if (!stray) return block;
    const word = wordOf(stray);
    const message = word === 'end' ? '"#end" closes nothing' : `"#${word}" is not inside an "#if"`;
    throw cursor.error(message, cursor.at - stray[0].length, cursor.at, `remove it, or write "#[[#${word}]]#" if it is text`);
  }

  /** Segments up to `#end`, `#else`, `#elseif` or the end of the text, none of which is taken. */
  private block(): Segment[] {
    const { cursor } = this;
    const segments: Segment[] = [];
    let text = '';
    let textStart = cursor.at;
    /** Whether only blanks stand between here and the last segment. */
    const isRightBehind = () => /^[ \t]*$/.test(text);
    const flush = () => {
      if (text !== '') segments.push({ kind: 'text', text, span: cursor.span(textStart) });
      text = '';
    };

    while (!cursor.isAtEnd) {
      if (text === '') textStart = cursor.at;
      const plain = cursor.match(/[^$#\\]+/y);
      if (plain) {
        text += plain[0];
        continue;
      }
      const start = cursor.at;
      if (cursor.char === '#') {
        if (this.skipComment()) {
          flush();
          continue;
        }
        const literal = this.literalText();
        if (literal !== undefined) {
          flush();
          segments.push({ kind: 'text', text: literal, span: cursor.span(start) });
          continue;
        }
        const word = this.directiveHere();
        if (word === undefined) {
          text += '#';
          cursor.at++;
          continue;
        }
        if (word === 'end' || word === 'else' || word === 'elseif') {
          flush();
          return segments;
        }
        if (word === 'set' && isRightBehind()) text = '';
        flush();
        segments.push(this.directive(word, start));
        continue;
      }
      const backslashes = cursor.match(/\\*/y)?.[0].length ?? 0;
      if (cursor.char === '#') {
        text += this.escapedDirective(backslashes);
        continue;
      }
      const reference = parseReference(cursor, this.inner);
      if (reference) {
        flush();
        segments.push({ kind: 'output', reference, backslashes });
      } else {
        text += '\\'.repeat(backslashes);
        if (cursor.take('$')) text += '$';
      }
    }
    flush();
    return segments;
  }

  private skipComment(): boolean {
    const { cursor } = this;
    if (cursor.match(/##[^\r\n]*(?:\r\n|\r|\n)?/y)) return true;
    if (!cursor.take('#*')) return false;
    const end = cursor.text.indexOf('*#', cursor.at);
    cursor.at = end < 0 ? cursor.text.length : end + 2;
    return true;
  }

  /** `#[[ … ]]#` */
  private literalText(): string | undefined {
    const { cursor } = this;
    const start = cursor.at;
    if (!cursor.take('#[[')) return undefined;
    const end = cursor.text.indexOf(']]#', cursor.at);
    if (end < 0) throw cursor.error('"#[[" has no "]]#"', start, start + 3, 'add "]]#" at the end of the text');
    const text = cursor.text.slice(cursor.at, end);
    cursor.at = end + 3;
    return text;
  }

  /** The directive that starts here, if one does; the cursor does not move. */
  private directiveHere(): string | undefined {
    const { cursor } = this;
    const start = cursor.at;
    const found = cursor.match(directivePattern);
    const word = found && wordOf(found);
    const isOne = word !== undefined && (withCondition.has(word) || alone.has(word) || ((inParentheses.has(word) || this.macros.has(word)) && cursor.match(/[ \t]*\(/y) !== undefined));
    cursor.at = start;
    return isOne ? word : undefined;
  }

  /** An odd number of backslashes makes the directive behind them text; of an even number, half are printed. */
  private escapedDirective(backslashes: number): string {
    const { cursor } = this;
    if (this.directiveHere() === undefined) return '\\'.repeat(backslashes);
    const printed = '\\'.repeat(Math.floor(backslashes / 2));
    return backslashes % 2 === 0 ? printed : printed + (cursor.match(directivePattern)?.[0] ?? '');
  }

  private directive(word: string, start: number): Segment {
    const { cursor } = this;
    cursor.match(directivePattern);
    const opening: Opening = { directive: word, start, end: cursor.at };
    switch (word) {
      case 'set':
        return this.set();
      case 'if':
        return cursor.nested(() => this.conditional(opening));
      case 'foreach':
        return cursor.nested(() => this.foreach(opening));
      case 'break':
      case 'stop':
        return { kind: word };
      case 'return': {
        if (!cursor.match(/[ \t]*\(/y)) return { kind: 'return' };
        cursor.skipSpace();
        const value = cursor.char === ')' ? undefined : this.expression();
        this.close('#return');
        return { kind: 'return', ...(value ? { value } : {}) };
      }
      case 'macro':
        return cursor.nested(() => this.macro(opening));
      case 'define': {
        this.open('#define');
        const variable = this.variable('#define');
        this.close('#define');
        return { kind: 'define', variable, body: cursor.nested(() => this.body(opening)) };
      }
      case 'evaluate': {
        this.open('#evaluate');
        const text = this.expression();
        this.close('#evaluate');
        return { kind: 'evaluate', text };
      }
      default:
        return this.macroCall(word);
    }
  }

  private set(): Segment {
    const { cursor } = this;
    this.open('#set');
    cursor.skipSpace();
    const target = parseReference(cursor, this.inner);
    if (!target) throw cursor.unexpected('"#set" expects a reference', 'start the name with "$"');
    cursor.skipSpace();
    cursor.expect('=', `after "${target.source}" in "#set"`);
    const value = this.expression();
    this.close('#set');
    return { kind: 'set', target, value };
  }

  private conditional(opening: Opening): Segment {
    const branches: { condition: Expression; body: Block }[] = [];
    for (let current = '#if'; ; current = '#elseif') {
      this.open(current);
      const condition = this.expression();
      this.close(current);
      branches.push({ condition, body: this.block() });
      const next = this.ending(opening);
      if (next === 'end') return { kind: 'if', branches };
      if (next === 'else') return { kind: 'if', branches, otherwise: this.body(opening) };
    }
  }

  private foreach(opening: Opening): Segment {
    const { cursor } = this;
    this.open('#foreach');
    const variable = this.variable('#foreach');
    cursor.skipSpace();
    if (!cursor.match(/in\b/y)) throw cursor.unexpected(`expected "in" after "$${variable}" in "#foreach"`);
    const items = this.expression();
    this.close('#foreach');
    return { kind: 'foreach', variable, items, body: this.body(opening) };
  }

  private macro(opening: Opening): Segment {
    const { cursor } = this;
    this.open('#macro');
    cursor.skipSpace();
    const name = cursor.match(/[A-Za-z_][\w-]*/y)?.[0] ?? '';
    const parameters: string[] = [];
    for (;;) {
      cursor.match(/[\s,]*/y);
      if (cursor.char === ')') break;
      parameters.push(this.variable('#macro'));
    }
    this.close('#macro');
    return { kind: 'macro', name, parameters, body: this.body(opening) };
  }

  /** Arguments are separated by blanks or commas. */
  private macroCall(name: string): Segment {
    const { cursor } = this;
    this.open(`#${name}`);
    const args: Expression[] = [];
    for (;;) {
      cursor.match(/[\s,]*/y);
      if (cursor.take(')')) return { kind: 'macroCall', name, args };
      args.push(this.expression());
    }
  }

  /** The block of a directive, which nothing but `#end` may close. */
  private body(opening: Opening): Block {
    const block = this.block();
    const { at } = this.cursor;
    const word = this.ending(opening);
    if (word === 'end') return block;
    throw this.cursor.error(opening.directive === 'if' ? `"#${word}" stands behind "#else"` : `"#${word}" is not inside an "#if" of this "#${opening.directive}"`, at, this.cursor.at);
  }

  /** Takes what ended a block: `end`, `else` or `elseif`. */
  private ending({ directive, start, end }: Opening): string {
    const { cursor } = this;
    const found = cursor.match(directivePattern);
    if (!found) throw cursor.error(`"#${directive}" has no "#end"`, start, end, 'add "#end" where its block ends');
    const word = wordOf(found);
    if (word !== 'elseif') cursor.match(lineBreak);
    return word;
  }

  private open(directive: string): void {
    this.cursor.skipSpace();
    this.cursor.expect('(', `after "${directive}"`, `write "#[[${directive}]]#" if it is text`);
  }

  /** The closing parenthesis, with the rest of the line if that is blank. */
  private close(directive: string): void {
    const { cursor } = this;
    cursor.skipSpace();
    if (!cursor.take(')')) throw cursor.unexpected(`expected ")" at the end of "${directive}"`, directive !== '#set' && cursor.char === '=' ? 'compare with "=="' : quoteFix(cursor));
    cursor.match(lineBreak);
  }

  private expression(): Expression {
    return parseExpression(this.cursor, this.inner);
  }

  /** `$name` */
  private variable(directive: string): string {
    const { cursor } = this;
    cursor.skipSpace();
    const reference = parseReference(cursor, this.inner);
    if (!reference) throw cursor.unexpected(`"${directive}" expects a reference`, 'start the name with "$"');
    return reference.root;
  }
}

const directivePattern = /#(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y;
const lineBreak = /[ \t]*(?:\r\n|\r|\n)/y;

function wordOf(found: RegExpExecArray): string {
  return found[1] ?? found[2] ?? '';
}
