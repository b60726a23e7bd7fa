/** The door of this folder: paths to texts, texts to a checked model. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { GraphQLError } from 'graphql';
import type { Diagnostic, SourceFile } from '../diagnostics';
import { buildModel } from './build-model';
import { mergeExtensions, printForAppSync, withoutRedeclarations } from './merge';
import { parseFiles, syntaxRule } from './parse';
import { modelRules } from './rules';
import type { RuleSummary, SdlRuleModel } from './rules/sdl-rule';
import type { SchemaModel } from './schema-model';
import { documentRules, toDiagnostic, validateDocument } from './validate-document';
import { buildDiagnostic, validateTypes } from './validate-types';

const noFile: RuleSummary = {
  code: 'SDL_NO_FILE',
  severity: 'error',
  summary: 'every schema path names a file or a folder with schema files',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/designing-your-schema.html',
};

/** Every code that reading and checking SDL can give, in order of appearance. */
export const sdlRules: readonly RuleSummary[] = [noFile, syntaxRule, ...documentRules, ...modelRules];

/**
 * The SDL files a path names: a file, several files, or folders (every `*.graphql`, `*.graphqls` and `*.gql` below, sorted).
 * A file named twice is read once. A path that does not exist, and a folder without such files, give a `SDL_NO_FILE` diagnostic.
 */
export function readSchemaFiles(paths: string | readonly string[]): { value: SourceFile[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const files = new Set<string>();
  for (const path of typeof paths === 'string' ? [paths] : paths) {
    const found = schemaFilesAt(resolve(path));
    if (typeof found === 'string') diagnostics.push(toDiagnostic(noFile, { message: `schema path "${isAbsolute(path) ? relative(process.cwd(), path) || path : path}" ${found}`, fix: 'name a *.graphql file, or a folder that holds some' }));
    else found.forEach((file) => files.add(file));
  }
  return { value: [...files].map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') })), diagnostics };
}

/** @returns absolute paths, or what is wrong with the path */
function schemaFilesAt(path: string): string[] | string {
  if (!existsSync(path)) return 'does not exist';
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(graphqls?|gql)$/.test(name));
  return names.length > 0 ? names.sort().map((name) => join(path, name)) : 'is a folder without *.graphql files';
}

/**
 * The one text to upload for some SDL files, as `loadSchema` gives it, but unchecked.
 * @returns undefined when there is no definition, or a file does not parse
 */
export function mergeSchema(files: readonly SourceFile[]): string | undefined {
  const { definitions, diagnostics } = parseFiles(files);
  return diagnostics.length > 0 || definitions.length === 0 ? undefined : printForAppSync(mergeExtensions(withoutRedeclarations(definitions)));
}

export interface LoadedSchema {
  /** Undefined when no executable schema can be built: syntax errors, unknown types. */
  readonly value: SchemaModel | undefined;
  /** The value; or, when an error leaves the rest readable, what can be read: unknown types are scalars in it. For checks alone. */
  readonly draft: SchemaModel | undefined;
  readonly diagnostics: Diagnostic[];
}

/** Parses and checks SDL in AppSync's dialect; all problems are reported together, none thrown. */
export function loadSchema(files: readonly SourceFile[]): LoadedSchema {
  const { definitions, locate, diagnostics: syntax } = parseFiles(files);
  if (syntax.length > 0) return { value: undefined, draft: undefined, diagnostics: [...syntax] };

  const written = withoutRedeclarations(definitions);
  const found = validateDocument(written, locate);
  if (!found.isReadable) return { value: undefined, draft: undefined, diagnostics: [...found.diagnostics] };

  let model: SdlRuleModel;
  try {
    model = buildModel({ sources: files, definitions, document: mergeExtensions(written), unknownTypes: found.unknownTypes, locate });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { value: undefined, draft: undefined, diagnostics: [...found.diagnostics, buildDiagnostic(error, locate)] };
  }
  const types = validateTypes(model.schema, locate, found.unknownTypes);
  const broken = modelRules.flatMap((rule) => [...rule.check(model)].map((finding) => toDiagnostic(rule, finding)));
  return { value: found.isBuildable && types.isExecutable ? model : undefined, draft: model, diagnostics: [...found.diagnostics, ...types.diagnostics, ...broken] };
}
