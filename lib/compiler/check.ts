/** The APPSYNC_JS subset, checked on the bundle and reported at the source. */
import type { CodeSummary, Diagnostic, Note, ResourceRef, Severity, SourceFile, SourceLocation } from '../diagnostics';
import { type HandlerProgram, openHandlerProgram } from './handler-program';
import { importLeadingTo } from './import-trail';
import { type ParsedHandler, parseHandler } from './parsed-handler';
import type { Finding } from './rules/handler-rule';
import { subsetRules } from './rules';
import { parsesAsModule } from './rules/parses-as-module';

export interface HandlerToCheck {
  readonly code: SourceFile;
  /** Source map of the code (JSON text), if it was bundled. */
  readonly sourceMap?: string;
  /** The code, if it has been parsed already. */
  readonly parsed?: ParsedHandler;
  readonly resource?: ResourceRef;
}

/**
 * Everything AppSync would refuse in a resolver or function: syntax, forbidden statements, operators, globals, methods, imports,
 * missing `request` or `response`, and size. Positions are in the user's file when the source map leads there, otherwise in the bundle.
 * A place is reported once per rule; a finding that another one explains is left out.
 */
export function checkHandlerCode({ code, sourceMap, parsed = parseHandler(code, sourceMap), resource }: HandlerToCheck): Diagnostic[] {
  const about = resource ? { resource } : {};
  if (!parsed.module) {
    const { message, offset } = parsed.problem;
    return [{ ...lawOf(parsesAsModule), message, location: parsed.original.locate({ start: offset, end: offset + 1 }), notes: [], ...about }];
  }
  const handler = openHandlerProgram(parsed, parsed.module);
  const diagnostics = new Map<string, Diagnostic>();
  for (const rule of subsetRules) {
    for (const finding of rule.check(handler)) {
      const { message, fix } = finding;
      const location = finding.location ?? handler.original.locate(finding.at);
      const key = [rule.code, location.file, location.line, location.column, message].join('\n');
      if (diagnostics.has(key)) continue;
      diagnostics.set(key, { ...lawOf(rule, finding.severity), message, location, notes: notesOf(finding, location, handler), ...(fix ? { fix } : {}), ...about });
    }
  }
  return [...diagnostics.values()];
}

function lawOf({ code, severity, url }: CodeSummary, own: Severity = severity === 'error or warning' ? 'error' : severity) {
  return { code, severity: own, ...(url ? { url } : {}) };
}

/** The rule's own notes, and for a place outside the resolver the import that brought it in. */
function notesOf({ notes = [] }: Finding, { file }: SourceLocation, handler: HandlerProgram): Note[] {
  if (handler.entryFiles.includes(file) || !handler.original.files.some(({ path }) => path === file)) return [...notes];
  const trail = importLeadingTo(file, handler.entryFiles, handler.original.files);
  if (trail) return [...notes, { message: `brought in by the import of "${trail.specifier}"`, location: trail.location }];
  return [...notes, { message: 'brought into this resolver by an import', location: handler.start }];
}
