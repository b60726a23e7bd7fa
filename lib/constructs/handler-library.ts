/** The resolver code of one API: found by convention, bundled in one go, handed out by field, and watched for leftovers. */
import { relative } from 'node:path';
import { analyzeHandler, type BundledHandler, bundleHandlers, discoverResolvers, type HandlerFacts, type ResolverSources } from '../compiler';
import { type Diagnostic, didYouMean } from '../diagnostics';
import { callSite, framed } from './call-site';
import type { TextOrigin } from './text-asset';

/** Code ready to ship, or the reasons why there is none (empty when they are among the library's own diagnostics). */
export type Handler =
  | {
      readonly code: string;
      readonly facts: HandlerFacts;
      /** Absent for generated code, which is its own source. */
      readonly origin?: TextOrigin;
    }
  | { readonly missing: readonly Diagnostic[] };

export interface PipelineHandlers {
  readonly own: Handler;
  readonly steps: readonly { readonly name: string; readonly handler: Handler }[];
}

/** What a pipeline does before its first and after its last step when it has no `index.ts`. */
const passThrough = `/** Runs the steps of the pipeline and returns what the last one gives. */
export function request() {
  return {};
}

export function response(ctx) {
  return ctx.prev.result;
}
`;

/** What goes around steps that have no code of the author's around them. */
export function passThroughHandler(): Handler {
  return generatedHandler(passThrough);
}

/** Generated code as a handler. */
export function generatedHandler(code: string): Extract<Handler, { readonly code: string }> {
  return { code, facts: analyzeHandler(code) };
}

export class HandlerLibrary {
  /** Problems of the folder and of the code in it. */
  readonly diagnostics: readonly Diagnostic[];

  private readonly sources: ResolverSources;
  private readonly bundles: ReadonlyMap<string, BundledHandler>;
  private readonly used = new Set<string>();
  private readonly wanted = new Set<string>();

  /** @param folder absolute path; undefined for an API that names each file itself */
  constructor(private readonly folder: string | undefined) {
    const found = folder === undefined ? { value: { units: new Map(), pipelines: new Map(), functions: new Map() }, diagnostics: [] } : discoverResolvers(folder);
    this.sources = found.value;
    const pipelineFiles = [...this.sources.pipelines.values()].flatMap(({ ownFile, steps }) => [...(ownFile ? [ownFile] : []), ...steps.map((step) => step.file)]);
    const bundled = bundleHandlers([...this.sources.units.values(), ...pipelineFiles], { root: process.cwd() });
    this.bundles = bundled.value;
    this.diagnostics = [...found.diagnostics, ...bundled.diagnostics];
  }

  /** @param file absolute path, for code outside the folder's convention */
  unit(field: string, file?: string): Handler {
    this.wanted.add(field);
    if (file !== undefined) {
      const { value, diagnostics } = bundleHandlers([file], { root: process.cwd() });
      return handlerFrom(value.get(file), diagnostics);
    }
    this.used.add(field);
    const found = this.sources.units.get(field);
    if (found === undefined) return { missing: this.noSource(field, `${field}.ts`) };
    return handlerFrom(this.bundles.get(found));
  }

  /** Whether the folder has code for a unit resolver of that field. */
  hasUnit(field: string): boolean {
    return this.sources.units.has(field);
  }

  pipeline(field: string): PipelineHandlers {
    this.wanted.add(field);
    this.used.add(field);
    const found = this.sources.pipelines.get(field);
    if (found === undefined) return { own: { missing: this.noSource(field, `${field}/1-firstStep.ts`) }, steps: [] };
    return {
      own: found.ownFile === undefined ? generatedHandler(passThrough) : handlerFrom(this.bundles.get(found.ownFile)),
      steps: found.steps.map(({ name, file }) => ({ name, handler: handlerFrom(this.bundles.get(file)) })),
    };
  }

  /** One finding for each resolver source that nothing was attached to, but for one that a resolver without code seems to mean: that is told there. */
  unusedSources(): Diagnostic[] {
    const sources = [...this.sources.units, ...[...this.sources.pipelines].map(([field, { steps, ownFile }]) => [field, steps[0]?.file ?? ownFile] as const)];
    const withoutCode = [...this.wanted].filter((field) => !this.sources.units.has(field) && !this.sources.pipelines.has(field));
    return sources
      .filter(([field]) => !this.used.has(field) && didYouMean(field, withoutCode) === undefined)
      .map(([field, file]) => ({
        code: 'RES_UNATTACHED',
        severity: 'error',
        message: `nothing is attached to the resolver source for ${field}`,
        ...(file ? { location: { file, line: 1, column: 1 } } : {}),
        notes: [],
        fix: this.sources.pipelines.has(field) ? `call api.pipeline('${field}', [...]), or delete the folder` : `call resolve('${field}') on the data source that answers it, or delete the file`,
      }));
  }

  /** None for a folder that is missing: that is told once. */
  private noSource(field: string, expected: string): Diagnostic[] {
    if (this.diagnostics.some(({ code }) => code === 'RES_FOLDER_MISSING')) return [];
    const where = this.folder === undefined ? 'no "resolvers" folder is given' : `${relative(process.cwd(), this.folder)} has no ${expected}`;
    const suggestion = didYouMean(field, [...this.sources.units.keys(), ...this.sources.pipelines.keys()].filter((name) => !this.used.has(name)));
    const location = callSite();
    return [
      framed({
        code: 'RES_NO_SOURCE',
        severity: 'error',
        message: `there is no code for ${field}: ${where}${suggestion ? `; ${suggestion}` : ''}`,
        ...(location ? { location } : {}),
        notes: [],
        fix: this.folder === undefined ? 'give the API a "resolvers" folder, or the resolver a "file"' : `write ${expected} in that folder`,
      }),
    ];
  }
}

function handlerFrom(bundle: BundledHandler | undefined, missing: readonly Diagnostic[] = []): Handler {
  if (!bundle) return { missing };
  return { code: bundle.code, facts: analyzeHandler(bundle.code), origin: JSON.parse(bundle.sourceMap) as TextOrigin };
}
