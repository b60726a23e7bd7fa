/** Checks sources that no template holds yet: a schema, and a folder of resolver files. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bundleHandlers, checkHandlerCode, discoverResolvers, type ResolverSources } from '../compiler';
import type { Diagnostic } from '../diagnostics';
import { loadSchema, readSchemaFiles, type RuleSummary, type SchemaModel } from '../sdl';
import { distinct } from './distinct';
import { mappingTemplateFiles } from './mapping-templates';
import { missingField } from './missing-field';
import { apiRules } from './rules';
import { diagnosticOf } from './rules/api-rule';
import { filesBelow } from './source-files';

export const resolverFileNamesField: RuleSummary = {
  code: 'RES_FIELD',
  severity: 'error',
  summary: 'a resolver file or folder is named after a field of the schema',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html',
};

/**
 * Every finding about SDL files and, with `resolversDir`, about the resolver sources in a folder: do they compile, will AppSync take them,
 * does the field in their name exist. Mapping templates, `.vtl`, and modules that export both handlers are checked wherever they lie in that
 * folder: other tools name their files in other ways. Whether every field is answered needs the template: a data source may answer without code.
 */
export function checkSources(schemaPaths: readonly string[], resolversDir?: string): Diagnostic[] {
  const files = readSchemaFiles(schemaPaths);
  const sdl = files.value.length > 0 ? loadSchema(files.value) : { value: undefined, draft: undefined, diagnostics: [] };
  const resolvers = resolversDir === undefined ? { diagnostics: [], codeByField: new Map<string, string>() } : checkResolvers(resolversDir, sdl.value);
  const templates = resolversDir === undefined ? [] : aboutTemplates(resolversDir);
  return distinct([...files.diagnostics, ...sdl.diagnostics, ...(sdl.draft ? aboutSchema(sdl.draft, resolvers.codeByField) : []), ...resolvers.diagnostics, ...templates]);
}

function aboutSchema(draft: SchemaModel, resolverCode: ReadonlyMap<string, string>): Diagnostic[] {
  return apiRules.flatMap((rule) => [...(rule.checkSources?.({ draft, resolverCode }) ?? [])].map((finding) => diagnosticOf(rule, finding)));
}

function aboutTemplates(dir: string): Diagnostic[] {
  const templates = [...mappingTemplateFiles(dir)];
  return apiRules.flatMap((rule) => [...(rule.checkTemplates?.(templates) ?? [])].map((finding) => diagnosticOf(rule, finding)));
}

function checkResolvers(dir: string, schema: SchemaModel | undefined): { diagnostics: Diagnostic[]; codeByField: ReadonlyMap<string, string> } {
  const { value: sources, diagnostics } = discoverResolvers(dir);
  const named = handlerFiles(sources);
  const bundles = bundleHandlers([...named, ...otherHandlers(dir, named)], { root: dirname(dir) });
  const code = [...bundles.value.values()].flatMap((bundle) => checkHandlerCode({ code: { path: bundle.file, text: bundle.code }, sourceMap: bundle.sourceMap }));
  const codeOf = (file: string) => bundles.value.get(file)?.code ?? '';
  return {
    diagnostics: [...diagnostics, ...(schema ? misnamed(sources, schema) : []), ...bundles.diagnostics, ...code],
    codeByField: new Map([
      ...[...sources.units].map(([field, file]) => [field, codeOf(file)] as const),
      ...[...sources.pipelines].map(([field, { ownFile, steps }]) => [field, [ownFile, ...steps.map(({ file }) => file)].map((file) => codeOf(file ?? '')).join('\n')] as const),
    ]),
  };
}

function handlerFiles({ units, pipelines, functions }: ResolverSources): string[] {
  const ofPipelines = [...pipelines.values()].flatMap(({ ownFile, steps }) => [...(ownFile === undefined ? [] : [ownFile]), ...steps.map(({ file }) => file)]);
  return [...units.values(), ...ofPipelines, ...functions.values()];
}

/** Handlers whose place says nothing of the field they answer. */
function otherHandlers(dir: string, named: readonly string[]): string[] {
  const modules = [...filesBelow(resolve(dir))].filter((path) => /\.m?[jt]s$/.test(path) && !/\.(?:d|test|spec)\.m?[jt]s$/.test(path));
  return modules.filter((path) => !named.includes(path) && exportsBothHandlers(readFileSync(path, 'utf8')));
}

function exportsBothHandlers(text: string): boolean {
  return ['request', 'response'].every((name) => new RegExp(`^export\\s+(?:const|let|var|(?:async\\s+)?function\\*?|\\{[^}]*)\\s*\\b${name}\\b`, 'm').test(text));
}

function misnamed({ units, pipelines }: ResolverSources, schema: SchemaModel): Diagnostic[] {
  const places = [...units, ...[...pipelines].flatMap(([field, { ownFile, steps }]) => [ownFile ?? steps[0]?.file].flatMap((file) => (file === undefined ? [] : [[field, file] as const])))];
  return places.flatMap(([coordinate, file]) => {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const missing = missingField(schema, typeName, fieldName);
    if (!missing) return [];
    const { code, severity, url } = resolverFileNamesField;
    const { what, notes, fix } = missing;
    return [{ code, severity, url, message: `resolver ${coordinate} is named after ${what}`, location: { file, line: 1, column: 1 }, notes, fix }];
  });
}
