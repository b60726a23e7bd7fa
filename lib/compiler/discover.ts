/** Finds resolver sources by convention, so that a file's place says what it answers. */
import type { Diagnostic } from '../diagnostics';

export interface PipelineSource {
  /** `index.ts` of the folder: the pipeline's own request and response handlers. Absent: pass-through. */
  readonly ownFile?: string;
  /** One step per file, ordered by its numeric prefix: `1-priceItems.ts` gives `{ name: 'priceItems' }`. */
  readonly steps: readonly { readonly name: string; readonly file: string }[];
}

export interface ResolverSources {
  /** `Query.getProduct` → absolute path of `Query.getProduct.ts` (or `.js`). */
  readonly units: ReadonlyMap<string, string>;
  /** `Mutation.createOrder` → the folder of that name. */
  readonly pipelines: ReadonlyMap<string, PipelineSource>;
  /** `functions/<name>.ts` → absolute path; functions shared by several pipelines. */
  readonly functions: ReadonlyMap<string, string>;
}

/**
 * Reads a resolver folder. Files named `<Type>.<field>.ts` and folders named `<Type>.<field>` are resolvers, `functions/` holds shared
 * functions; anything else is a module to import and is left alone. A field that has both a file and a folder, two files for one coordinate,
 * a pipeline folder without steps, and a missing folder are diagnostics (`RES_…`).
 */
export function discoverResolvers(_dir: string): { value: ResolverSources; diagnostics: Diagnostic[] } {
  throw new Error('pending');
}
