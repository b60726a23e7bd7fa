/** One `AWS::AppSync::GraphQLApi` with everything attached to it → `ApiModel`. */
import { resolve } from 'node:path';
import type { Diagnostic, ResourceRef } from '../diagnostics';
import type { ApiKeyModel, ApiModel, CacheModel, FunctionModel, ResolverModel, SyncModel, UnreadResource } from './api-model';
import type { Assets } from './assets';
import type { Problems } from './problems';
import { readAuthorization } from './read-authorization';
import { readDataSource } from './read-data-source';
import { readHandler, readPart } from './read-handler';
import type { Roles } from './roles';
import type { Resource } from './stack';
import { asPlain } from './template-file';

/** Where our constructs put their findings, in the metadata of the API. */
const findingsKey = 'cdk-enterprise-appsync';

/**
 * @param children every AppSync resource whose `ApiId` is this API's, in template order
 * @returns undefined when the API lacks its name; that is reported
 */
export function readGraphqlApi(api: Resource, children: readonly Resource[], assets: Assets, problems: Problems, roles: Roles): ApiModel | undefined {
  const { properties, stack, ref } = api;
  const name = properties.required('Name');
  if (name === undefined) return undefined;
  const ofType = (type: string) => children.filter((child) => child.type === `AWS::AppSync::${type}`);
  const schema = ofType('GraphQLSchema')[0];
  const cache = ofType('ApiCache').flatMap((resource) => readCache(resource) ?? [])[0];
  reportSurplus(ofType('GraphQLSchema'), 'a schema');
  reportSurplus(ofType('ApiCache'), 'a cache');
  const unread: UnreadResource[] = [];
  const readEach = <T>(type: string, kind: UnreadResource['kind'], identityOf: (resource: Resource) => string | undefined, read: (resource: Resource) => T | undefined): T[] =>
    ofType(type).flatMap((resource) => {
      const value = read(resource);
      if (value !== undefined) return [value];
      const identity = identityOf(resource);
      unread.push({ kind, ...(identity === undefined ? {} : { identity }), resource: resource.ref });
      return [];
    });
  return {
    name,
    apiId: attributeText(api, 'ApiId'),
    region: stack.region,
    accountId: stack.accountId,
    resource: ref,
    ...(schema ? readSchema(schema, assets, problems) : { schema: [] }),
    ...(schema ? { schemaResource: schema.ref } : {}),
    authorization: readAuthorization(properties, stack.region),
    apiKeys: ofType('ApiKey').map(readApiKey),
    environment: Object.fromEntries(Object.entries(asPlain(properties.value('EnvironmentVariables'))).map(([key, value]) => [key, String(value)])),
    introspection: properties.text('IntrospectionConfig') !== 'DISABLED',
    queryDepthLimit: properties.number('QueryDepthLimit') ?? 0,
    resolverCountLimit: properties.number('ResolverCountLimit') ?? 0,
    ...(cache ? { cache } : {}),
    dataSources: readEach('DataSource', 'DATA_SOURCE', ({ properties: own }) => own.text('Name'), (resource) => readDataSource(resource, roles, assets)),
    functions: readEach('FunctionConfiguration', 'FUNCTION', (resource) => attributeText(resource, 'FunctionId'), (resource) => readFunction(resource, assets, problems)),
    resolvers: readEach('Resolver', 'RESOLVER', fieldOf, (resource) => readResolver(resource, assets, problems)),
    unread,
    findings: readFindings(asPlain(api.metadata[findingsKey]).findings, ref),
  };
}

function reportSurplus([first, ...others]: readonly Resource[], what: string): void {
  for (const { properties } of others) properties.report('ApiId', `names an API that has ${what} already, "${first?.logicalId}"`, 'remove one of the two');
}

/** The user's own files when our constructs left a map beside the asset, otherwise the one text that AppSync gets. */
function readSchema(resource: Resource, assets: Assets, problems: Problems): Pick<ApiModel, 'schema' | 'schemaIsMerged'> {
  const text = readPart(resource, 'Definition', assets, problems);
  if (!text) return { schema: [] };
  const origin = assets.originOf(text.path);
  const contents = origin && Array.isArray(origin.sourcesContent) ? (origin.sourcesContent as unknown[]) : [];
  const files = origin?.sources.flatMap((path, index) => {
    const content = contents[index];
    return typeof content === 'string' ? [{ path, text: content }] : [];
  });
  const isComplete = files !== undefined && files.length > 0 && files.length === origin?.sources.length;
  return isComplete ? { schema: files, schemaIsMerged: true } : { schema: [text] };
}

function readApiKey(resource: Resource): ApiKeyModel {
  const expires = resource.properties.number('Expires');
  return { key: attributeText(resource, 'ApiKey'), ...(expires === undefined ? {} : { expires }), resource: resource.ref };
}

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiCache.html (`type`; the last seven are the older names) */
const cacheTypes = [
  ...['SMALL', 'MEDIUM', 'LARGE', 'XLARGE', 'LARGE_2X', 'LARGE_4X', 'LARGE_8X', 'LARGE_12X'],
  ...['T2_SMALL', 'T2_MEDIUM', 'R4_LARGE', 'R4_XLARGE', 'R4_2XLARGE', 'R4_4XLARGE', 'R4_8XLARGE'],
];

