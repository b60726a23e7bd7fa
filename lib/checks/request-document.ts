/**
 * What a request template says of its document without being run: the members of the outermost object that are written out literally.
 * Hides that a template is no JSON. Whatever stands in an `#if` or a loop, or comes from a reference, counts as unknown.
 */
import type { Block, Reference, Segment, Span, Template } from '../velocity';

export interface RequestDocument {
  /** The opening brace. */
  readonly brace: Span;
  readonly members: ReadonlyMap<string, LiteralMember>;
  /** False when the template may give more members than these. */
  readonly isComplete: boolean;
  /** Keys that are there already. */
  readonly repeated: readonly { readonly name: string; readonly span: Span }[];
  /** Literal text behind the object; of the outermost one only. */
  readonly trailing?: Span;
  /** The first brace or bracket that is surely left open, or closed by the other kind; of the outermost object only. */
  readonly unclosed?: { readonly opened: '{' | '['; readonly span: Span; readonly closedBy?: Span };
}

export interface LiteralMember {
  /** Absent when the value is no literal string. */
  readonly value?: string;
  /** A number, `true`, `false` or `null`, as written. */
  readonly word?: string;
  /** Of a text, as far as it is literal, if that is more than nothing. */
  readonly beginning?: string;
  /** Of a value that is an object. */
  readonly object?: RequestDocument;
  /** The objects in a value that is a list. */
  readonly objects?: readonly RequestDocument[];
  /** The value with its quotes; the key where the value is no literal. */
  readonly span: Span;
}

/** @returns undefined when the template does not visibly make an object */
export function readRequestDocument({ block }: Template): RequestDocument | undefined {
  const drawing = drawingOf(block);
  const { text } = drawing;
  const open = text.search(/\S/);
  if (text.charAt(open) !== '{') return undefined;
  const reader = new DocumentReader(drawing);
  const document = reader.read(open);
  const trailing = reader.rest();
  const unclosed = reader.unclosed();
  return { ...document, ...(trailing && { trailing }), ...(unclosed && { unclosed }) };
}

/** Stands for a value, and for any stretch of the document. */
const someValue = '\u0001';
const anything = '\u0002';

interface Drawing {
  text: string;
  /** Where stretches of the text stand in the template, in order: each up to where the next begins. */
  readonly stretches: { readonly at: number; readonly origin: number }[];
  /** Where the text has a sign for a value that closes every brace it opens. */
  readonly wholeValues: Set<number>;
}

function drawingOf(block: Block): Drawing {
  const drawing: Drawing = { text: '', stretches: [], wholeValues: new Set() };
  let end = 0;
  for (const segment of block) {
    if (segment.kind === 'return' || segment.kind === 'stop') break;
    const drawn = segment.kind === 'text' ? segment.text : signOf(segment);
    if (drawn === undefined) continue;
    // A sign stands where the text before it ended.
    if (segment.kind === 'output' && isWhole(segment.reference)) drawing.wholeValues.add(drawing.text.length);
    drawing.stretches.push({ at: drawing.text.length, origin: segment.kind === 'text' ? segment.span.start : Math.max(0, end - 1) });
    drawing.text += drawn;
    if (segment.kind === 'text') end = segment.span.start + drawn.length;
  }
  return drawing;
}

/** What prints nothing leaves no sign. */
function signOf(segment: Exclude<Segment, { kind: 'text' }>): string | undefined {
  switch (segment.kind) {
    case 'output': {
      const [first] = segment.reference.path;
      const isSilent = /^utils?$/.test(segment.reference.root) && first?.kind !== 'index' && first !== undefined && silent.has(first.name);
      return isSilent ? undefined : someValue;
    }
    case 'set':
    case 'macro':
    case 'define':
    case 'break':
    case 'stop':
    case 'return':
      return undefined;
    case 'if':
      return [...segment.branches.map(({ body }) => body), segment.otherwise ?? []].every(isBlank) ? undefined : anything;
    case 'foreach':
      return isBlank(segment.body) ? undefined : anything;
    case 'macroCall':
    case 'evaluate':
      return anything;
  }
}

const silent = new Set(['qr', 'quiet', 'validate', 'error', 'appendError', 'unauthorized', 'log']);

/** Helpers that print JSON, names or numbers. */
const wholeHelpers = new Set(['toJson', 'dynamodb', 'transform', 'http', 'time', 'math', 'map', 'list', 'autoId', 'autoUlid', 'autoKsuid']);
/** Parts of the context that are values of the request. What other templates leave, in the stash or as a result, may be pieces of a document. */
const wholeParts = new Set(['args', 'arguments', 'identity', 'source', 'request', 'info', 'env']);

function isWhole({ root, path: [first] }: Reference): boolean {
  if (!first || first.kind === 'index') return false;
  if (/^utils?$/.test(root)) return wholeHelpers.has(first.name);
  return (root === 'ctx' || root === 'context') && wholeParts.has(first.name);
}

/** Prints nothing but white space. */
function isBlank(block: Block): boolean {
  for (const segment of block) {
    if (segment.kind === 'return' || segment.kind === 'stop') break;
    if (segment.kind === 'text' ? segment.text.trim() !== '' : signOf(segment) !== undefined) return false;
  }
  return true;
}

/** Reads the drawing of an object up to its end, and the objects below it. */
class DocumentReader {
  private at = 0;

  private readonly text: string;

  constructor(private readonly drawing: Drawing) {
    this.text = drawing.text;
  }

