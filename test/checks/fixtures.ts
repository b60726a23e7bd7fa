/** Whole APIs as data, with every part that a test does not speak about in order. */
import type { ApiModel, FunctionModel, ResolverModel } from '../../lib/model';

const templatePath = '/app/cdk.out/Shop.template.json';

export function ref(logicalId: string): { templatePath: string; logicalId: string } {
  return { templatePath, logicalId };
}

/** An API that answers `Query.ping` and has nothing wrong with it. */
export function apiModel(changes: Partial<ApiModel> = {}): ApiModel {
  return {
    name: 'Shop',
    apiId: 'abcdefghijklmnopqrstuvwxyz',
    region: 'us-east-1',
    accountId: '123456789012',
    resource: ref('Api'),
    schema: [{ path: '/app/schema.graphql', text: 'type Query {\n  ping: String\n}' }],
    schemaResource: ref('ApiSchema'),
    authorization: [{ type: 'API_KEY' }],
    apiKeys: [{ key: 'da2-abcdefghijklmnopqrstuvwxyz', resource: ref('ApiKey') }],
    environment: {},
    introspection: true,
    queryDepthLimit: 0,
    resolverCountLimit: 0,
    dataSources: [{ type: 'NONE', name: 'Nothing', resource: ref('NothingDataSource') }],
    functions: [],
    resolvers: [resolver('Query.ping')],
    findings: [],
    ...changes,
  };
}

/** A unit resolver of the data source `Nothing` with templates, so that no code is looked at. */
export function resolver(field: string, changes: Partial<ResolverModel> = {}): ResolverModel {
  const [typeName = '', fieldName = ''] = field.split('.');
  const logicalId = `${typeName}${fieldName}Resolver`;
  return { typeName, fieldName, kind: 'UNIT', dataSourceName: 'Nothing', functionIds: [], handler: { kind: 'VTL' }, resource: ref(logicalId), ...changes };
}

export function pipelineFunction(name: string, changes: Partial<FunctionModel> = {}): FunctionModel {
  return { functionId: `${name}-id`, name, dataSourceName: 'Nothing', handler: { kind: 'VTL' }, resource: ref(`${name}Function`), ...changes };
}
