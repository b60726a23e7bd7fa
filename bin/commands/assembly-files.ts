/** The files an assembly was read from, and the ones its code was written in. */
import { dirname } from 'node:path';
import type { Assembly, HandlerModel } from '../../lib/model';

/** Sources of a bundle in bundling order: what is imported comes before what imports it, so the entry file is the last. Empty when it is not known. */
export function sourcesOf(handler: HandlerModel): readonly string[] {
  if (handler.kind !== 'APPSYNC_JS' || handler.sourceMap === undefined) return [];
  return (JSON.parse(handler.sourceMap) as { sources: string[] }).sources;
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
