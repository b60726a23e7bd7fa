/** The inner loop: an edited resolver is compiled alone and put into the running model; anything else reads the input again. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { checkHandlerCode, rebundleHandler } from '../../lib/compiler';
import type { Diagnostic } from '../../lib/diagnostics';
import type { ApiModel, Assembly, HandlerModel } from '../../lib/model';

export interface Recompiled {
  readonly assembly: Assembly;
  readonly diagnostics: readonly Diagnostic[];
  /** Sources that were compiled, relative to the working directory. */
  readonly files: readonly string[];
}

/**
 * Compiles again what changed.
 * @returns undefined when a changed file is not, or no longer, the source of a handler alone, so that everything has to be read again
 */
export async function recompile(assembly: Assembly, changed: readonly string[]): Promise<Recompiled | undefined> {
  if (changed.some((path) => !existsSync(path))) return undefined;
  const entriesBySource = handlerEntries(assembly);
  const entries = new Set<string>();
  for (const path of changed) {
    const uses = entriesBySource.get(path);
    if (!uses) return undefined;
    uses.forEach((entry) => entries.add(entry));
  }

  const diagnostics: Diagnostic[] = [];
  const compiled = new Map<string, { code: string; sourceMap: string }>();
  for (const entry of entries) {
    const { value, diagnostics: problems } = await rebundleHandler(entry, { root: process.cwd() });
    const found = [...problems, ...(value ? checkHandlerCode({ code: { path: entry, text: value.code }, sourceMap: value.sourceMap }) : [])];
    diagnostics.push(...found);
    // Code that AWS would refuse is reported and not served: the last good version keeps answering.
    if (value && !found.some((diagnostic) => diagnostic.severity === 'error')) compiled.set(entry, value);
  }
  return { assembly: withCode(assembly, compiled), diagnostics, files: [...entries].map((entry) => relative(process.cwd(), entry)) };
}

/** Every source file of every handler, with the entry files whose bundles it went into. */
function handlerEntries(assembly: Assembly): Map<string, Set<string>> {
  const entries = new Map<string, Set<string>>();
  for (const { handler } of assembly.apis.flatMap((api) => [...api.resolvers, ...api.functions])) {
    const sources = sourcesOf(handler);
    const entry = sources.at(-1);
    if (entry !== undefined) for (const source of sources) entries.set(source, (entries.get(source) ?? new Set()).add(entry));
  }
  return entries;
}

/** Sources of a bundle in bundling order: what is imported comes before what imports it, so the entry file is the last. */
function sourcesOf(handler: HandlerModel): readonly string[] {
  if (handler.kind !== 'APPSYNC_JS' || handler.sourceMap === undefined) return [];
  return (JSON.parse(handler.sourceMap) as { sources: string[] }).sources;
}

function withCode(assembly: Assembly, compiled: ReadonlyMap<string, { code: string; sourceMap: string }>): Assembly {
  const replaced = <T extends { handler: HandlerModel }>(owner: T): T => {
    const { handler } = owner;
    const code = compiled.get(sourcesOf(handler).at(-1) ?? '');
    if (!code || handler.kind !== 'APPSYNC_JS') return owner;
    return { ...owner, handler: { ...handler, code: { path: handler.code.path, text: code.code }, sourceMap: code.sourceMap } };
  };
  const apis = assembly.apis.map((api): ApiModel => ({ ...api, resolvers: api.resolvers.map(replaced), functions: api.functions.map(replaced) }));
  return { ...assembly, apis };
}
