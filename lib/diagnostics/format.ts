/** Draws diagnostics. Pure: what it prints depends on its arguments alone. */
import { relative } from 'node:path';
import type { Diagnostic } from './diagnostic';
import type { SourceLocation } from './source-file';

/** `text` for people, `json` for scripts, `github` for workflow annotations, `sarif` for code scanning. */
export type DiagnosticFormat = 'text' | 'json' | 'github' | 'sarif';

export interface FormatOptions {
  /** @default 'text' */
  readonly format?: DiagnosticFormat;
  /** Directory that printed paths are relative to. */
  readonly cwd: string;
  /** Most diagnostics printed in text; the rest are counted. @default 50 */
  readonly limit?: number;
}

/** Diagnostics as one string, sorted by file, then position, then code. An empty list gives an empty report of the format. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  const sorted = [...diagnostics].sort(byPlace);
  switch (options.format ?? 'text') {
    case 'text':
      return text(sorted, options);
    case 'json':
      return JSON.stringify({ diagnostics: sorted.map((d) => flat(d, options.cwd)) }, null, 2);
    case 'github':
      return sorted.map((d) => githubAnnotation(d, options.cwd)).join('\n');
    case 'sarif':
      return JSON.stringify(sarif(sorted, options.cwd), null, 2);
  }
}

/** One diagnostic as people read it: `path:line:col - severity CODE: message`, a code frame, notes, `fix:` and `why:`. */
export function formatDiagnostic(diagnostic: Diagnostic, cwd: string): string {
  const { location, notes, fix, url } = diagnostic;
  const lines = [`${place(diagnostic, cwd)}${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`];
  if (location?.lineText !== undefined) lines.push('', ...codeFrame(location), '');
  for (const note of notes) lines.push(`    ${note.location ? `${where(note.location, cwd)}  ` : ''}${note.message}`);
  if (fix) lines.push(`fix: ${fix}`);
  if (url) lines.push(`why: ${url}`);
  return lines.join('\n');
}

function text(sorted: readonly Diagnostic[], { cwd, limit = 50 }: FormatOptions): string {
  const shown = sorted.slice(0, limit).map((d) => formatDiagnostic(d, cwd));
  if (sorted.length > limit) shown.push(`… and ${sorted.length - limit} more`);
  return shown.join('\n\n');
}

function place(diagnostic: Diagnostic, cwd: string): string {
  if (diagnostic.location) return `${where(diagnostic.location, cwd)} - `;
  if (diagnostic.resource) return `${display(diagnostic.resource.templatePath, cwd)}#${diagnostic.resource.logicalId} - `;
  return '';
}

function where(location: SourceLocation, cwd: string): string {
  return `${display(location.file, cwd)}:${location.line}:${location.column}`;
}

function display(path: string, cwd: string): string {
  if (!path.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(path)) return path;
  const shortened = relative(cwd, path);
  return shortened === '' ? path : shortened.split('\\').join('/');
}

const widestFrame = 120;

/** The line and a marker below it. A long (minified) line is cut to a window around the column. */
function codeFrame({ line, column, length = 1, lineText = '' }: SourceLocation): string[] {
  const start = column > widestFrame ? column - widestFrame / 2 : 0;
  const shown = lineText.slice(start, start + widestFrame).replace(/\t/g, ' ');
  const gutter = ` ${line} | `;
  const marks = Math.max(1, Math.min(length, shown.length - (column - 1 - start)));
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length - 2)}| ${' '.repeat(column - 1 - start)}${'^'.repeat(marks)}`];
}

function flat(d: Diagnostic, cwd: string): Record<string, unknown> {
  return {
    code: d.code,
    severity: d.severity,
    message: d.message,
    file: d.location ? display(d.location.file, cwd) : d.resource ? display(d.resource.templatePath, cwd) : null,
    line: d.location?.line ?? null,
    column: d.location?.column ?? null,
    fix: d.fix ?? null,
  };
}

function githubAnnotation(d: Diagnostic, cwd: string): string {
  const { file, line, column } = flat(d, cwd);
  const at = [file && `file=${property(file)}`, line && `line=${line}`, column && `col=${column}`, `title=${property(d.code)}`].filter(Boolean).join(',');
  return `::${d.severity} ${at}::${data(d.fix ? `${d.message}\nfix: ${d.fix}` : d.message)}`;
}

/** Escapes of the workflow command syntax: data keeps `:` and `,`, properties do not. */
function data(value: unknown): string {
  return String(value).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
function property(value: unknown): string {
  return data(value).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function sarif(sorted: readonly Diagnostic[], cwd: string): unknown {
  const rules = [...new Map(sorted.map((d) => [d.code, { id: d.code, ...(d.url ? { helpUri: d.url } : {}) }])).values()];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'appsync-local', rules } },
        results: sorted.map((d) => {
          const { file, line, column } = flat(d, cwd);
          const region = line ? { region: { startLine: line, startColumn: column } } : {};
          return {
            ruleId: d.code,
            level: d.severity,
            message: { text: d.fix ? `${d.message}; fix: ${d.fix}` : d.message },
            ...(file ? { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(String(file)) }, ...region } }] } : {}),
          };
        }),
      },
    ],
  };
}

/** SARIF wants a URI reference; the `#` of a place inside a template is part of the name. */
function uriOf(path: string): string {
  return encodeURI(path).replace(/#/g, '%23');
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const fileOf = (d: Diagnostic) => d.location?.file ?? d.resource?.templatePath ?? '';
  return (
    byText(fileOf(a), fileOf(b)) ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
    byText(a.code, b.code)
  );
}

/** By code unit: the order must not depend on the locale of the machine. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
