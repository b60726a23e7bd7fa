/** From places in a bundle back to places in the files its author wrote. Hides the source map. */
import { SourceMapConsumer } from 'source-map-js';
import { locationAt, type SourceFile, type SourceLocation } from '../diagnostics';
import type { Span } from './rules/handler-rule';

export interface OriginalSource {
  /** Where a stretch of the bundle was written; the place in the bundle itself when the map does not lead anywhere. */
  locate(span: Span): SourceLocation;
  /** The file that a stretch came from; undefined when the map does not say. */
  fileOf(span: Span): string | undefined;
  /** Files in the order of the map, with their text where the map has it. */
  readonly files: readonly SourceFile[];
}

/** The map is read when a place is first asked for. @param sourceMap JSON text; one that cannot be read counts as none */
export function openOriginalSource(code: SourceFile, sourceMap: string | undefined): OriginalSource {
  let opened: OriginalSource | undefined;
  const source = () => (opened ??= withMap(code, sourceMap) ?? { locate: (span) => inBundle(code, span), fileOf: () => undefined, files: [] });
  return {
    locate: (span) => source().locate(span),
    fileOf: (span) => source().fileOf(span),
    get files() {
      return source().files;
    },
  };
}

function withMap(code: SourceFile, sourceMap: string | undefined): OriginalSource | undefined {
  const map = sourceMap === undefined ? undefined : readMap(sourceMap);
  if (!map) return undefined;
  const files = map.sources.map((path) => ({ path, text: map.sourceContentFor(path, true) ?? '' }));
  const lineStarts = startsOfLines(code.text);
  const position = (offset: number) => {
    const line = lineAt(lineStarts, offset);
    const { source, line: originalLine, column } = map.originalPositionFor({ line: line + 1, column: offset - lineStarts[line]! });
    return source == null || originalLine == null ? undefined : { path: source, line: originalLine, column: column ?? 0 };
  };
  return {
    files,
    fileOf: (span) => position(span.start)?.path,
    locate: (span) => {
      const found = position(span.start);
      if (!found) return inBundle(code, span);
      const lineText = files.find(({ path }) => path === found.path)?.text.split('\n')[found.line - 1]?.replace(/\r$/, '');
      if (lineText === undefined || lineText === '') return { file: found.path, line: found.line, column: found.column + 1 };
      return { file: found.path, line: found.line, lineText, ...markIn(lineText, found.column, firstLine(code.text, span)) };
    },
  };
}

function inBundle(code: SourceFile, span: Span): SourceLocation {
  return locationAt(code, span.start, Math.max(1, firstLine(code.text, span).length));
}

function firstLine(text: string, { start, end }: Span): string {
  return text.slice(start, end).split('\n', 1)[0]!.trimEnd();
}

/**
 * What to underline. A map knows where expressions start, not every token: the bundle's text is looked for from there on.
 * Text the bundler rewrote is not found; then the word, or the quoted text, at the mapped place is marked.
 */
function markIn(lineText: string, column: number, wanted: string): { column: number; length: number } {
  const isWord = /^\w+$/.test(wanted);
  for (let at = lineText.indexOf(wanted, column); wanted !== '' && at >= 0; at = lineText.indexOf(wanted, at + 1)) {
    if (!isWord || (!/\w/.test(lineText.charAt(at - 1)) && !/\w/.test(lineText.charAt(at + wanted.length)))) return { column: at + 1, length: wanted.length };
  }
  const shown = /^(?:[\w$]+|'[^']*'|"[^"]*")/.exec(lineText.slice(column))?.[0];
  return { column: column + 1, length: shown?.length ?? 1 };
}

function readMap(text: string): (SourceMapConsumer & { sources: string[] }) | undefined {
  try {
    const map = new SourceMapConsumer(JSON.parse(text)) as SourceMapConsumer & { sources: string[] };
    // The mappings are decoded at the first question, and only then found to be broken.
    map.originalPositionFor({ line: 1, column: 0 });
    return map;
  } catch {
    return undefined;
  }
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
