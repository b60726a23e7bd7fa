/** Gathers every finding about an API: its SDL, its handlers' code, its resources as a whole. */
import { checkHandlerCode, handlerRules } from '../compiler';
import type { Diagnostic } from '../diagnostics';
import type { ApiModel, Assembly, TableModel } from '../model';
import { loadSchema, type RuleSummary, sdlRules } from '../sdl';
import { resolverFileNamesField } from './check-sources';
import { distinct } from './distinct';
import { HandlerCodes } from './handler-codes';
import { apiRules, templateRules } from './rules';
import { diagnosticOf } from './rules/api-rule';

export interface CheckOptions {
  /** Epoch milliseconds that expiry dates are compared with. @default Date.now() */
  readonly nowMs?: number;
  /** The tables that requests are compared with; `checkAssembly` uses those of the assembly. @default none is known */
  readonly tables?: readonly TableModel[];
  /** `Assembly.standIns`. @default every text is known */
  readonly standIns?: readonly string[];
}

/** What the generated list of diagnostics says about a code. */
export interface CheckRule extends Omit<RuleSummary, 'url'> {
  readonly url?: string;
}

/** Every code that SDL, APIs as a whole and resolver code can be given, as plain data. */
export const checkRules: readonly CheckRule[] = [...sdlRules, ...apiRules, ...templateRules, resolverFileNamesField, ...handlerRules].map(({ code, severity, summary, url }) => ({
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
  const { apis, tables, standIns = [], templates = [], diagnostics } = assembly;
  const aboutTemplates = templateRules.flatMap((rule) => templates.flatMap((template) => [...rule.check(template)].map((finding) => diagnosticOf(rule, finding))));
  return distinct([...diagnostics, ...aboutTemplates, ...apis.flatMap((api) => findings(api, { tables, standIns, ...options }))]);
}

function findings(api: ApiModel, { nowMs = Date.now(), tables = [], standIns = [] }: CheckOptions): Diagnostic[] {
  const { value: schema, draft, diagnostics: sdl } = api.schema.length > 0 ? loadSchema(api.schema) : { value: undefined, draft: undefined, diagnostics: [] };
  const codes = new HandlerCodes();
  const isKnown = (text: string) => !standIns.some((standIn) => text.includes(standIn));
  const input = { api, schema, draft, nowMs, tables, isKnown, requestsOf: codes.requestsOf, tableRequestsOf: codes.tableRequestsOf };
  const aboutApi = apiRules.flatMap((rule) => [...rule.check(input)].map((finding) => diagnosticOf(rule, finding)));
  return [...api.findings, ...sdl.map((d) => (api.schemaResource ? { ...d, resource: api.schemaResource } : d)), ...aboutApi, ...handlerFindings(api, codes)];
}

/** One file often serves many resolvers: its code is checked once, for the first of them. */
function handlerFindings(api: ApiModel, codes: HandlerCodes): Diagnostic[] {
  const checked = new Set<string>();
  return [...api.resolvers, ...api.functions].flatMap(({ handler, resource }) => {
    if (handler.kind !== 'APPSYNC_JS' || checked.has(handler.code.text)) return [];
    checked.add(handler.code.text);
    return checkHandlerCode({ code: handler.code, parsed: codes.parsed(handler), resource });
  });
}
