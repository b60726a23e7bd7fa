/** The database clusters that an API asks through the Data API: which engine, and which database they were made with. */
import type { ApiModel, DatabaseClusterModel } from './api-model';
import type { Resource } from './stack';
import { asPlain } from './template-file';

/** Clusters that no data source names are left out, and so are problems in them. */
export function readDatabaseClusters(resources: readonly Resource[], apis: readonly ApiModel[]): DatabaseClusterModel[] {
  const used = new Set(apis.flatMap(({ dataSources }) => dataSources.map((source) => (source.type === 'OTHER' ? clusterOf(source.config) : undefined))));
  return resources.flatMap(({ type, stack, logicalId, properties, ref }) => {
    if (type !== 'AWS::RDS::DBCluster') return [];
    const clusterArn = String(stack.attribute(logicalId, 'DBClusterArn', { logicalId, property: 'DBClusterArn' }));
    if (!used.has(clusterArn)) return [];
    const databaseName = properties.text('DatabaseName');
    const hasDataApi = properties.has('EnableHttpEndpoint') ? properties.flag('EnableHttpEndpoint') : false;
    return [{ clusterArn, engine: properties.text('Engine') ?? '', ...(databaseName !== undefined && { databaseName }), ...(hasDataApi !== undefined && { hasDataApi }), resource: ref }];
  });
}

function clusterOf(config: Readonly<Record<string, unknown>>): unknown {
  return asPlain(asPlain(config.RelationalDatabaseConfig).RdsHttpEndpointConfig).DbClusterIdentifier;
}
