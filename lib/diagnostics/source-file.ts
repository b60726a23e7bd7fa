/**
 * Text with a name, and places in it. Everything that reports a problem says where by a `SourceLocation`,
 * and everything that reads user files hands the text on as a `SourceFile`, so no module reads a file twice.
 */

/** A text and the path it came from. The path is absolute for a file on disk, or a made-up name such as `Shop.template.json#Resolver` for text inside a template. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A place in a `SourceFile`. Line and column are 1-based; `lineText` is the whole line, so a code frame can be drawn without reading the file. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters to underline. @default 1 */
  readonly length?: number;
  readonly lineText?: string;
}

/** The location of a character offset (0-based) in a file. An offset past the end gives the last position. */
export function locationAt(file: SourceFile, offset: number, length = 1): SourceLocation {
  const end = Math.max(0, Math.min(offset, file.text.length));
  // `lastIndexOf` takes -1 for 0, and would find a line break at the very start behind offset 0.
  const lineStart = end === 0 ? 0 : file.text.lastIndexOf('\n', end - 1) + 1;
  const line = countNewlines(file.text, lineStart) + 1;
  return { file: file.path, line, column: end - lineStart + 1, length, lineText: lineTextFrom(file.text, lineStart) };
}

/** The location of a 1-based line and column in a file. */
export function locationOf(file: SourceFile, line: number, column: number, length = 1): SourceLocation {
  let lineStart = 0;
  for (let n = 1; n < line; n++) {
    const next = file.text.indexOf('\n', lineStart);
    if (next < 0) break;
    lineStart = next + 1;
  }
  return { file: file.path, line, column, length, lineText: lineTextFrom(file.text, lineStart) };
}

function lineTextFrom(text: string, lineStart: number): string {
  const lineEnd = text.indexOf('\n', lineStart);
  return text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, '');
}

function countNewlines(text: string, end: number): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) count++;
  return count;
}
