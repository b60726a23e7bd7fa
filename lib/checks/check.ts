/** Gathers every finding about an API: its SDL, its handlers' code, its resources as a whole. */
import { checkHandlerCode, handlerRules } from '../compiler';
import type { CodeSummary, Diagnostic } from '../diagnostics';
import { type ApiModel, type Assembly, type DatabaseClusterModel, type LambdaFunctionModel, SourcePlaces, type TableModel } from '../model';
import { loadSchema, sdlRules } from '../sdl';
import { resolverFileNamesField } from './check-sources';
import { distinct, identityOf } from './distinct';
import { HandlerCodes } from './handler-codes';
import { apiRules, templateRules } from './rules';
import { diagnosticOf } from './rules/api-rule';

export interface CheckOptions {
  /** Epoch milliseconds that expiry dates are compared with. @default Date.now() */
  readonly nowMs?: number;
  /** The tables that requests are compared with; `checkAssembly` uses those of the assembly. @default none is known */
  readonly tables?: readonly TableModel[];
  /** The functions that the API calls, likewise. @default none is known */
  readonly lambdaFunctions?: readonly LambdaFunctionModel[];
  /** The database clusters that it asks, likewise. @default none is known */
  readonly databaseClusters?: readonly DatabaseClusterModel[];
  /** `Assembly.standIns`. @default every text is known */
  readonly standIns?: readonly string[];
}

/** Every code that SDL, APIs as a whole and resolver code can be given, as plain data. */
export const checkRules: readonly CodeSummary[] = [...sdlRules, ...apiRules, ...templateRules, resolverFileNamesField, ...handlerRules].map(({ code, severity, summary, url }) => ({
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
  const { apis, tables, lambdaFunctions = [], databaseClusters = [], standIns = [], templates = [], diagnostics } = assembly;
  const aboutTemplates = templateRules.flatMap((rule) => templates.flatMap((template) => [...rule.check(template)].map((finding) => diagnosticOf(rule, finding))));
  const found = distinct([...diagnostics, ...aboutTemplates, ...apis.flatMap((api) => findings(api, { tables, lambdaFunctions, databaseClusters, standIns, ...options }))]);
  const places = new SourcePlaces();
  return found.map((diagnostic) => placed(diagnostic, places));
}

/** What is about a resource, or about a text that the CDK has copied, is told where the author made the resource. */
function placed(diagnostic: Diagnostic, places: SourcePlaces): Diagnostic {
  const { location, resource, notes: written } = diagnostic;
  const made = resource && (!location || places.isSynthesized(location.file)) ? places.ofResource(resource) : undefined;
  const notes = written.map((note) => (note.location ? { ...note, location: places.ofText(note.location, made) } : note));
  if (location) return { ...diagnostic, location: places.ofText(location, made), notes: made ? [...notes, { message: `"${resource!.logicalId}" is made here`, location: made }] : notes };
  return made ? { ...diagnostic, location: made, notes } : { ...diagnostic, notes };
}

function findings(api: ApiModel, { nowMs = Date.now(), tables = [], lambdaFunctions = [], databaseClusters = [], standIns = [] }: CheckOptions): Diagnostic[] {
  // With a file of it missing, which our constructs have told, the rest of a schema says little.
  const isWhole = api.schema.length > 0 && !api.findings.some(({ code }) => code === 'SDL_NO_FILE');
  const { value: schema, draft, diagnostics: sdl } = isWhole ? loadSchema(api.schema) : { value: undefined, draft: undefined, diagnostics: [] };
  const codes = new HandlerCodes();
  const isKnown = (text: string) => !standIns.some((standIn) => text.includes(standIn));
  const input = { api, schema, draft, nowMs, tables, lambdaFunctions, databaseClusters, isKnown, requestsOf: codes.requestsOf, tableRequestsOf: codes.tableRequestsOf };
  const aboutApi = apiRules.flatMap((rule) => [...rule.check(input)].map((finding) => diagnosticOf(rule, finding)));
  return [...api.findings, ...sdl.map((d) => (api.schemaResource ? { ...d, resource: api.schemaResource } : d)), ...aboutApi, ...handlerFindings(api, codes)];
}

/**
 * One file often serves many resolvers, and one module is bundled into many files: each code is checked once, each finding given once, for
 * the first resolver that it is about, with a note that counts them all.
 */
function handlerFindings(api: ApiModel, codes: HandlerCodes): Diagnostic[] {
  const found = new Map<string, { readonly diagnostic: Diagnostic; users: number }>();
  const users = [...api.resolvers, ...api.functions].flatMap(({ handler, resource }) => (handler.kind === 'APPSYNC_JS' ? [{ handler, resource }] : []));
  const usersOf = new Map<string, number>();
  for (const { handler } of users) usersOf.set(handler.code.text, (usersOf.get(handler.code.text) ?? 0) + 1);
  const checked = new Set<string>();
  for (const { handler, resource } of users) {
    const { text } = handler.code;
    if (checked.has(text)) continue;
    checked.add(text);
    const count = usersOf.get(text) ?? 1;
    for (const diagnostic of checkHandlerCode({ code: handler.code, parsed: codes.parsed(handler), resource })) {
      const key = identityOf(diagnostic);
      const known = found.get(key);
      if (known) known.users += count;
      else found.set(key, { diagnostic, users: count });
    }
  }
  return [...found.values()].map(({ diagnostic, users: count }) => {
    const note = { message: `${count} resolvers and functions of the API "${api.name}" run this code` };
    return count === 1 ? diagnostic : { ...diagnostic, notes: [...diagnostic.notes, note] };
  });
}
