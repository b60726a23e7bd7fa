/** Gathers every finding about an API: its SDL, its handlers' code, its resources as a whole. */
import { checkHandlerCode, handlerRules } from '../compiler';
import type { Diagnostic } from '../diagnostics';
import type { ApiModel, Assembly } from '../model';
import { loadSchema, type RuleSummary, sdlRules } from '../sdl';
import { resolverFileNamesField } from './check-sources';
import { distinct } from './distinct';
import { apiRules } from './rules';

export interface CheckOptions {
  /** Epoch milliseconds that expiry dates are compared with. @default Date.now() */
  readonly nowMs?: number;
}

/** What the generated list of diagnostics says about a code. */
export interface CheckRule extends Omit<RuleSummary, 'url'> {
  readonly url?: string;
}

/** Every code that SDL, APIs as a whole and resolver code can be given, as plain data. */
export const checkRules: readonly CheckRule[] = [...sdlRules, ...apiRules, resolverFileNamesField, ...handlerRules].map(({ code, severity, summary, url }) => ({
  code,
  severity,
  summary,
  ...(url === undefined ? {} : { url }),
}));

/** Every finding about one API: its SDL, its resolver code, and what no single file can show. Sorted by nothing; the formatter sorts. */
export function checkApi(api: ApiModel, options: CheckOptions = {}): Diagnostic[] {
  return distinct(findings(api, options));
}

/** Every finding about an assembly, the problems of reading it included. A finding that two APIs share (one schema file) is given once. */
export function checkAssembly(assembly: Assembly, options: CheckOptions = {}): Diagnostic[] {
  return distinct([...assembly.diagnostics, ...assembly.apis.flatMap((api) => findings(api, options))]);
}

function findings(api: ApiModel, { nowMs = Date.now() }: CheckOptions): Diagnostic[] {
  const { value: schema, diagnostics: sdl } = api.schema.length > 0 ? loadSchema(api.schema) : { value: undefined, diagnostics: [] };
  const aboutApi = apiRules.flatMap((rule) =>
    [...rule.check({ api, schema, nowMs })].map(({ notes = [], ...finding }) => ({ code: rule.code, severity: rule.severity, url: rule.url, notes, ...finding })),
  );
  return [...api.findings, ...sdl.map((d) => (api.schemaResource ? { ...d, resource: api.schemaResource } : d)), ...aboutApi, ...handlerFindings(api)];
}

/** One file often serves many resolvers: its code is checked once, for the first of them. */
function handlerFindings(api: ApiModel): Diagnostic[] {
  const checked = new Set<string>();
  return [...api.resolvers, ...api.functions].flatMap(({ handler, resource }) => {
    if (handler.kind !== 'APPSYNC_JS' || checked.has(handler.code.text)) return [];
    checked.add(handler.code.text);
    return checkHandlerCode({ code: handler.code, ...(handler.sourceMap === undefined ? {} : { sourceMap: handler.sourceMap }), resource });
  });
}
