/** A place in a text being parsed. Hides how offsets inside a quoted string lead back to the template that holds it. */
import type { Span } from './syntax-tree';

/** Deeper nesting of parentheses, directives or quoted strings is refused, so that no input exhausts the stack. */
const maxDepth = 100;

/** What a template has wrong, at offsets of the whole template. Never leaves this folder. */
export class TemplateSyntaxError extends Error {
  constructor(
    message: string,
    readonly span: Span,
    readonly fix?: string,
  ) {
    super(message);
  }
}

export class Cursor {
  at = 0;
  private depth: number;

  /** @param origins the offset in the whole template of each character of `text`, or of its first one when the text was taken over unchanged */
  constructor(
    readonly text: string,
    private readonly origins: number | readonly number[] = 0,
    depth = 0,
  ) {
    this.depth = depth;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  get char(): string {
    return this.text.charAt(this.at);
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Moves over the token if it is next. */
  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.at += token.length;
    return true;
  }

  /** Moves over what the sticky pattern matches here. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (!found) return undefined;
    this.at = sticky.lastIndex;
    return found;
  }

  /** White space and line breaks. */
  skipSpace(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.char)) this.at++;
  }

  expect(token: string, context: string, fix?: string): void {
    if (!this.take(token)) throw this.unexpected(`expected "${token}" ${context}`, fix);
  }

  span(start: number, end = this.at): Span {
    return { start: this.origin(start), end: this.origin(end) };
  }

  /** A quoted string's content, as a text of its own. */
  inner(text: string, origins: number | readonly number[]): Cursor {
    return new Cursor(text, origins, this.depth + 1);
  }

  origin(offset: number): number {
    if (typeof this.origins === 'number') return this.origins + offset;
    const last = this.origins.length - 1;
    return offset <= last ? (this.origins[offset] ?? 0) : (this.origins[last] ?? 0) + offset - last;
  }

  nested<T>(parse: () => T): T {
    if (this.depth >= maxDepth) throw this.error('the template is nested too deeply', this.at, this.at + 1);
    this.depth++;
    const value = parse();
    this.depth--;
    return value;
  }

  error(message: string, start: number, end: number, fix?: string): TemplateSyntaxError {
    return new TemplateSyntaxError(message, this.span(start, end), fix);
  }

  /** An error about what is next, which the message is completed with. */
  unexpected(message: string, fix?: string): TemplateSyntaxError {
    const next = /\S+/.exec(this.text.slice(this.at, this.at + 30));
    const word = next && /^(?:\w+|\W)/.exec(next[0])?.[0];
    // What is missing at the end is missing behind the last thing written.
    const start = next ? this.at + next.index : this.text.trimEnd().length;
    const got = word ? (word === '"' ? `'"'` : `"${word}"`) : 'the end';
    return this.error(`${message}, got ${got}`, start, start + (word?.length ?? 1), fix);
  }
}
