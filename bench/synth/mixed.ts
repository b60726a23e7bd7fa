/** Synthesizes the mixed project. Run as `node mixed.js PROJECT OUTDIR`, in a process of its own; with the checks unless the environment says otherwise. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Authorization, DynamoTableSource, EnterpriseGraphqlApi } from '../../lib';
import { printPhases } from './phases';
import { isTemplated, templatesOf } from './mixed-project';

const loaded = performance.now();
const [project = '', outdir] = process.argv.slice(2);

// A thousand resolvers belong into several stacks; where they stand makes no difference to the checks.
const app = new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
const stack = new Stack(app, 'Bench');
Validations.of(stack).acknowledge({ id: 'AppSync::API_STACK_RESOURCES', reason: 'never deployed' });
const api = new EnterpriseGraphqlApi(stack, 'Api', {
  schema: join(project, 'schema.graphql'),
  resolvers: join(project, 'resolvers'),
  defaultAuthorization: Authorization.iam(),
  additionalAuthorization: [Authorization.userPool(new cognito.UserPool(stack, 'Users'))],
});
const items = new DynamoTableSource(api, 'Items', { partitionKey: 'id', indexes: { byTenant: { partitionKey: 'tenant', sortKey: 'id' } } });
// The constructs grant what code asks for; these templates they do not see.
items.table.grantReadWriteData(items.role);
const fields = JSON.parse(readFileSync(join(project, 'fields.json'), 'utf8')) as string[];
for (const field of fields) {
  if (!isTemplated(field)) {
    items.resolve(field);
    continue;
  }
  const [typeName = '', fieldName = ''] = field.split('.');
  const { request, response } = templatesOf(field);
  new appsync.CfnResolver(stack, field, {
    apiId: api.graphqlApi.apiId,
    typeName,
    fieldName,
    dataSourceName: 'Items',
    requestMappingTemplate: request,
    responseMappingTemplate: response,
  });
}
const constructed = performance.now();

app.synth();
printPhases(loaded, constructed);
