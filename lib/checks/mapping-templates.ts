/** Mapping templates, each with what it is for. Hides where they hang or lie, and how they are parsed. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { locationAt, type ResourceRef, type SourceFile, type SourceLocation } from '../diagnostics';
import type { ApiModel, DataSourceModel, HandlerModel } from '../model';
import { parseTemplate, type Reference, referencesIn, type Span, type Template, type TemplateProblem, variablesIn } from '../velocity';
import { readRequestDocument, type RequestDocument } from './request-document';
import { filesBelow } from './source-files';

export interface MappingTemplate {
  readonly source: SourceFile;
  /** Absent for a file whose name does not say it. */
  readonly part?: 'request' | 'response';
  /** A template before or after the functions of a pipeline is of the kind `PIPELINE`. Absent for a file that no API holds. */
  readonly owner?: 'UNIT' | 'PIPELINE' | 'FUNCTION';
  /** Absent for pipelines, for a file that no API holds, and when the API lacks the data source that is named. */
  readonly dataSource?: DataSourceModel;
  /** Absent for a file that no API holds. */
  readonly resource?: ResourceRef;
}

/** The templates of an API. */
export function* mappingTemplates(api: ApiModel): Generator<MappingTemplate> {
  for (const { kind, handler, dataSourceName, resource } of api.resolvers) yield* ofHandler(handler, kind, dataSourceNamed(api, dataSourceName), resource);
  for (const { handler, dataSourceName, resource } of api.functions) yield* ofHandler(handler, 'FUNCTION', dataSourceNamed(api, dataSourceName), resource);
}

/** The `.vtl` files of a source folder. */
export function* mappingTemplateFiles(folder: string): Generator<MappingTemplate> {
  for (const path of filesBelow(folder)) if (/\.vtl$/i.test(path)) yield { source: { path, text: readFileSync(path, 'utf8') }, ...partNamedBy(path) };
}

/** What the rules want to know of a template, each thing worked out once. */
export interface ReadTemplate {
  readonly template: Template;
  readonly references: readonly Reference[];
  /** Names that the template itself gives a value. */
  readonly variables: ReadonlySet<string>;
  /** Undefined when the template does not visibly make an object. */
  readonly document: RequestDocument | undefined;
}

type Reading = { readonly read: ReadTemplate; readonly problem?: undefined } | { readonly read?: undefined; readonly problem: TemplateProblem };

/** By the text's own object, so that what nobody holds any more is forgotten here, too. */
const readings = new WeakMap<SourceFile, Reading>();

/** A template, read once for all the rules that look at it, or why it is none. */
export function readTemplate(source: SourceFile): Reading {
  const known = readings.get(source);
  if (known) return known;
  const { template, problem } = parseTemplate(source);
  const reading: Reading = template ? { read: lazily(template) } : { problem };
  readings.set(source, reading);
  return reading;
}

function lazily(template: Template): ReadTemplate {
  let references: readonly Reference[] | undefined;
  let variables: ReadonlySet<string> | undefined;
  let document: { readonly value: RequestDocument | undefined } | undefined;
  return {
    template,
    get references() {
      return (references ??= referencesIn(template.block));
    },
    get variables() {
      return (variables ??= new Set(variablesIn(template.block)));
    },
    get document() {
      return (document ??= { value: readRequestDocument(template) }).value;
    },
  };
}

/** Those that parse. */
export function* parsedTemplates(templates: Iterable<MappingTemplate>): Generator<{ readonly mapping: MappingTemplate; readonly read: ReadTemplate }> {
  for (const mapping of templates) {
    const { read } = readTemplate(mapping.source);
    if (read) yield { mapping, read };
  }
}

/** Where a finding about a stretch of a template belongs. */
export function placeIn({ source, resource }: MappingTemplate, { start, end }: Span): { readonly location: SourceLocation; readonly resource?: ResourceRef } {
  return { location: locationAt(source, start, Math.max(1, end - start)), ...(resource ? { resource } : {}) };
}

/** Whatever tool wrote the file: `Query.a.request.vtl`, `createA.req.vtl`, `list-a-response.vtl`, `before.vtl`, `a/res.vtl`. */
function partNamedBy(path: string): Pick<MappingTemplate, 'part'> {
  const [, word] = /(?:^|[._-])(req|request|before|res|resp|response|after)\.vtl$/i.exec(basename(path)) ?? [];
  if (word === undefined) return {};
  return { part: /^(?:req|before)/i.test(word) ? 'request' : 'response' };
}

function* ofHandler(handler: HandlerModel, owner: MappingTemplate['owner'], dataSource: DataSourceModel | undefined, resource: ResourceRef): Generator<MappingTemplate> {
  if (handler.kind !== 'VTL') return;
  const about = { ...(owner ? { owner } : {}), resource, ...(dataSource ? { dataSource } : {}) };
  if (handler.request) yield { source: handler.request, part: 'request', ...about };
  if (handler.response) yield { source: handler.response, part: 'response', ...about };
}

function dataSourceNamed(api: ApiModel, dataSourceName: string | undefined): DataSourceModel | undefined {
  return api.dataSources.find(({ name }) => name === dataSourceName);
}
