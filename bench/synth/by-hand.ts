/**
 * The generated API with nothing but aws-cdk-lib and esbuild, as someone who knows both would write it: one esbuild call for all
 * resolvers, then an L2 resolver with `Code.fromAsset` for each. Run as `node by-hand.js PROJECT OUTDIR STACKS`, in a process of its own.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import { buildSync } from 'esbuild';
import { printPhases } from './phases';

const loaded = performance.now();
const [project = '', outdir = '', stacks] = process.argv.slice(2);

const app = new App({ outdir });
const stack = new Stack(app, 'Bench');
const api = new appsync.GraphqlApi(stack, 'Api', {
  name: 'Api',
  definition: appsync.Definition.fromFile(join(project, 'schema.graphql')),
  authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } },
  logConfig: { fieldLogLevel: appsync.FieldLogLevel.ERROR, excludeVerboseContent: true, retention: logs.RetentionDays.THREE_MONTHS },
  introspectionConfig: appsync.IntrospectionConfig.DISABLED,
  queryDepthLimit: 12,
  resolverCountLimit: 1_000,
  xrayEnabled: true,
});
const table = new dynamodb.Table(stack, 'Items', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  encryption: dynamodb.TableEncryption.AWS_MANAGED,
  removalPolicy: RemovalPolicy.RETAIN,
});
table.addGlobalSecondaryIndex({ indexName: 'byTenant', partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING }, sortKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const items = api.addDynamoDbDataSource('Items', table);

const fields = readdirSync(join(project, 'resolvers')).flatMap((file) => /^(\w+\.\w+)\.ts$/.exec(file)?.[1] ?? []);
const bundles = `${outdir}.bundles`;
buildSync({
  entryPoints: fields.map((field) => join(project, 'resolvers', `${field}.ts`)),
  outdir: bundles,
  bundle: true,
  format: 'esm',
  target: 'esnext',
  platform: 'node',
  external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
});
const nested = Array.from({ length: Number(stacks) }, (_, index) => new NestedStack(stack, `Resolvers${index}`));
for (const [index, field] of fields.entries()) {
  const [typeName = '', fieldName = ''] = field.split('.');
  new appsync.Resolver(nested[index % nested.length] ?? stack, field, {
    api,
    typeName,
    fieldName,
    dataSource: items,
    code: appsync.Code.fromAsset(join(bundles, `${field}.js`)),
    runtime: appsync.FunctionRuntime.JS_1_0_0,
  });
}
const constructed = performance.now();

app.synth();
printPhases(loaded, constructed);
