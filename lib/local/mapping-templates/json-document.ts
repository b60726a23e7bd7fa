/**
 * What a template printed, read as the one JSON document it has to be, and every text AppSync answers with when it is not.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-overview.html ("deserialization rules").
 * Observed: `Unable to parse the JSON document: 'Unexpected character …'` and `Unable to convert … to class java.lang.Object.` in public reports
 * (aws-samples/aws-serverless-appsync-app#5, aws/aws-appsync-community#100); a comma before a closing bracket is taken (aws-amplify/amplify-cli#5831).
 * Assumed: the texts not reported are those of Jackson 2.10, which writes the reported ones; a request is converted to `java.lang.Object` too.
 */

/** The text is no document. `message` is AppSync's; its errorType is `MappingTemplate`. */
export class DocumentError extends Error {}

/** @throws DocumentError */
export function readDocument(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    // As many colons as members: no member was given twice.
    if (typeof document !== 'object' || document === null || colonsIn(text) === membersIn(document)) return document;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return new DocumentReader(text).document();
}

/** Colons outside of strings, in JSON. */
function colonsIn(json: string): number {
  let count = 0;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code === colon) count++;
    else if (code === quote) for (i++; json.charCodeAt(i) !== quote; i++) if (json.charCodeAt(i) === backslash) i++;
  }
  return count;
}

const colon = 0x3a;
const quote = 0x22;
const backslash = 0x5c;

function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += membersIn(item);
    return count;
  }
  const members = Object.values(value);
  for (const member of members) count += membersIn(member);
  return count + members.length;
}

/** Deeper documents are refused. Assumed: the limit; this only keeps the stack bounded. */
const maxDepth = 500;

const space = /[ \t\r\n]*/y;
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What Java takes for an identifier, about. */
const tokenPattern = /[A-Za-z_$][\w$]*/y;

const validValue = `(JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;

/** Reads what `JSON.parse` does not take, up to the first mistake. */
class DocumentReader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    this.skipSpace();
    const start = this.text.charAt(this.at);
    if (start !== '{' && start !== '[') throw new DocumentError(`Unable to convert ${this.text} to class java.lang.Object.`);
    const value = this.value(0);
    this.skipSpace();
    if (this.at < this.text.length) throw new DocumentError('Trailing characters at the end of the JSON string are not allowed.');
    return value;
  }

  private value(depth: number): unknown {
    if (depth > maxDepth) throw this.problem(`Document nesting depth (${depth}) exceeds the maximum allowed (${maxDepth})`, this.at);
    const start = this.text.charAt(this.at);
    if (start === '{') return this.object(depth);
    if (start === '[') return this.list(depth);
    if (start === '"') return this.string();
    const number = this.match(numberPattern);
    if (number !== undefined) return Number(number);
    const token = this.match(tokenPattern);
    if (token === undefined) throw this.unexpected(`expected a valid value ${validValue}`);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    throw this.problem(`Unrecognized token '${token}': was expecting ${validValue}`, this.at);
  }

  private object(depth: number): Record<string, unknown> {
    const start = this.at++;
    const members: Record<string, unknown> = {};
    for (;;) {
      this.next('Object', start);
      if (this.take('}')) return members;
      if (this.text.charAt(this.at) !== '"') throw this.unexpected('was expecting double-quote to start field name');
      const name = this.string();
      if (Object.hasOwn(members, name)) throw new DocumentError(`Duplicate field '${name}' detected on Object. Duplicate JSON keys are not allowed.`);
      this.next('Object', start);
      if (!this.take(':')) throw this.unexpected('was expecting a colon to separate field name and value');
      this.next('Object', start);
      Object.defineProperty(members, name, { value: this.value(depth + 1), enumerable: true, writable: true, configurable: true });
      this.next('Object', start);
      if (this.take('}')) return members;
      if (!this.take(',')) throw this.unexpected('was expecting comma to separate Object entries');
    }
  }

  private list(depth: number): unknown[] {
    const start = this.at++;
    const items: unknown[] = [];
    for (;;) {
      this.next('Array', start);
      if (this.take(']')) return items;
      items.push(this.value(depth + 1));
      this.next('Array', start);
      if (this.take(']')) return items;
      if (!this.take(',')) throw this.unexpected('was expecting comma to separate Array entries');
    }
  }

  private string(): string {
    const found = this.match(stringPattern);
    if (found !== undefined) return JSON.parse(found) as string;
    for (let i = this.at + 1; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code < 0x20) throw this.problem(`Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`, i + 1);
      if (code === backslash && !/["\\/bfnrtu]/.test(this.text.charAt(++i)))
        throw this.problem(`Unrecognized character escape '${this.text.charAt(i)}' (code ${this.text.charCodeAt(i)})`, i + 1);
    }
    throw this.problem('Unexpected end-of-input in VALUE_STRING', this.text.length);
  }

  /** Moves to what comes next inside an object or a list. */
  private next(kind: 'Object' | 'Array', start: number): void {
    this.skipSpace();
    if (this.at >= this.text.length)
      throw this.problem(`Unexpected end-of-input: expected close marker for ${kind} (start marker at ${this.place(start)})`, this.text.length);
  }

  private unexpected(expectation: string): DocumentError {
    const char = this.text.charAt(this.at);
    return this.problem(`Unexpected character ('${char}' (code ${char.codePointAt(0) ?? 0})): ${expectation}`, this.at + 1);
  }

  private problem(message: string, at: number): DocumentError {
    return new DocumentError(`Unable to parse the JSON document: '${message}\n at ${this.place(at)}'`);
  }

  /** Jackson has read a character before it complains of it, and shows 500 characters of its source. */
  private place(at: number): string {
    const before = this.text.slice(0, at).split('\n');
    const rest = this.text.length - 500;
    const source = rest > 0 ? `"${this.text.slice(0, 500)}"[truncated ${rest} chars]` : `"${this.text}"`;
    return `[Source: (String)${source}; line: ${before.length}, column: ${(before.at(-1)?.length ?? 0) + 1}]`;
  }

  private take(char: string): boolean {
    if (this.text.charAt(this.at) !== char) return false;
    this.at++;
    return true;
  }

  private skipSpace(): void {
    this.match(space);
  }

  private match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text)?.[0];
    if (found !== undefined) this.at = sticky.lastIndex;
    return found;
  }
}
