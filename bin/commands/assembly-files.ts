/** The files an assembly was read from, and the ones its code was written in. */
import { dirname, sep } from 'node:path';
import type { Assembly, HandlerModel } from '../../lib/model';

/** Absolute paths of what a bundle was made from, the entry file among them; empty when it is not known. */
export function sourcesOf(handler: HandlerModel): readonly string[] {
  if (handler.kind !== 'APPSYNC_JS' || handler.sourceMap === undefined) return [];
  return (JSON.parse(handler.sourceMap) as { sources: string[] }).sources;
}

/**
 * The file a bundle was made for. esbuild names the file above each part of a bundle and puts what is imported before what imports it,
 * so the last name is the entry's. The order of the sources does not tell: imports that stay imports come first, whoever wrote them.
 */
export function entryOf(handler: HandlerModel): string | undefined {
  const sources = sourcesOf(handler);
  if (handler.kind !== 'APPSYNC_JS' || sources.length < 2) return sources[0];
  const names = [...handler.code.text.matchAll(/^\/\/ (.+)$/gm)].map(([, name = '']) => name.replace(/^(?:\.\.\/)+/, ''));
  return names.reverse().flatMap((name) => sources.find((source) => source.split(sep).join('/').endsWith(`/${name}`)) ?? [])[0];
}

export function handlersOf({ apis }: Assembly): HandlerModel[] {
  return apis.flatMap((api) => [...api.resolvers, ...api.functions]).map(({ handler }) => handler);
}

/** Template, schema and code files, absolute. Text inside a template has the template's path and a fragment. */
export function filesOf(assembly: Assembly): ReadonlySet<string> {
  const code = handlersOf(assembly).flatMap((handler) => {
    switch (handler.kind) {
      case 'APPSYNC_JS':
        return [handler.code];
      case 'VTL':
        return [handler.request, handler.response].flatMap((file) => file ?? []);
      case 'DIRECT':
        return [];
    }
  });
  return new Set([...assembly.apis.flatMap((api) => [api.resource.templatePath, ...api.schema.map(({ path }) => path)]), ...code.map(({ path }) => path)]);
}

/** Every folder an edit of this assembly may happen in, wherever it is. */
export function foldersOf(assembly: Assembly): ReadonlySet<string> {
  return new Set([...handlersOf(assembly).flatMap(sourcesOf), ...filesOf(assembly)].map((file) => dirname(file)));
}
