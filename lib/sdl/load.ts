import type { Diagnostic, SourceFile } from '../diagnostics';
import type { SchemaModel } from './schema-model';

/**
 * The SDL files a path names: a file, several files, or folders (every `*.graphql`, `*.graphqls` and `*.gql` below, sorted).
 * A path that does not exist gives a `SDL_NO_FILE` diagnostic.
 */
export function readSchemaFiles(_paths: string | readonly string[]): { value: SourceFile[]; diagnostics: Diagnostic[] } {
  throw new Error('pending');
}

/**
 * Parses and checks SDL in AppSync's dialect; all problems are reported together, none thrown.
 * @returns `value` is undefined when no executable schema can be built (syntax errors, unknown types)
 */
export function loadSchema(_files: readonly SourceFile[]): { value: SchemaModel | undefined; diagnostics: Diagnostic[] } {
  throw new Error('pending');
}
