/** Text to syntax trees, file by file, so that every file's syntax error is reported and every node knows the file it came from. */
import { type ASTNode, type DefinitionNode, GraphQLError, type Location, parse, Source } from 'graphql';
import { type Diagnostic, invariant, locationAt, type SourceFile, type SourceLocation } from '../diagnostics';
import { withAmpersands } from './legacy-syntax';
import type { RuleSummary } from './rules/sdl-rule';
import { typeHasFields } from './rules/type-has-fields';

export const syntaxRule: RuleSummary = {
  code: 'SDL_SYNTAX',
  severity: 'error',
  summary: 'the schema is GraphQL schema definition language',
  url: 'https://spec.graphql.org/June2018/#sec-Type-System',
};

/** Where a node is written. A definition's place is its name. */
export type Locate = (node: ASTNode) => SourceLocation;

export interface ParsedFiles {
  /** The definitions of all files, in file order. */
  readonly definitions: readonly DefinitionNode[];
  readonly locate: Locate;
  readonly diagnostics: readonly Diagnostic[];
}

export function parseFiles(files: readonly SourceFile[]): ParsedFiles {
  const fileOf = new Map<Source, SourceFile>();
  const definitions: DefinitionNode[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    if (isBlank(file.text)) continue;
    const parsed = parseFile(file);
    if ('problem' in parsed) {
      diagnostics.push(syntaxDiagnostic(parsed.problem, file));
      continue;
    }
    fileOf.set(parsed.source, file);
    definitions.push(...parsed.definitions);
  }
  return { definitions, diagnostics, locate: (node) => locate(node, fileOf) };
}

/** A text that does not parse may be in the older form; when that is not it, the problem of the text as written counts. */
function parseFile({ path, text }: SourceFile): { source: Source; definitions: readonly DefinitionNode[] } | { problem: GraphQLError } {
  const first = attempt(new Source(text, path));
  if (!('problem' in first)) return first;
  const rewritten = withAmpersands(text);
  const second = rewritten === text ? first : attempt(new Source(rewritten, path));
  return 'problem' in second ? first : second;
}

function attempt(source: Source): { source: Source; definitions: readonly DefinitionNode[] } | { problem: GraphQLError } {
  try {
    return { source, definitions: parse(source).definitions };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { problem: error };
  }
}

/** A file of comments only is an empty document, which GraphQL's grammar does not have. */
function isBlank(text: string): boolean {
  return text.replace(/#[^\n\r]*/g, '').trim() === '';
}

function locate(node: ASTNode, fileOf: ReadonlyMap<Source, SourceFile>): SourceLocation {
  const at: Location | undefined = 'name' in node && node.name ? (node.name.loc ?? node.loc) : node.loc;
  const file = at && fileOf.get(at.source);
  invariant(at && file, `a ${node.kind} node has no place in any file`);
  const start = node.kind === 'Directive' ? node.loc!.start : at.start;
  const lineEnd = /[\r\n]|$/.exec(file.text.slice(start, at.end))!.index;
  return locationAt(file, start, Math.max(1, lineEnd));
}

function syntaxDiagnostic(error: GraphQLError, file: SourceFile): Diagnostic {
  const offset = error.positions?.[0] ?? 0;
  return emptyBraces(file, offset) ?? {
    code: syntaxRule.code,
    severity: syntaxRule.severity,
    message: plainMessage(error.message.replace(/^Syntax Error: /, '')),
    location: locationAt(file, offset, tokenLength(file.text, offset)),
    notes: [],
    url: syntaxRule.url,
  };
}

/** `type Foo {}` is no syntax at all for the parser; the user wrote a type without fields. */
function emptyBraces(file: SourceFile, offset: number): Diagnostic | undefined {
  if (file.text[offset] !== '}') return undefined;
  const before = file.text.slice(0, offset).replace(/#[^\n\r]*/g, (comment) => ' '.repeat(comment.length));
  const opening = /\b(type|interface|input|enum)\s+([_A-Za-z]\w*)([^{}]*)\{\s*$/.exec(before);
  if (!opening) return undefined;
  const [, keyword = '', name = ''] = opening;
  const member = keyword === 'enum' ? 'value' : 'field';
  return {
    code: typeHasFields.code,
    severity: typeHasFields.severity,
    message: `${keyword} "${name}" has no ${member}s between its braces`,
    location: locationAt(file, opening.index + opening[0].indexOf(name, keyword.length), name.length),
    notes: [],
    fix: `add a ${member} to "${name}", or delete it`,
    url: typeHasFields.url,
  };
}

function tokenLength(text: string, offset: number): number {
  return /^\w+/.exec(text.slice(offset, offset + 100))?.[0].length ?? 1;
}

/** A graphql-js message in our form: no capital, no final period. */
export function plainMessage(message: string): string {
  const trimmed = message.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(trimmed) ? trimmed[0]!.toLowerCase() + trimmed.slice(1) : trimmed;
}
