/** A handler's code, parsed once for everything that reads it: the subset rules, the analysis for roles, the requests it makes. */
import type { SourceFile } from '../diagnostics';
import { type Names, resolveNames } from './names';
import { type OriginalSource, openOriginalSource } from './original-source';
import { parseModule, type SyntaxProblem, type SyntaxTree } from './syntax-tree';

/** A handler's code; of `module` and `problem` one is there. */
export type ParsedHandler = { readonly code: SourceFile; readonly original: OriginalSource } & (
  | { readonly module: ParsedModule; readonly problem?: undefined }
  | { readonly module?: undefined; readonly problem: SyntaxProblem }
);

export interface ParsedModule {
  readonly tree: SyntaxTree;
  readonly names: Names;
}

/** @param sourceMap JSON text, if the code was bundled */
export function parseHandler(code: SourceFile, sourceMap?: string): ParsedHandler {
  const tree = parseModule(code.text);
  const original = openOriginalSource(code, sourceMap);
  return 'program' in tree ? { code, module: { tree, names: resolveNames(tree) }, original } : { code, problem: tree, original };
}