function readCache({ properties, ref }: Resource): CacheModel | undefined {
  const type = properties.text('Type');
  if (type !== undefined && !cacheTypes.includes(type)) properties.report('Type', `is "${type}"`, `use one of ${cacheTypes.slice(0, 8).join(', ')}`);
  const behavior = properties.required('ApiCachingBehavior');
  const ttlSeconds = properties.requiredNumber('Ttl');
  switch (behavior) {
    case undefined:
      return undefined;
    case 'FULL_REQUEST_CACHING':
    case 'PER_RESOLVER_CACHING':
    case 'OPERATION_LEVEL_CACHING':
      return ttlSeconds === undefined ? undefined : { behavior, ttlSeconds, resource: ref };
    default:
      properties.report('ApiCachingBehavior', `is "${behavior}"`, 'use FULL_REQUEST_CACHING, PER_RESOLVER_CACHING or OPERATION_LEVEL_CACHING');
      return undefined;
  }
}

function fieldOf({ properties }: Resource): string | undefined {
  const [typeName, fieldName] = [properties.text('TypeName'), properties.text('FieldName')];
  return typeName === undefined || fieldName === undefined ? undefined : `${typeName}.${fieldName}`;
}

function readFunction(resource: Resource, assets: Assets, problems: Problems): FunctionModel | undefined {
  const { properties, ref } = resource;
  const name = properties.required('Name');
  const dataSourceName = properties.required('DataSourceName');
  const handler = readHandler(resource, assets, problems);
  if (name === undefined || dataSourceName === undefined || !handler) return undefined;
  const version = properties.text('FunctionVersion');
  return { functionId: attributeText(resource, 'FunctionId'), name, dataSourceName, handler, ...(version === undefined ? {} : { version }), ...batchSize(resource), ...sync(resource), resource: ref };
}

function readResolver(resource: Resource, assets: Assets, problems: Problems): ResolverModel | undefined {
  const { properties, ref } = resource;
  const typeName = properties.required('TypeName');
  const fieldName = properties.required('FieldName');
  const handler = readHandler(resource, assets, problems);
  if (typeName === undefined || fieldName === undefined || !handler) return undefined;
  const kind = properties.text('Kind') ?? 'UNIT';
  if (kind !== 'UNIT' && kind !== 'PIPELINE') {
    properties.report('Kind', `is "${kind}"`, 'use UNIT or PIPELINE');
    return undefined;
  }
  const dataSourceName = properties.text('DataSourceName');
  const ttlSeconds = properties.has('CachingConfig') ? properties.requiredNumber('CachingConfig.Ttl') : undefined;
  return {
    typeName,
    fieldName,
    kind,
    ...(dataSourceName === undefined ? {} : kind === 'UNIT' ? { dataSourceName } : { strayDataSourceName: dataSourceName }),
    functionIds: kind === 'PIPELINE' ? properties.texts('PipelineConfig.Functions') : [],
    handler,
    ...(ttlSeconds === undefined ? {} : { caching: { ttlSeconds, keys: properties.texts('CachingConfig.CachingKeys') } }),
    ...batchSize(resource),
    ...sync(resource),
    resource: ref,
  };
}

function batchSize({ properties }: Resource): { maxBatchSize?: number } {
  const maxBatchSize = properties.number('MaxBatchSize');
  return maxBatchSize === undefined ? {} : { maxBatchSize };
}

function sync({ properties }: Resource): { sync?: SyncModel } {
  if (!properties.has('SyncConfig')) return {};
  const conflictHandler = properties.text('SyncConfig.ConflictHandler');
  const lambdaConflictHandlerArn = properties.text('SyncConfig.LambdaConflictHandlerConfig.LambdaConflictHandlerArn');
  return {
    sync: {
      conflictDetection: properties.text('SyncConfig.ConflictDetection') ?? 'NONE',
      ...(conflictHandler === undefined ? {} : { conflictHandler }),
      ...(lambdaConflictHandlerArn === undefined ? {} : { lambdaConflictHandlerArn }),
    },
  };
}

function attributeText({ stack, logicalId }: Resource, attribute: string): string {
  return String(stack.attribute(logicalId, attribute, { logicalId, property: attribute }));
}

/** Loosely checked, because another version of our constructs may have written them. CDK drops empty lists, so `notes` may be gone. */
function readFindings(value: unknown, resource: ResourceRef): Diagnostic[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): Diagnostic[] => {
    const finding = asPlain(item) as Partial<Diagnostic>;
    if (typeof finding.code !== 'string' || typeof finding.message !== 'string') return [];
    const notes = Array.isArray(finding.notes) ? finding.notes.filter((note) => typeof asPlain(note).message === 'string').map(located) : [];
    return [{ resource, ...located(finding), code: finding.code, message: finding.message, severity: finding.severity === 'warning' ? 'warning' : 'error', notes }];
  });
}

/** Findings travel with paths relative to the folder the app is synthesized in, so that a template is the same on every machine. */
function located<T extends Pick<Diagnostic, 'location'>>(value: T): T {
  const { location, ...rest } = value;
  return typeof location?.file === 'string' ? { ...value, location: { ...location, file: resolve(location.file) } } : (rest as T);
}
