import { configured } from '../source-configuration';
import type { ApiRule } from './api-rule';

/** Says nothing about a cluster that is not in the templates. */
export const databaseHasDataApi: ApiRule = {
  code: 'API_DATABASE_ENDPOINT',
  severity: 'error',
  summary: 'the database cluster behind a data source has its Data API switched on',
  url: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html',
  *check({ api, databaseClusters }) {
    for (const source of api.dataSources) {
      if (source.type !== 'OTHER' || source.awsType !== 'RELATIONAL_DATABASE') continue;
      const arn = configured(source, 'RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier');
      const cluster = databaseClusters.find(({ clusterArn }) => clusterArn === arn);
      if (cluster?.hasDataApi !== false) continue;
      yield { resource: cluster.resource, message: `data source "${source.name}" asks the cluster "${cluster.resource.logicalId}" by its Data API, which is switched off`, fix: 'set "EnableHttpEndpoint" of the cluster to true' };
    }
  },
};
