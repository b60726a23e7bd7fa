/** One resolver run as templates see it: `$ctx` as Java values, kept from template to template so that changes to `stash` and `args` carry on. */
import { type JavaPatterns, type JavaValue, renderTemplate, type Template, TemplateFailure, toJava, toPlain } from '../../velocity';
import { BuiltinFailure, HandlerEnd, matchesJavaPattern, replaceJavaPattern } from '../builtins';
import { ContextMap } from './context-map';
import { DocumentError, readDocument } from './json-document';
import { toJson } from './json-text';
import type { TemplateGlobals } from './template-globals';

/** Plain data. */
export interface TemplateContextData {
  readonly args: unknown;
  readonly identity: unknown;
  readonly source: unknown;
  readonly request: unknown;
  readonly info: {
    readonly fieldName: string;
    readonly parentTypeName: string;
    readonly variables: unknown;
    readonly selectionSetList: readonly string[];
    readonly selectionSetGraphQL: string;
  };
  readonly env: unknown;
  readonly stash?: unknown;
  readonly outErrors?: readonly unknown[];
}

/** What differs from template to template; see `StepContext` of the evaluator. */
export interface TemplateStep {
  readonly result?: unknown;
  readonly prev?: { readonly result: unknown };
  readonly error?: unknown;
}

/** How a template ended. `text` is what it printed, when it came to its end. */
export type TemplateEnd = { readonly text?: string } & (
  | { readonly kind: 'value'; readonly value: unknown }
  /** By `#return`. */
  | { readonly kind: 'return'; readonly value: unknown }
  /** A function of `$util` ended the template and has recorded why. */
  | { readonly kind: 'halted' }
  /** `message` of an error of the type `MappingTemplate`. */
  | { readonly kind: 'failed'; readonly message: string }
);

/** The runtime's own, which end when they take too long. */
const patterns: JavaPatterns = { matches: matchesJavaPattern, replace: replaceJavaPattern };

export class TemplateContext {
  private readonly ctx: ContextMap;
  private readonly outErrors: JavaValue[];
  private readonly roots: Readonly<Record<string, JavaValue>>;

  constructor(data: TemplateContextData, { util, extensions }: TemplateGlobals) {
    const { info } = data;
    this.outErrors = (data.outErrors ?? []).map((error) => toJava(error));
    this.ctx = new ContextMap(
      { arguments: data.args, identity: data.identity, source: data.source, result: null, request: data.request, info: null, error: null, prev: null, stash: data.stash ?? {} },
      { args: () => this.ctx.get('arguments') ?? null, env: () => toJava(data.env) },
    );
    const { fieldName, parentTypeName, variables } = info;
    // Source: "When serialized with $util.toJson, the values of selectionSetGraphQL and selectionSetList are not."
    this.ctx.set('info', new ContextMap({ fieldName, parentTypeName, variables }, { selectionSetList: () => toJava(info.selectionSetList), selectionSetGraphQL: () => info.selectionSetGraphQL }));
    this.ctx.set('outErrors', this.outErrors);
    this.roots = { ctx: this.ctx, context: this.ctx, util, utils: util, extensions };
  }

  render(template: Template, step: TemplateStep): TemplateEnd {
    for (const name of ['result', 'prev', 'error'] as const) this.ctx.supply(name, step[name]);
    let text: string | undefined;
    try {
      const rendering = renderTemplate(template, this.roots, patterns);
      if (rendering.kind === 'return') return { kind: 'return', value: returned(rendering.value) };
      text = rendering.text;
      return { kind: 'value', value: readDocument(text), text };
    } catch (error) {
      if (error instanceof HandlerEnd) return { kind: 'halted' };
      if (error instanceof TemplateFailure || error instanceof BuiltinFailure || error instanceof DocumentError) return { kind: 'failed', message: error.message, ...(text !== undefined && { text }) };
      throw error;
    }
  }

  /** Adds to `$ctx.outErrors`. */
  appendError(error: unknown): void {
    this.outErrors.push(toJava(error));
  }

  /** What a later step takes on, as plain data. */
  carried(): { readonly args: unknown; readonly stash: unknown; readonly outErrors: unknown } {
    const plain = (name: string, empty: object) => plainOr(empty, this.ctx.get(name) ?? null);
    return { args: plain('arguments', {}), stash: plain('stash', {}), outErrors: plain('outErrors', []) };
  }
}

/** What a template made hold itself, or far too large, is not carried on. Assumed: as for code. */
function plainOr(empty: object, value: JavaValue): unknown {
  try {
    return toPlain(value);
  } catch (error) {
    if (error instanceof TemplateFailure) return empty;
    throw error;
  }
}

/** Assumed: a string that is JSON counts as what it says, as Amplify's `#return($util.toJson({}))` wants it; any other string is a string. */
function returned(value: JavaValue): unknown {
  if (typeof value !== 'string') return JSON.parse(toJson(value));
  try {
    return readDocument(value);
  } catch (error) {
    if (error instanceof DocumentError) return value;
    throw error;
  }
}