  read(open: number): RequestDocument {
    const members = new Map<string, LiteralMember>();
    const repeated: { name: string; span: Span }[] = [];
    let isComplete = true;
    let mayBeKey = true;
    let depth = 1;
    this.at = open + 1;
    while (depth > 0) {
      const char = this.text.charAt(this.at);
      if (char === '') {
        isComplete = false;
        break;
      }
      if (char === '"') {
        const start = this.at;
        const key = this.string();
        const keySpan = this.span(start, this.at);
        if (depth === 1 && mayBeKey) {
          const member = key !== undefined && this.colon() ? this.member(start) : undefined;
          // What a condition adds below may close a brace, so that it adds to this object.
          if (!member || member.object?.isComplete === false || member.objects?.some((object) => !object.isComplete)) isComplete = false;
          if (key !== undefined && member && members.has(key)) repeated.push({ name: key, span: keySpan });
          if (key !== undefined && member) members.set(key, member);
          mayBeKey = false;
        }
        continue;
      }
      if (char === anything || (char === someValue && depth === 1 && mayBeKey)) isComplete = false;
      else if (char === '{' || char === '[') depth++;
      else if (char === '}' || char === ']') depth--;
      else if (char === ',' && depth === 1) mayBeKey = true;
      this.at++;
    }
    return { brace: this.span(open, open + 1), members, isComplete, repeated };
  }

  /** What follows what was read, if that is literal from its beginning on. */
  rest(): Span | undefined {
    const start = this.at + this.text.slice(this.at).search(/\S/);
    const char = this.text.charAt(start);
    return start < this.at || char === '' || char === someValue || char === anything ? undefined : this.span(start, start + 1);
  }

  /** Says nothing when any part of the template may print a brace of its own, or when quotes do not pair. */
  unclosed(): RequestDocument['unclosed'] {
    const { text } = this;
    if (text.includes(anything)) return undefined;
    const open: { readonly opened: '{' | '['; readonly at: number }[] = [];
    for (this.at = 0; this.at < text.length; this.at++) {
      const at = this.at;
      const char = text.charAt(at);
      if (char === someValue && !this.drawing.wholeValues.has(at)) return undefined;
      if (char === '"') {
        if (!/^"[\s\S]*"$/.test(this.match(/"(?:[^"\\]|\\[\s\S])*"?/y))) return undefined;
        this.at--;
      } else if (char === '{' || char === '[') open.push({ opened: char, at });
      else if (char === '}' || char === ']') {
        const last = open.pop();
        // The object has ended before: what follows is told as trailing.
        if (!last) return undefined;
        if ((last.opened === '{') !== (char === '}')) return { opened: last.opened, span: this.span(last.at, last.at + 1), closedBy: this.span(at, at + 1) };
      }
    }
    const last = open.at(-1);
    return last && { opened: last.opened, span: this.span(last.at, last.at + 1) };
  }

  /** @returns the content of the string here, or undefined when it is not all literal; the cursor moves behind it */
  private string(): string | undefined {
    const found = this.match(/"(?:[^"\\]|\\[\s\S])*"?/y);
    return /^"[^"\\\u0001\u0002]*"$/.test(found) ? found.slice(1, -1) : undefined;
  }

  private colon(): boolean {
    return this.match(/\s*:\s*/y) !== '';
  }

  /** Moves over what the sticky pattern matches here, and gives it. */
  private match(sticky: RegExp): string {
    sticky.lastIndex = this.at;
    const [found = ''] = sticky.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  /** The value behind a colon: an object, a literal, or else left for the loop to go over. */
  private member(keyStart: number): LiteralMember {
    const start = this.at;
    const char = this.text.charAt(start);
    if (char === '{') return { object: this.read(start), span: this.span(keyStart, start) };
    if (char === '[') {
      const objects = this.list();
      return { ...(objects ? { objects } : {}), span: this.span(keyStart, start) };
    }
    const value = char === '"' ? this.string() : undefined;
    const beginning = /^"([^"\\\u0001\u0002]+)/.exec(this.text.slice(start, this.at))?.[1];
    const word = char === '"' ? '' : this.match(/[\w.+-]+/y);
    const end = this.at;
    this.match(/\s*/y);
    const isWhole = ',}'.includes(this.text.charAt(this.at));
    if (isWhole && value !== undefined) return { value, ...(beginning === undefined ? {} : { beginning }), span: this.span(start, end) };
    return { ...(isWhole && word !== '' ? { word } : {}), ...(beginning === undefined ? {} : { beginning }), span: this.span(keyStart, start) };
  }

  /** The objects of the list here. Left to the loop from where something unknown may close the list. */
  private list(): RequestDocument[] | undefined {
    const open = this.at;
    const objects: RequestDocument[] = [];
    let depth = 0;
    do {
      const char = this.text.charAt(this.at);
      if (char === '' || char === anything) {
        this.at = open;
        return undefined;
      }
      if (char === '"') this.string();
      else if (char === '{' && depth === 1) objects.push(this.read(this.at));
      else {
        if (char === '[' || char === '{') depth++;
        else if (char === ']' || char === '}') depth--;
        this.at++;
      }
    } while (depth > 0);
    return objects;
  }

  private span(start: number, end: number): Span {
    const first = this.originOf(start);
    return { start: first, end: end > start ? this.originOf(end - 1) + 1 : first + 1 };
  }

  private originOf(offset: number): number {
    const stretch = this.drawing.stretches.findLast(({ at }) => at <= offset);
    return stretch ? stretch.origin + offset - stretch.at : 0;
  }
}
