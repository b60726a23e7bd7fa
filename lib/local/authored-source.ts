/** Where in its author's files a handler's code was written. AppSync's messages name places in the bundle; the local log names both. */
import { relative } from 'node:path';
import type { SourceFile } from '../diagnostics';
import { compiler } from './compiler-on-demand';

export class AuthoredSource {
  /** Made when the first line asks: most handlers never fail nor log. */
  private locate: ((offset: number) => { readonly file: string; readonly line: number; readonly column: number }) | undefined;

  /** @param sourceMap JSON text */
  constructor(
    private readonly code: SourceFile,
    private readonly sourceMap: string,
  ) {}

  /** @returns the line with the author's place after it, if it names a place (`code.js:3:5`) that the map leads on from */
  explain(line: string): string {
    const [, row, column] = /\bcode\.js:(\d+):(\d+)/.exec(line) ?? [];
    if (row === undefined || column === undefined) return line;
    this.locate ??= this.open();
    const place = this.locate(offsetOf(this.code.text, Number(row), Number(column)));
    return place.file === this.code.path ? line : `${line} (${relative(process.cwd(), place.file)}:${place.line}:${place.column})`;
  }

  private open() {
    const { original } = compiler().parseHandler(this.code, this.sourceMap);
    return (offset: number) => original.locate({ start: offset, end: offset + 1 });
  }
}

/** @param row and @param column 1-based */
function offsetOf(text: string, row: number, column: number): number {
  let start = 0;
  for (let n = 1; n < row; n++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
