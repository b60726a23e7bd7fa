import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ApiDataSource, type EnterpriseGraphqlApi } from '../../lib';

export class LambdaSource extends ApiDataSource {
  readonly dataSource: appsync.LambdaDataSource;
  constructor(api: EnterpriseGraphqlApi, id: string, { entry }: { entry: string }) {
    super(api, id);
    const lambdaFunction = new NodejsFunction(this, 'Function', { entry, runtime: lambda.Runtime.NODEJS_22_X, handler: 'handler' });
    this.dataSource = new appsync.LambdaDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, lambdaFunction });
  }
  override grantFor(): void {}
}
