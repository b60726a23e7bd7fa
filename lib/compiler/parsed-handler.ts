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
  const original = openOriginalSource(code, sourceMap);
  const parsed = parsedText(code.text);
  return 'tree' in parsed ? { code, module: parsed, original } : { code, problem: parsed, original };
}

/**
 * Nothing but a memory of what `parseModule` gives: a synth parses each bundle for its role, and again when the checks read the template.
 * Bounded, because a tree takes many times its text and `dev` lives long.
 */
const parsedTexts = new Map<string, ParsedModule | SyntaxProblem>();
const mostTexts = 1_000;

function parsedText(text: string): ParsedModule | SyntaxProblem {
  const known = parsedTexts.get(text);
  if (known) return known;
  const tree = parseModule(text);
  const parsed = 'program' in tree ? { tree, names: resolveNames(tree) } : tree;
  if (parsedTexts.size === mostTexts) parsedTexts.clear();
  parsedTexts.set(text, parsed);
  return parsed;
}
