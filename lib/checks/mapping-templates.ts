/** The mapping templates of an API, each with what it is for. Hides where they hang and how they are parsed. */
import { locationAt, type ResourceRef, type SourceFile, type SourceLocation } from '../diagnostics';
import type { ApiModel, DataSourceModel, HandlerModel } from '../model';
import { parseTemplate, type Span, type Template } from '../velocity';

export interface MappingTemplate {
  readonly source: SourceFile;
  readonly part: 'request' | 'response';
  /** A template before or after the functions of a pipeline is of the kind `PIPELINE`. */
  readonly owner: 'UNIT' | 'PIPELINE' | 'FUNCTION';
  /** Absent for pipelines, and when the API lacks the data source that is named. */
  readonly dataSource?: DataSourceModel;
  readonly resource: ResourceRef;
}

export function* mappingTemplates(api: ApiModel): Generator<MappingTemplate> {
  for (const { kind, handler, dataSourceName, resource } of api.resolvers) yield* ofHandler(handler, kind, dataSourceNamed(api, dataSourceName), resource);
  for (const { handler, dataSourceName, resource } of api.functions) yield* ofHandler(handler, 'FUNCTION', dataSourceNamed(api, dataSourceName), resource);
}

/** Those that parse. */
export function* parsedTemplates(api: ApiModel): Generator<MappingTemplate & { readonly template: Template }> {
  for (const mapping of mappingTemplates(api)) {
    const { template } = parseTemplate(mapping.source);
    if (template) yield { ...mapping, template };
  }
}

/** The place of a stretch of a template. */
export function placeIn({ source }: MappingTemplate, { start, end }: Span): SourceLocation {
  return locationAt(source, start, Math.max(1, end - start));
}

function* ofHandler(handler: HandlerModel, owner: MappingTemplate['owner'], dataSource: DataSourceModel | undefined, resource: ResourceRef): Generator<MappingTemplate> {
  if (handler.kind !== 'VTL') return;
  const about = { owner, resource, ...(dataSource ? { dataSource } : {}) };
  if (handler.request) yield { source: handler.request, part: 'request', ...about };
  if (handler.response) yield { source: handler.response, part: 'response', ...about };
}

function dataSourceNamed(api: ApiModel, dataSourceName: string | undefined): DataSourceModel | undefined {
  return api.dataSources.find(({ name }) => name === dataSourceName);
}
