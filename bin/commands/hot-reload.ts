/** The inner loop: an edited resolver is compiled alone and put into the running model; anything else reads the input again. */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { checkHandlerCode, rebundleHandler } from '../../lib/compiler';
import type { Diagnostic } from '../../lib/diagnostics';
import type { ApiModel, Assembly, HandlerModel } from '../../lib/model';
import { entryOf, handlersOf, sourcesOf } from './assembly-files';

export interface Recompiled {
  readonly assembly: Assembly;
  readonly diagnostics: readonly Diagnostic[];
  /** Entry files that were compiled, relative to the working directory. */
  readonly served: readonly string[];
  /** Those with errors: their last good version stays. */
  readonly refused: readonly string[];
}

/** The compiler starts a process of its own: loaded ahead of the first edit. */
export async function warmUp(assembly: Assembly): Promise<void> {
  const [entry] = handlerEntries(assembly).values();
  if (entry) await compile([...entry][0] ?? '');
}

/**
 * Compiles again what changed. Code that AWS would refuse is reported and left out.
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
  const compiled = new Map<string, CompiledHandler>();
  for (const entry of entries) {
    const { value, problems } = await compile(entry);
    // A bundle does not name an entry that only re-exports; synthesis knows it.
    if (problems.some(({ code }) => code === 'RES_EXPORT')) return undefined;
    diagnostics.push(...problems);
    if (value && !problems.some(({ severity }) => severity === 'error')) compiled.set(entry, value);
  }
  const names = (chosen: readonly string[]) => chosen.map((entry) => relative(process.cwd(), entry));
  return {
    assembly: withCode(assembly, compiled),
    diagnostics,
    served: names([...compiled.keys()]),
    refused: names([...entries].filter((entry) => !compiled.has(entry))),
  };
}

interface CompiledHandler {
  readonly code: string;
  readonly sourceMap: string;
}

async function compile(entry: string): Promise<{ value: CompiledHandler | undefined; problems: readonly Diagnostic[] }> {
  const { value, diagnostics } = await rebundleHandler(entry, { root: process.cwd() });
  return { value, problems: [...diagnostics, ...(value ? checkHandlerCode({ code: { path: entry, text: value.code }, sourceMap: value.sourceMap }) : [])] };
}

/** Every source file of every handler, with the entry files whose bundles it went into. */
function handlerEntries(assembly: Assembly): Map<string, Set<string>> {
  const entries = new Map<string, Set<string>>();
  for (const handler of handlersOf(assembly)) {
    const entry = entryOf(handler);
    if (entry !== undefined) for (const source of sourcesOf(handler)) entries.set(source, (entries.get(source) ?? new Set()).add(entry));
  }
  return entries;
}

function withCode(assembly: Assembly, compiled: ReadonlyMap<string, CompiledHandler>): Assembly {
  const replaced = <T extends { handler: HandlerModel }>(owner: T): T => {
    const { handler } = owner;
    const code = compiled.get(entryOf(handler) ?? '');
    if (!code || handler.kind !== 'APPSYNC_JS') return owner;
    return { ...owner, handler: { ...handler, code: { path: handler.code.path, text: code.code }, sourceMap: code.sourceMap } };
  };
  const apis = assembly.apis.map((api): ApiModel => ({ ...api, resolvers: api.resolvers.map(replaced), functions: api.functions.map(replaced) }));
  return { ...assembly, apis };
}
