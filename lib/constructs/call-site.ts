/** Where in the user's own code a construct was called: what a finding about a declaration in the stack points at. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Diagnostic, locationOf, type SourceLocation } from '../diagnostics';

/** `lib`, or `dist/lib` in the package. */
const libFolder = dirname(__dirname) + sep;

/**
 * The innermost frame outside of this library, in the original file if Node knows its source map.
 * @returns undefined when there is none, or it is no file
 */
export function callSite(): SourceLocation | undefined {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  for (const frame of frames) {
    const [, path, line, column] = /(?:\(|at (?:async )?)((?:file:\/\/|[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (frame.includes('(eval at ')) return undefined;
    if (path === undefined || path.startsWith('node:')) continue;
    const file = path.startsWith('file://') ? fileURLToPath(path) : path;
    if (!file.startsWith(libFolder)) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** A finding at a call site, with the line it is about. */
export function framed(diagnostic: Diagnostic): Diagnostic {
  const { location } = diagnostic;
  if (!location || location.lineText !== undefined || !existsSync(location.file)) return diagnostic;
  return { ...diagnostic, location: locationOf({ path: location.file, text: readFileSync(location.file, 'utf8') }, location.line, location.column) };
}
