import * as appsync from 'aws-cdk-lib/aws-appsync';
import { ApiDataSource } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

/** A data source that gives back what the request handler returns: computed fields, local events, subscriptions. */
export class NoneSource extends ApiDataSource {
  readonly dataSource: appsync.NoneDataSource;

  constructor(api: EnterpriseGraphqlApi, id: string) {
    super(api, id);
    this.dataSource = new appsync.NoneDataSource(this, 'DataSource', { api: api.graphqlApi, name: id });
  }

  /** @internal */
  override grantFor(): void {}
}
